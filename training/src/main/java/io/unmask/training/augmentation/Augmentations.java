package io.unmask.training.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The augmentations that can be chosen by name. */
public enum Augmentations {
  /** Images stay as they are. */
  NONE,

  /** The reference's, {@link Augmentation#REFERENCE}. */
  REFERENCE,

  /** Every other image is mirrored. */
  FLIP,

  /**
   * What happens to images on their way: a quarter of them is rescaled by 0.8 to 1.25 and back, a
   * twentieth blurred by 0.2 to 0.8 pixels, a quarter saved as JPEG of quality 60 to 95; and every
   * other one is mirrored.
   */
  ROBUST;

  /** The name it is chosen by. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The augmentation of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Augmentations named(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no augmentation '%s'; choose one of %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Augmentations::key)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The operations on images, and crops of them where that is cheapest.
   *
   * @param side of the square crops, 0 for none
   */
  public Augmentation cropped(int side) {
    List<Operation> operations = new ArrayList<>(onWholeImages());
    if (side > 0) {
      operations.add(Operations.crop(side, side));
    }
    if (this == FLIP || this == ROBUST) {
      operations.add(Operations.flipLeftRight());
    }
    return new Augmentation(operations);
  }

  private List<Operation> onWholeImages() {
    return switch (this) {
      case NONE, FLIP -> List.of();
      case REFERENCE -> Augmentation.REFERENCE.operations();
      case ROBUST ->
          List.of(
              Operations.sometimes(0.25, Operations.rescale(0.8f, 1.25f)),
              Operations.sometimes(0.05, Operations.blur(0.2f, 0.8f)),
              Operations.sometimes(0.25, Operations.jpeg(60, 95)));
    };
  }
}

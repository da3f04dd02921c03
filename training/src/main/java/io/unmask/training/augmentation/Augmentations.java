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
  ROBUST,

  /**
   * What happens to photos on their way, without what would wipe out the traces of generators: a
   * fifth is resized by 0.5 to 1.25, with one of four filters and for good where crops are taken;
   * two in five are saved as JPEG of quality 60 to 96; half have other light; and every other one
   * is mirrored. Blur, noise, sharpening and shrinking on top of it took more than they gave.
   */
  TRAVELLED;

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
    List<Operation> operations = new ArrayList<>(onWholeImages(side));
    if (side > 0) {
      operations.add(Operations.crop(side, side));
    }
    operations.addAll(onCrops());
    if (this == FLIP || this == ROBUST || this == TRAVELLED) {
      operations.add(Operations.flipLeftRight());
    }
    return new Augmentation(operations);
  }

  private List<Operation> onWholeImages(int side) {
    return switch (this) {
      case NONE, FLIP -> List.of();
      case REFERENCE -> Augmentation.REFERENCE.operations();
      case ROBUST ->
          List.of(
              Operations.sometimes(0.25, Operations.rescale(0.8f, 1.25f)),
              Operations.sometimes(0.05, Operations.blur(0.2f, 0.8f)),
              Operations.sometimes(0.25, Operations.jpeg(60, 95)));
      case TRAVELLED ->
          List.of(
              Operations.sometimes(
                  0.2,
                  side > 0 ? Travels.resize(0.5, 1.25, side) : Operations.rescale(0.5f, 1.25f)));
    };
  }

  /** What costs less on crops and leaves the same traces there. */
  private List<Operation> onCrops() {
    return this == TRAVELLED
        ? List.of(
            Operations.sometimes(0.4, Operations.jpeg(60, 96)),
            Operations.sometimes(0.5, Travels.light(0.1)))
        : List.of();
  }
}

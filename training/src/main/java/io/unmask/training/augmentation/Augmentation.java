package io.unmask.training.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Operations that are applied to an image one after the other. Immutable and thread-safe.
 *
 * <p>Randomness depends on the seed, the epoch and the number of the image, and on nothing else:
 * neither the number of threads nor the order of the images changes what becomes of one.
 *
 * @param operations in their order
 */
public record Augmentation(List<Operation> operations) {

  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(List.of());

  /**
   * The reference's: flip, brightness by 0.2, contrast and saturation by 0.8 to 1.2, hue by 0.05.
   */
  public static final Augmentation REFERENCE =
      new Augmentation(
          List.of(
              Operations.flipLeftRight(),
              Operations.brightness(0.2f),
              Operations.contrast(0.8f, 1.2f),
              Operations.saturation(0.8f, 1.2f),
              Operations.hue(0.05f)));

  /** Copies the list. */
  public Augmentation {
    operations = List.copyOf(operations);
  }

  /** These operations, and then another one. */
  public Augmentation then(Operation operation) {
    List<Operation> more = new ArrayList<>(operations);
    more.add(operation);
    return new Augmentation(more);
  }

  /**
   * Changes an image.
   *
   * @param image the image, which stays as it is
   * @param seed of the whole training
   * @param epoch the number of the epoch, or of the variant
   * @param index the number of the image in its data set
   */
  public FloatImage apply(FloatImage image, long seed, int epoch, int index) {
    SplittableRandom random = random(seed, epoch, index);
    FloatImage changed = image;
    for (Operation operation : operations) {
      changed = operation.apply(changed, random);
    }
    return changed;
  }

  /** A generator of its own for each image: the counters are mixed before they become the seed. */
  static SplittableRandom random(long seed, int epoch, int index) {
    return new SplittableRandom(mix(mix(seed) + (((long) epoch << 32) | (index & 0xFFFF_FFFFL))));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long value) {
    long z = value + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}

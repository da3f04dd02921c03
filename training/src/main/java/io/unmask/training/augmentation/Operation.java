package io.unmask.training.augmentation;

import java.util.random.RandomGenerator;

/**
 * A random change of an image. Implementations are immutable and take all their randomness from the
 * generator.
 */
@FunctionalInterface
public interface Operation {

  /** Returns a changed image, or the same one. */
  FloatImage apply(FloatImage image, RandomGenerator random);
}

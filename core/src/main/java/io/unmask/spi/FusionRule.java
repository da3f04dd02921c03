package io.unmask.spi;

/** Makes one probability of several. Implementations should be final and immutable. */
@FunctionalInterface
public interface FusionRule {

  /** For a model with a single member: its probability. */
  FusionRule SINGLE = probabilities -> probabilities[0];

  /**
   * Fuses the members' probabilities.
   *
   * @param probabilities the probability of fake that each member gives, in [0, 1], in the order of
   *     {@link Model#members}; not changed
   * @return the probability of fake, in [0, 1]
   */
  double fuse(double[] probabilities);
}

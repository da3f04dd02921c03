package io.unmask.spi;

/** Makes one probability of several. Implementations should be final and immutable. */
public interface FusionRule {

  /** For a model with a single member: its probability. */
  FusionRule SINGLE =
      new FusionRule() {
        @Override
        public String name() {
          return "single";
        }

        @Override
        public double fuse(double[] probabilities) {
          return probabilities[0];
        }
      };

  /** The name it is chosen by, such as {@code mean}. */
  String name();

  /**
   * Fuses the members' probabilities.
   *
   * @param probabilities the probability of fake that each member gives, in [0, 1], in the order of
   *     {@link Model#members}; not changed
   * @return the probability of fake, in [0, 1]
   */
  double fuse(double[] probabilities);
}

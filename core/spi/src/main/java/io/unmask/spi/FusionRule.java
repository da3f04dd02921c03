package io.unmask.spi;

/**
 * A rule that makes one probability from those of several models. Implementations should be final
 * and immutable.
 */
public interface FusionRule {

  /** The rule for a model with a single member: its probability. */
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

  /**
   * The mean of the members' logits, turned back into a probability: the normalised geometric mean,
   *
   * <pre>p = &sigma;((logit p<sub>1</sub> + ... + logit p<sub>n</sub>) / n),
   * logit p = ln p - ln(1 - p),  &sigma;(x) = 1 / (1 + exp(-x)).</pre>
   *
   * <p>A member that is almost certain counts for more than in the mean. A sigmoid that was rounded
   * to 0 or 1 in 32 bits does not decide alone: see {@link Logit#of}.
   */
  FusionRule MEAN_LOGIT =
      new FusionRule() {
        @Override
        public String name() {
          return "mean-logit";
        }

        @Override
        public double fuse(double[] probabilities) {
          double sum = 0;
          for (double probability : probabilities) {
            sum += Logit.of(probability);
          }
          return Logit.toProbability(sum / probabilities.length);
        }
      };

  /** The name that the rule is chosen by, such as {@code mean}. */
  String name();

  /**
   * Fuses the members' probabilities.
   *
   * @param probabilities the probability of fake of each member, in [0, 1], in the order of {@link
   *     Model#members}; must not be changed
   * @return the probability of fake, in [0, 1]
   */
  double fuse(double[] probabilities);
}

package io.unmask;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a detector says about one image. Immutable.
 *
 * @param label {@link Label#FAKE} if, and only if, the probability is above the threshold
 * @param probability the probability that the face is fake, in [0, 1]
 * @param threshold what the probability was compared with
 * @param members what each of the models says, in their order; one for a single model
 * @param timings how long it took
 */
public record Classification(
    Label label, double probability, double threshold, List<Opinion> members, Timings timings) {

  /**
   * What one of the models says.
   *
   * @param name the model's name
   * @param probability the probability that the face is fake, in [0, 1]
   */
  public record Opinion(String name, double probability) {}

  /**
   * How long a classification took.
   *
   * @param preprocessing reading, decoding, resizing and scaling
   * @param inference running the network, with any wait for it
   */
  public record Timings(Duration preprocessing, Duration inference) {
    /** Both together. */
    public Duration total() {
      return preprocessing.plus(inference);
    }
  }

  /** Copies the list. */
  public Classification {
    members = List.copyOf(members);
  }

  /** Label and probability with four digits, such as {@code FAKE 0.9294}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f", label, probability);
  }
}

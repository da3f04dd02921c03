package io.unmask;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * What a detector says about one image. Immutable.
 *
 * @param label {@link Label#FAKE} if the probability is above the threshold and {@link Label#REAL}
 *     if it is not, but {@link Label#UNCERTAIN} if the detector was told to leave such an image
 *     undecided
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
   * @param inference running the network, with any wait for it; of a batch, the image's share: the
   *     batch's time divided by the number of its images
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

  /**
   * How far the members are apart: the greatest of their probabilities less the smallest, in [0,
   * 1]. 0 for a single model.
   */
  public double spread() {
    return spread(members);
  }

  static double spread(List<Opinion> members) {
    DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
    members.forEach(member -> statistics.accept(member.probability()));
    return members.isEmpty() ? 0 : statistics.getMax() - statistics.getMin();
  }

  /**
   * The share of the members, in [0, 1], that are on the same side of the threshold as the fused
   * probability. 1 for a single model.
   */
  public double agreement() {
    long agreeing =
        members.stream()
            .filter(member -> (member.probability() > threshold) == (probability > threshold))
            .count();
    return members.isEmpty() ? 1 : (double) agreeing / members.size();
  }

  /** Label and probability with four digits, such as {@code FAKE 0.9294}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.4f", label, probability);
  }
}

package io.unmask;

import io.unmask.error.ModelFormatException;
import io.unmask.spi.Calibration;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Member;
import io.unmask.spi.Uncertainty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From the outputs of a network to a classification. Immutable.
 *
 * @param model what the model is called in messages
 * @param members what each output means
 * @param fusion makes one probability of the members'
 * @param calibration is applied to that
 * @param threshold an image is fake if its probability is above this
 * @param uncertainty which images are left undecided
 * @param warnings what is said of images that the model is not for
 */
record Verdicts(
    String model,
    List<Member> members,
    FusionRule fusion,
    Calibration calibration,
    double threshold,
    Uncertainty uncertainty,
    Warnings warnings) {

  /**
   * Decides.
   *
   * @param answer what the network says about one image
   * @throws ModelFormatException if an output is no probability
   */
  Classification decide(Answer answer) {
    List<Classification.Opinion> opinions = new ArrayList<>();
    double[] probabilities = new double[members.size()];
    for (int i = 0; i < probabilities.length; i++) {
      Member member = members.get(i);
      probabilities[i] = probability(member, i, answer.views());
      opinions.add(new Classification.Opinion(member.name(), probabilities[i]));
    }
    double probability = calibration.apply(checked(fusion.fuse(probabilities), model));
    return new Classification(
        label(probability, Classification.spread(opinions)),
        probability,
        threshold,
        opinions,
        answer.picture() == null ? List.of() : warnings.of(answer.picture()),
        new Classification.Timings(
            Duration.ofNanos(answer.preprocessing()), Duration.ofNanos(answer.inference())));
  }

  /** What a member says: the mean over the views. */
  private static double probability(Member member, int output, List<List<float[]>> views) {
    double sum = 0;
    for (List<float[]> view : views) {
      sum += checked(member.probabilityOfFake(view.get(output)), member.name());
    }
    return sum / views.size();
  }

  /** The verdict on a fused probability and a spread of the members'. */
  Label label(double probability, double spread) {
    if (uncertainty.covers(probability, threshold, spread)) {
      return Label.UNCERTAIN;
    }
    return probability > threshold ? Label.FAKE : Label.REAL;
  }

  /** A damaged model must not pass for a verdict: NaN is not above any threshold. */
  private static double checked(double probability, String name) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new ModelFormatException(
          name
              + ": puts out "
              + probability
              + ", expected a probability in [0, 1]; the model is damaged, or does not end in a"
              + " sigmoid or softmax, or wants another scaling (see docs/models.md)");
    }
    return probability;
  }
}

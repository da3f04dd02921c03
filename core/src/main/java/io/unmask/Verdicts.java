package io.unmask;

import io.unmask.Classification.Opinion;
import io.unmask.Classification.Timings;
import io.unmask.Classification.Warning;
import io.unmask.error.ModelFormatException;
import io.unmask.image.provenance.Evidence;
import io.unmask.spi.Calibration;
import io.unmask.spi.Face;
import io.unmask.spi.FusionRule;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Logit;
import io.unmask.spi.Member;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From the outputs of a network to a classification. Immutable.
 *
 * @param model what the model is called in messages
 * @param members what each output means
 * @param fusion makes one probability of the members'
 * @param calibration is applied to that
 * @param threshold an image is fake if its probability is above this
 * @param uncertainty which images are left undecided
 * @param views what the network was shown
 * @param warnings what is said of images that the model is not for
 */
record Verdicts(
    String model,
    List<Member> members,
    FusionRule fusion,
    Calibration calibration,
    double threshold,
    Uncertainty uncertainty,
    Views views,
    Warnings warnings) {

  /**
   * Decides.
   *
   * @param subject the photo
   * @param answers what the network says about each part of it
   * @throws ModelFormatException if an output is no probability
   */
  Classification decide(Subject subject, List<RegionOutputs> answers) {
    List<Judgement> judgements = answers.stream().map(this::judge).toList();
    @Nullable Picture picture = subject.picture();
    List<Warning> said = picture == null ? List.of() : warnings.of(picture);
    List<Evidence> evidence = picture == null ? List.of() : picture.evidence();
    Optional<String> undecided = picture == null ? Optional.empty() : warnings.undecided(picture);
    Timings timings = timings(subject, answers);
    @Nullable List<Face> found = subject.faces();
    if (found != null) {
      List<FaceVerdict> faces = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        faces.add(verdict(found.get(i), judgements.get(i), undecided, picture));
      }
      return PhotoVerdict.of(faces, threshold, evidence, said, timings);
    }
    Judgement whole = judgements.get(0);
    Classification result =
        new Classification(
            undecided.isPresent() ? Label.UNCERTAIN : whole.label(),
            whole.probability(),
            threshold,
            whole.members(),
            whole.agreement(),
            List.of(),
            evidence,
            said,
            timings);
    return undecided
        .map(text -> result.with(new Warning(Warning.Kind.MUCH_COMPRESSED, text)))
        .orElse(result);
  }

  private FaceVerdict verdict(
      Face face, Judgement judgement, Optional<String> undecided, @Nullable Picture picture) {
    double side = picture == null ? face.box().side() : seen(face.box(), picture.size());
    Optional<String> reason =
        side < views.minFace()
            ? Optional.of(
                "the face is %d pixels high, and the model needs %d"
                    .formatted((long) side, views.minFace())) // 79.6 are not yet 80
            : undecided;
    return new FaceVerdict(
        face,
        reason.isPresent() ? Label.UNCERTAIN : judgement.label(),
        judgement.probability(),
        judgement.members(),
        judgement.agreement(),
        reason);
  }

  /**
   * The longer side of what the picture has of a face, of which a part may lie beyond its border.
   */
  private static double seen(Face.Box box, ImageSize size) {
    double width = Math.min(box.right(), size.width()) - Math.max(box.left(), 0);
    double height = Math.min(box.bottom(), size.height()) - Math.max(box.top(), 0);
    return Math.max(width, height);
  }

  private Judgement judge(RegionOutputs answer) {
    List<Opinion> opinions = new ArrayList<>();
    double[] probabilities = new double[members.size()];
    for (int i = 0; i < probabilities.length; i++) {
      Member member = members.get(i);
      probabilities[i] = probability(member, i, answer.views());
      opinions.add(new Opinion(member.name(), probabilities[i]));
    }
    double probability = fused(probabilities);
    return new Judgement(
        label(probability, Classification.spread(opinions)),
        probability,
        opinions,
        agreement(probabilities, probability));
  }

  private double fused(double[] probabilities) {
    return calibration.apply(checked(fusion.fuse(probabilities), model));
  }

  /** How many members would have led to the same side of the threshold if all said what they do. */
  private double agreement(double[] probabilities, double probability) {
    int agreeing = 0;
    double[] same = new double[probabilities.length];
    for (double opinion : probabilities) {
      Arrays.fill(same, opinion);
      if ((fused(same) > threshold) == (probability > threshold)) {
        agreeing++;
      }
    }
    return (double) agreeing / probabilities.length;
  }

  /** What a member says. */
  private double probability(Member member, int output, List<List<float[]>> seen) {
    return together(
        member,
        seen.stream()
            .mapToDouble(
                image -> checked(member.probabilityOfFake(image.get(output)), member.name()))
            .toArray());
  }

  /** The mean over an image and its mirror image, and of several images the mean as logits. */
  private double together(Member member, double[] each) {
    int images = views.images();
    if (images == 1 || each.length < images) {
      return mean(each, 0, 1);
    }
    List<Integer> judged =
        member.images().isEmpty() ? IntStream.range(0, images).boxed().toList() : member.images();
    double logits = 0;
    for (int image : judged) {
      logits += Logit.of(mean(each, image, images));
    }
    return Logit.toProbability(logits / judged.size());
  }

  /** The mean of some numbers from one on, so many apart. */
  private static double mean(double[] numbers, int first, int distance) {
    double sum = 0;
    int count = 0;
    for (int i = first; i < numbers.length; i += distance) {
      sum += numbers[i];
      count++;
    }
    return sum / count;
  }

  /**
   * The logit of the probability that comes of what the members say.
   *
   * @param logits what each member says of each image, as a logit
   */
  double logit(double[][] logits) {
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] =
          together(members.get(i), Arrays.stream(logits[i]).map(Logit::toProbability).toArray());
    }
    double fused = Logit.of(checked(fusion.fuse(probabilities), model));
    return calibration.scale() * fused + calibration.offset();
  }

  private static Timings timings(Subject subject, List<RegionOutputs> answers) {
    long sampling = answers.stream().mapToLong(RegionOutputs::preprocessing).sum();
    long inference = answers.stream().mapToLong(RegionOutputs::inference).sum();
    return new Timings(
        Duration.ofNanos(subject.decoding() + sampling),
        Duration.ofNanos(subject.finding()),
        Duration.ofNanos(inference));
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

package io.unmask;

import io.unmask.image.provenance.Evidence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;

/**
 * What a detector says about one photo. Immutable.
 *
 * <p>A model for whole images judges the photo as one. A model for faces judges each face in it.
 * The photo is then {@link Label#FAKE} if at least one face is, {@link Label#REAL} if all faces
 * are, {@link Label#NO_FACE} if there is none, and otherwise {@link Label#UNCERTAIN}. Probability,
 * members and agreement are those of the face that decides: of the faces with the photo's label,
 * the one with the greatest probability.
 *
 * @param label {@link Label#FAKE} if the probability is above the threshold, otherwise {@link
 *     Label#REAL}; or {@link Label#UNCERTAIN} if the detector is set to leave such an image
 *     undecided
 * @param probability the probability that the face is fake, in [0, 1]: the members' probabilities,
 *     fused, and calibrated if the model's manifest says how. With {@link Label#NO_FACE} there is
 *     none, and the accessor throws
 * @param threshold the threshold that the probability was compared with
 * @param members the result of each model, in the models' order; one for a single model, none with
 *     {@link Label#NO_FACE}
 * @param agreement the share of the members, in [0, 1], that are on the same side of the threshold
 *     as the probability. For this, a member's side is that of the probability that would result if
 *     all members gave the member's result: fused by the same rule and calibrated in the same way.
 *     1 for a single model
 * @param faces the verdict on each face, in the finder's order, the surest face first; empty if the
 *     photo was judged as one
 * @param evidence what the file claims about how its picture was made; it does not affect label and
 *     probability, see {@link Evidence}. Empty if the file claims nothing, which proves nothing, or
 *     if the image was given as pixels
 * @param warnings why the probability may mean little, for example because the image is not a crop
 *     of a face; usually empty
 * @param timings how long it took
 */
public record Classification(
    Label label,
    double probability,
    double threshold,
    List<Opinion> members,
    double agreement,
    List<FaceVerdict> faces,
    List<Evidence> evidence,
    List<Warning> warnings,
    Timings timings) {

  /**
   * The result of one model.
   *
   * @param name the model's name
   * @param probability the probability that the face is fake, in [0, 1]
   */
  public record Opinion(String name, double probability) {
    /** Checks that there is a name. */
    public Opinion {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A reason why the probability may mean little. A warning does not change the label.
   *
   * @param kind what is wrong, for programs
   * @param text what is wrong, for people, and what to do
   */
  public record Warning(Kind kind, String text) {
    /** Checks that nothing is missing. */
    public Warning {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(text, "text");
    }

    /** What can be wrong with an image before it is resized. */
    public enum Kind {
      /** The image has fewer pixels than the images that the model is for. */
      TOO_SMALL,
      /** The image has more pixels than the images that the model is for. */
      TOO_LARGE,
      /** The image has another aspect ratio than the images that the model is for. */
      OTHER_ASPECT,
      /** The file says that the picture must be turned to stand upright, and it was not turned. */
      STORED_TURNED,
      /** The picture is the first of several in the file, and the others were not judged. */
      FIRST_FRAME,
      /**
       * The image was compressed more than the images that the model is for, so nothing was
       * decided.
       */
      MUCH_COMPRESSED,
      /**
       * The image was given as floats, which seem to be scaled differently from the model's input.
       */
      OTHER_RANGE
    }
  }

  /**
   * How long a classification took.
   *
   * @param preprocessing reading, decoding, resizing and scaling
   * @param finding looking for faces; zero for a model of whole images
   * @param inference running the network, including any wait for it; in a batch, the image's share:
   *     the batch's time divided by the number of its images
   */
  public record Timings(Duration preprocessing, Duration finding, Duration inference) {
    /** Checks that nothing is missing. */
    public Timings {
      Objects.requireNonNull(preprocessing, "preprocessing");
      Objects.requireNonNull(finding, "finding");
      Objects.requireNonNull(inference, "inference");
    }

    /** The sum of the three. */
    public Duration total() {
      return preprocessing.plus(finding).plus(inference);
    }
  }

  /**
   * Returns a builder of a verdict, for your own implementations of {@link Detector}. By default
   * the verdict has no members, faces, evidence or warnings, the threshold 0.5 and the agreement 1.
   *
   * @param label the verdict
   * @param probability the probability that the face is fake, in [0, 1]; any value with {@link
   *     Label#NO_FACE}
   * @param timings how long it took
   */
  public static Builder builder(Label label, double probability, Timings timings) {
    return new Builder(label, probability, timings);
  }

  /** Copies the lists, and checks that nothing is missing. */
  public Classification {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(timings, "timings");
    members = List.copyOf(members);
    faces = List.copyOf(faces);
    evidence = List.copyOf(evidence);
    warnings = List.copyOf(warnings);
  }

  /**
   * The spread of the members: the largest of their probabilities minus the smallest, in [0, 1]. 0
   * for a single model.
   */
  public double spread() {
    return spread(members);
  }

  /** The same, with a warning more. */
  Classification with(Warning warning) {
    List<Warning> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Classification(
        label, probability, threshold, members, agreement, faces, evidence, more, timings);
  }

  static double spread(List<Opinion> members) {
    DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
    members.forEach(member -> statistics.accept(member.probability()));
    return members.isEmpty() ? 0 : statistics.getMax() - statistics.getMin();
  }

  /**
   * The probability that the face is fake, in [0, 1].
   *
   * @throws IllegalStateException if the label is {@link Label#NO_FACE}, which has no probability
   */
  @Override
  public double probability() {
    if (!isJudged()) {
      throw new IllegalStateException(
          "no face was found, and so there is no probability; ask for the label first");
    }
    return probability;
  }

  /** Whether there is a probability: false with {@link Label#NO_FACE}. */
  public boolean isJudged() {
    return label != Label.NO_FACE;
  }

  /**
   * The verdict in three sentences of plain English, for people who know nothing about models: what
   * the model says, what the file claims, and what that is worth. The wording may change between
   * versions; programs should read the fields.
   */
  public String summary() {
    return PlainWords.of(this);
  }

  /**
   * Label and probability with four digits, such as {@code FAKE 0.9294}; or only {@code NO_FACE}.
   */
  @Override
  public String toString() {
    return isJudged()
        ? label + " " + BigDecimal.valueOf(probability).setScale(4, RoundingMode.HALF_UP)
        : label.toString();
  }

  /** Builds a verdict. Not thread-safe. */
  public static final class Builder {

    private final Label label;
    private final double probability;
    private final Timings timings;
    private double threshold = 0.5;
    private List<Opinion> members = List.of();
    private double agreement = 1;
    private List<FaceVerdict> faces = List.of();
    private List<Evidence> evidence = List.of();
    private List<Warning> warnings = List.of();

    private Builder(Label label, double probability, Timings timings) {
      this.label = Objects.requireNonNull(label, "label");
      this.probability = probability;
      this.timings = Objects.requireNonNull(timings, "timings");
    }

    /** Sets {@link Classification#threshold}. */
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /** Sets {@link Classification#members} and {@link Classification#agreement}. */
    public Builder members(List<Opinion> members, double agreement) {
      this.members = List.copyOf(members);
      this.agreement = agreement;
      return this;
    }

    /** Sets {@link Classification#faces}. */
    public Builder faces(List<FaceVerdict> faces) {
      this.faces = List.copyOf(faces);
      return this;
    }

    /** Sets {@link Classification#evidence}. */
    public Builder evidence(List<Evidence> evidence) {
      this.evidence = List.copyOf(evidence);
      return this;
    }

    /** Sets {@link Classification#warnings}. */
    public Builder warnings(List<Warning> warnings) {
      this.warnings = List.copyOf(warnings);
      return this;
    }

    /** Returns the verdict. */
    public Classification build() {
      return new Classification(
          label, probability, threshold, members, agreement, faces, evidence, warnings, timings);
    }
  }
}

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
 * <p>A model for whole images judges the photo as one. A model for faces judges each face in it:
 * the photo is {@link Label#FAKE} if one face is, {@link Label#REAL} only if all are, {@link
 * Label#NO_FACE} if there is none, and else {@link Label#UNCERTAIN}; probability, members and
 * agreement are then those of the face that decides, the one of that label with the greatest
 * probability.
 *
 * @param label {@link Label#FAKE} if the probability is above the threshold and {@link Label#REAL}
 *     if it is not, but {@link Label#UNCERTAIN} if the detector was told to leave such an image
 *     undecided
 * @param probability the probability that the face is fake, in [0, 1]: what the members say, fused,
 *     and calibrated if the model's manifest says how. There is none with {@link Label#NO_FACE}:
 *     then the accessor throws
 * @param threshold what the probability was compared with
 * @param members what each of the models says, in their order; one for a single model, none with
 *     {@link Label#NO_FACE}
 * @param agreement the share of the members, in [0, 1], that are on the same side of the threshold
 *     as the probability, as if all members said what the one does: fused by the same rule, and
 *     calibrated in the same way. 1 for a single model
 * @param faces the verdict on each face, in the order of the finder, the surest face first; empty
 *     if the photo was judged as one
 * @param evidence what the file claims about how its picture was made, which the label and the
 *     probability do not take into account: see {@link Evidence}. Empty if it claims nothing, which
 *     proves nothing, and if it was given as pixels
 * @param warnings why the probability may mean little, such as an image that is no crop of a face;
 *     mostly empty
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
   * What one of the models says.
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
   * Why the probability may mean little. The label is what it would be without it.
   *
   * @param kind what is wrong, for programs
   * @param text the same for people, with what to do
   */
  public record Warning(Kind kind, String text) {
    /** Checks that nothing is missing. */
    public Warning {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(text, "text");
    }

    /** What can be wrong with an image before it is resized. */
    public enum Kind {
      /** It has fewer pixels than those that the model is for. */
      TOO_SMALL,
      /** It has more pixels than those that the model is for. */
      TOO_LARGE,
      /** It is wider or higher, for its size, than those that the model is for. */
      OTHER_ASPECT,
      /** Its file says that it has to be turned to stand upright, and it was not turned. */
      STORED_TURNED,
      /** It is the first of several, and the others were not looked at. */
      FIRST_FRAME,
      /** It was compressed more than those that the model is for, so nothing was decided. */
      MUCH_COMPRESSED,
      /** It was given as floats, and they seem to be scaled otherwise than the model's. */
      OTHER_RANGE
    }
  }

  /**
   * How long a classification took.
   *
   * @param preprocessing reading, decoding, resizing and scaling
   * @param finding looking for faces; zero for a model of whole images
   * @param inference running the network, with any wait for it; of a batch, the image's share: the
   *     batch's time divided by the number of its images
   */
  public record Timings(Duration preprocessing, Duration finding, Duration inference) {
    /** Checks that nothing is missing. */
    public Timings {
      Objects.requireNonNull(preprocessing, "preprocessing");
      Objects.requireNonNull(finding, "finding");
      Objects.requireNonNull(inference, "inference");
    }

    /** All together. */
    public Duration total() {
      return preprocessing.plus(finding).plus(inference);
    }
  }

  /**
   * Starts to describe a verdict, as a detector of one's own gives it: by default without members,
   * faces, evidence and warnings, and decided at 0.5 by one model.
   *
   * @param label the verdict
   * @param probability the probability that the face is fake, in [0, 1]; any with {@link
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
   * How far the members are apart: the greatest of their probabilities less the smallest, in [0,
   * 1]. 0 for a single model.
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
   * @throws IllegalStateException if there is none, with {@link Label#NO_FACE}
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
   * The verdict in three sentences of plain English, to be forwarded to people who know nothing of
   * models: what the model says, what the file claims, and what that is worth. The words may change
   * from version to version; programs read the fields.
   */
  public String summary() {
    return PlainWords.of(this);
  }

  /** Label and probability with four digits, such as {@code FAKE 0.9294}; {@code NO_FACE} alone. */
  @Override
  public String toString() {
    return isJudged()
        ? label + " " + BigDecimal.valueOf(probability).setScale(4, RoundingMode.HALF_UP)
        : label.toString();
  }

  /** Collects what a verdict consists of. Not thread-safe. */
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

    /** The verdict. */
    public Classification build() {
      return new Classification(
          label, probability, threshold, members, agreement, faces, evidence, warnings, timings);
    }
  }
}

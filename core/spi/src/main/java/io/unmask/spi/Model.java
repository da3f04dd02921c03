package io.unmask.spi;

import io.unmask.network.Network;
import java.util.List;
import java.util.Objects;

/**
 * The model that a detector uses: a network, the images that it reads and the meaning of its
 * outputs. Immutable; whatever is not set on the builder has a neutral default.
 */
public final class Model {

  /** The reference's threshold. */
  private static final double DEFAULT_THRESHOLD = 0.5;

  private final String name;
  private final Network network;
  private final InputFormat input;
  private final Views views;
  private final List<Member> members;
  private final boolean mirrored;
  private final FusionRule fusion;
  private final Calibration calibration;
  private final double threshold;
  private final Uncertainty uncertainty;
  private final Expectation expectation;
  private final List<Convention> conventions;
  private final Precision precision;
  private final ActivationRanges ranges;

  private Model(Builder from) {
    name = from.name;
    network = from.network;
    input = from.input;
    views = from.views;
    members = List.copyOf(from.members);
    mirrored = from.mirrored;
    fusion = from.fusion;
    calibration = from.calibration;
    threshold = from.threshold;
    uncertainty = from.uncertainty;
    expectation = from.expectation;
    conventions = List.copyOf(from.conventions);
    precision = from.precision;
    ranges = from.ranges;
  }

  /**
   * Returns a builder of a model.
   *
   * @param name the model's name in messages, such as the file's name
   * @param network the network, with one output for each member
   * @param input the size and scaling of the images
   * @param members what each output of the network means, in the outputs' order
   */
  public static Builder builder(
      String name, Network network, InputFormat input, List<Member> members) {
    return new Builder(name, network, input, members);
  }

  /** The model's name in messages, such as the file's name. */
  public String name() {
    return name;
  }

  /** The network, with one output for each member. */
  public Network network() {
    return network;
  }

  /** The size and scaling of the images. */
  public InputFormat input() {
    return input;
  }

  /** The parts of a photo that the network is shown; by default the whole image, resized. */
  public Views views() {
    return views;
  }

  /** What each output of the network means, in the outputs' order. */
  public List<Member> members() {
    return members;
  }

  /**
   * Whether the network also sees each image mirrored, left to right, as {@code
   * io.unmask.DetectorBuilder#mirrored} describes.
   */
  public boolean mirrored() {
    return mirrored;
  }

  /** The rule that fuses the members' probabilities into one. */
  public FusionRule fusion() {
    return fusion;
  }

  /**
   * The calibration of the fused probability; threshold and uncertainty apply to the calibrated
   * one.
   */
  public Calibration calibration() {
    return calibration;
  }

  /** The threshold, in [0, 1]: an image is fake if its probability is above it. */
  public double threshold() {
    return threshold;
  }

  /** Which images are left undecided. */
  public Uncertainty uncertainty() {
    return uncertainty;
  }

  /** Describes the images that the model is for. */
  public Expectation expectation() {
    return expectation;
  }

  /** The conventions of input and outputs, and how each is known. */
  public List<Convention> conventions() {
    return conventions;
  }

  /**
   * The precision of the computation unless the user chooses another; by default single precision.
   */
  public Precision precision() {
    return precision;
  }

  /** The ranges of the values inside the network; empty if nobody measured them. */
  public ActivationRanges ranges() {
    return ranges;
  }

  /** The number of weights that are held only once because members share them. */
  public long sharedParameters() {
    return members.stream().mapToLong(Member::parameters).sum() - network.parameters();
  }

  /** The name and the shape of the input. */
  @Override
  public String toString() {
    return name + " " + network.inputShape();
  }

  /** Builds a model. Not thread-safe. */
  public static final class Builder {

    private final String name;
    private final Network network;
    private final InputFormat input;
    private Views views = Views.WHOLE_IMAGE;
    private final List<Member> members;
    private boolean mirrored = false;
    private FusionRule fusion = FusionRule.SINGLE;
    private Calibration calibration = Calibration.NONE;
    private double threshold = DEFAULT_THRESHOLD;
    private Uncertainty uncertainty = Uncertainty.NONE;
    private Expectation expectation = Expectation.NONE;
    private List<Convention> conventions = List.of();
    private Precision precision = Precision.F32;
    private ActivationRanges ranges = ActivationRanges.NONE;

    private Builder(String name, Network network, InputFormat input, List<Member> members) {
      this.name = Objects.requireNonNull(name, "name");
      this.network = Objects.requireNonNull(network, "network");
      this.input = Objects.requireNonNull(input, "input");
      this.members = List.copyOf(members);
    }

    /** Sets {@link Model#views}. */
    public Builder views(Views views) {
      this.views = Objects.requireNonNull(views, "views");
      return this;
    }

    /** Sets {@link Model#mirrored}. */
    public Builder mirrored(boolean mirrored) {
      this.mirrored = mirrored;
      return this;
    }

    /** Sets {@link Model#fusion}. */
    public Builder fusion(FusionRule fusion) {
      this.fusion = Objects.requireNonNull(fusion, "fusion");
      return this;
    }

    /** Sets {@link Model#calibration}. */
    public Builder calibration(Calibration calibration) {
      this.calibration = Objects.requireNonNull(calibration, "calibration");
      return this;
    }

    /** Sets {@link Model#threshold}. */
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /** Sets {@link Model#uncertainty}. */
    public Builder uncertainty(Uncertainty uncertainty) {
      this.uncertainty = Objects.requireNonNull(uncertainty, "uncertainty");
      return this;
    }

    /** Sets {@link Model#expectation}. */
    public Builder expectation(Expectation expectation) {
      this.expectation = Objects.requireNonNull(expectation, "expectation");
      return this;
    }

    /** Sets {@link Model#conventions}. */
    public Builder conventions(List<Convention> conventions) {
      this.conventions = List.copyOf(conventions);
      return this;
    }

    /** Sets {@link Model#precision}. */
    public Builder precision(Precision precision) {
      this.precision = Objects.requireNonNull(precision, "precision");
      return this;
    }

    /** Sets {@link Model#ranges}. */
    public Builder ranges(ActivationRanges ranges) {
      this.ranges = Objects.requireNonNull(ranges, "ranges");
      return this;
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public Model build() {
      if (members.size() != network.outputs().size()) {
        throw new IllegalArgumentException(
            members.size() + " members for " + network.outputs().size() + " outputs");
      }
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("a threshold lies in [0, 1], not " + threshold);
      }
      for (int i = 0; i < members.size(); i++) {
        int classes = Math.max(2, network.outputShape(i).size());
        if (members.get(i).fakeClass() >= classes) {
          throw new IllegalArgumentException(
              "%s tells %d classes apart, counted from 0; there is no class %d to mean fake"
                  .formatted(members.get(i).name(), classes, members.get(i).fakeClass()));
        }
      }
      return new Model(this);
    }
  }
}

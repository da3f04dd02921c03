package io.unmask.spi;

import io.unmask.network.Network;
import java.util.List;
import java.util.Objects;

/**
 * What a detector decides with: a network, what it wants to see and what its outputs mean.
 * Immutable; what the builder is not told has the value that says nothing.
 */
public final class Model {

  /** The reference decides at this. */
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
   * Starts to describe a model.
   *
   * @param name what it is called in messages, such as the file's name
   * @param network the network, with one output for each member
   * @param input the size and scaling of the images
   * @param members what each output of the network means, in the outputs' order
   */
  public static Builder builder(
      String name, Network network, InputFormat input, List<Member> members) {
    return new Builder(name, network, input, members);
  }

  /** What it is called in messages, such as the file's name. */
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

  /** What of a photo the network is shown; by default the whole image, resized. */
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

  /** Makes one probability of the members'. */
  public FusionRule fusion() {
    return fusion;
  }

  /** Is applied to the fused probability; threshold and uncertainty are for what comes of it. */
  public Calibration calibration() {
    return calibration;
  }

  /** An image is fake if its probability is above this, in [0, 1]. */
  public double threshold() {
    return threshold;
  }

  /** Which images are left undecided. */
  public Uncertainty uncertainty() {
    return uncertainty;
  }

  /** What images it is for. */
  public Expectation expectation() {
    return expectation;
  }

  /** What holds of input and outputs, with how each is known. */
  public List<Convention> conventions() {
    return conventions;
  }

  /**
   * The numbers it is computed with unless the user says otherwise; by default single precision.
   */
  public Precision precision() {
    return precision;
  }

  /** Between which numbers the values of the network lie; empty if nobody measured it. */
  public ActivationRanges ranges() {
    return ranges;
  }

  /** The number of weights that members have in common, so that they are held only once. */
  public long sharedParameters() {
    return members.stream().mapToLong(Member::parameters).sum() - network.parameters();
  }

  /** The name and the shape of what it reads. */
  @Override
  public String toString() {
    return name + " " + network.inputShape();
  }

  /** Collects what a model consists of. Not thread-safe. */
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
     * @throws IllegalArgumentException if the parts do not fit each other
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

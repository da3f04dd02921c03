package io.unmask;

import io.unmask.spi.Calibration;
import io.unmask.spi.Convention;
import io.unmask.spi.Expectation;
import io.unmask.spi.FusionRule;
import io.unmask.spi.InputFormat;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes what a detector consists of. Immutable. A {@link DetectorProvider} makes one with
 * {@link #of}; whatever it does not set has a neutral default.
 */
public final class DetectorInfo {

  private final ProgramInfo program;
  private final String preprocessor;
  private final String model;
  private final List<String> members;
  private final InputFormat input;
  private final Views views;
  private final Optional<String> faceFinder;
  private final boolean upright;
  private final boolean mirrored;
  private final int layers;
  private final long parameters;
  private final long sharedParameters;
  private final String fusion;
  private final Calibration calibration;
  private final double threshold;
  private final Uncertainty uncertainty;
  private final Expectation expectation;
  private final List<Convention> conventions;

  private DetectorInfo(Builder from) {
    program = from.program;
    preprocessor = from.preprocessor;
    model = from.model;
    members = from.members;
    input = from.input;
    views = from.views;
    faceFinder = from.faceFinder;
    upright = from.upright;
    mirrored = from.mirrored;
    layers = from.layers;
    parameters = from.parameters;
    sharedParameters = from.sharedParameters;
    fusion = from.fusion;
    calibration = from.calibration;
    threshold = from.threshold;
    uncertainty = from.uncertainty;
    expectation = from.expectation;
    conventions = from.conventions;
  }

  /**
   * Returns a builder of the description of a detector.
   *
   * @param model the model's name
   * @param program the engine that runs it
   * @param input the size and scaling of the images that the network reads
   */
  public static Builder of(String model, ProgramInfo program, InputFormat input) {
    return new Builder(model, program, input);
  }

  /** The backend, its engine's version, and the device, threads and precision really in use. */
  public ProgramInfo program() {
    return program;
  }

  /** The preprocessor's name. */
  public String preprocessor() {
    return preprocessor;
  }

  /** The model's name. */
  public String model() {
    return model;
  }

  /** The names of the models that the detector uses, one for a single model. */
  public List<String> members() {
    return members;
  }

  /** The size and scaling of the images that the network reads. */
  public InputFormat input() {
    return input;
  }

  /** The parts of a photo that the network is shown. */
  public Views views() {
    return views;
  }

  /** The name of the face finder, if faces are judged. */
  public Optional<String> faceFinder() {
    return faceFinder;
  }

  /** Whether pictures are turned as their EXIF orientation asks. */
  public boolean upright() {
    return upright;
  }

  /**
   * Whether the network also sees each image mirrored, as {@link DetectorBuilder#mirrored}
   * describes.
   */
  public boolean mirrored() {
    return mirrored;
  }

  /** The number of layers of the network. */
  public int layers() {
    return layers;
  }

  /** The number of weights, shared ones counted once. */
  public long parameters() {
    return parameters;
  }

  /** How many more weights there would be if the members shared none. */
  public long sharedParameters() {
    return sharedParameters;
  }

  /**
   * The name of the rule that fuses the members' probabilities into one; {@code single} for a
   * single model.
   */
  public String fusion() {
    return fusion;
  }

  /** The calibration of that probability. */
  public Calibration calibration() {
    return calibration;
  }

  /** The threshold: an image is fake if its probability is above it. */
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

  /**
   * The conventions of the network's input and outputs, and for each whether it was given, found in
   * the network or assumed.
   */
  public List<Convention> conventions() {
    return conventions;
  }

  /** Model and backend in one line, for people. */
  @Override
  public String toString() {
    return "model %s on backend %s (%s, %s, %d threads, %s)"
        .formatted(
            model,
            program.backend(),
            program.engine(),
            program.device(),
            program.threads(),
            program.precision());
  }

  /** Builds the description of a detector. Not thread-safe. */
  public static final class Builder {

    private final ProgramInfo program;
    private String preprocessor = "none";
    private final String model;
    private List<String> members;
    private final InputFormat input;
    private Views views = Views.WHOLE_IMAGE;
    private Optional<String> faceFinder = Optional.empty();
    private boolean upright;
    private boolean mirrored;
    private int layers;
    private long parameters;
    private long sharedParameters;
    private String fusion = FusionRule.SINGLE.name();
    private Calibration calibration = Calibration.NONE;
    private double threshold = 0.5;
    private Uncertainty uncertainty = Uncertainty.NONE;
    private Expectation expectation = Expectation.NONE;
    private List<Convention> conventions = List.of();

    private Builder(String model, ProgramInfo program, InputFormat input) {
      this.model = Objects.requireNonNull(model, "model");
      this.program = Objects.requireNonNull(program, "program");
      this.input = Objects.requireNonNull(input, "input");
      this.members = List.of(model);
    }

    /** Sets {@link DetectorInfo#preprocessor}. */
    public Builder preprocessor(String preprocessor) {
      this.preprocessor = Objects.requireNonNull(preprocessor, "preprocessor");
      return this;
    }

    /** Sets {@link DetectorInfo#members}. */
    public Builder members(List<String> members) {
      this.members = List.copyOf(members);
      return this;
    }

    /** Sets {@link DetectorInfo#views}. */
    public Builder views(Views views) {
      this.views = Objects.requireNonNull(views, "views");
      return this;
    }

    /** Sets {@link DetectorInfo#faceFinder}. */
    public Builder faceFinder(Optional<String> faceFinder) {
      this.faceFinder = Objects.requireNonNull(faceFinder, "faceFinder");
      return this;
    }

    /** Sets {@link DetectorInfo#upright}. */
    public Builder upright(boolean upright) {
      this.upright = upright;
      return this;
    }

    /** Sets {@link DetectorInfo#mirrored}. */
    public Builder mirrored(boolean mirrored) {
      this.mirrored = mirrored;
      return this;
    }

    /** Sets {@link DetectorInfo#layers}. */
    public Builder layers(int layers) {
      this.layers = layers;
      return this;
    }

    /** Sets {@link DetectorInfo#parameters}. */
    public Builder parameters(long parameters) {
      this.parameters = parameters;
      return this;
    }

    /** Sets {@link DetectorInfo#sharedParameters}. */
    public Builder sharedParameters(long sharedParameters) {
      this.sharedParameters = sharedParameters;
      return this;
    }

    /** Sets {@link DetectorInfo#fusion}. */
    public Builder fusion(String fusion) {
      this.fusion = Objects.requireNonNull(fusion, "fusion");
      return this;
    }

    /** Sets {@link DetectorInfo#calibration}. */
    public Builder calibration(Calibration calibration) {
      this.calibration = Objects.requireNonNull(calibration, "calibration");
      return this;
    }

    /** Sets {@link DetectorInfo#threshold}. */
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /** Sets {@link DetectorInfo#uncertainty}. */
    public Builder uncertainty(Uncertainty uncertainty) {
      this.uncertainty = Objects.requireNonNull(uncertainty, "uncertainty");
      return this;
    }

    /** Sets {@link DetectorInfo#expectation}. */
    public Builder expectation(Expectation expectation) {
      this.expectation = Objects.requireNonNull(expectation, "expectation");
      return this;
    }

    /** Sets {@link DetectorInfo#conventions}. */
    public Builder conventions(List<Convention> conventions) {
      this.conventions = List.copyOf(conventions);
      return this;
    }

    /** Returns the description. */
    public DetectorInfo build() {
      return new DetectorInfo(this);
    }
  }
}

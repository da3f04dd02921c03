package io.unmask.model;

import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Expectation;
import io.unmask.spi.Precision;
import io.unmask.spi.Uncertainty.Band;
import io.unmask.spi.Views;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about a model, or about all models of a folder. What it leaves out is empty,
 * which is not the same as a default that it states. Immutable.
 *
 * <p>It is long because each setting is here three times: to be asked for, to be set, and kept.
 */
public final class ModelSettings {

  /** Says nothing. */
  public static final ModelSettings NONE = builder().build();

  /**
   * The size of an image, which is checked against what the network reads.
   *
   * @param height rows
   * @param width columns
   */
  public record InputSize(int height, int width) {}

  private final Optional<String> architecture;
  private final Optional<Integer> fakeClass;
  private final Optional<Calibration> calibration;
  private final Optional<Double> threshold;
  private final Optional<Band> band;
  private final Optional<InputSize> inputSize;
  private final Conventions conventions;
  private final Optional<Views> views;
  private final Optional<Boolean> mirrored;
  private final Optional<Precision> precision;
  private final Optional<ActivationRanges> ranges;
  private final Optional<Expectation> expectation;
  private final Notes notes;

  private ModelSettings(Builder from) {
    architecture = from.architecture;
    fakeClass = from.fakeClass;
    calibration = from.calibration;
    threshold = from.threshold;
    band = from.band;
    inputSize = from.inputSize;
    conventions = from.conventions;
    views = from.views;
    mirrored = from.mirrored;
    precision = from.precision;
    ranges = from.ranges;
    expectation = from.expectation;
    notes = from.notes;
  }

  /** Starts with settings that say nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with these settings. */
  public Builder toBuilder() {
    return builder().set(this);
  }

  /**
   * Whose weights a file holds: a name of {@link io.unmask.keras.KerasArchitecture}, or a {@code
   * .json} file beside it.
   */
  public Optional<String> architecture() {
    return architecture;
  }

  /** The class that means fake, counted from 0. */
  public Optional<Integer> fakeClass() {
    return fakeClass;
  }

  /** What is done to the probability. */
  public Optional<Calibration> calibration() {
    return calibration;
  }

  /** An image is fake if its probability is above this, in [0, 1]. */
  public Optional<Double> threshold() {
    return threshold;
  }

  /** Which probabilities are too close to call. */
  public Optional<Band> band() {
    return band;
  }

  /** The size of images that the network is said to read. */
  public Optional<InputSize> inputSize() {
    return inputSize;
  }

  /** How a photo becomes numbers, and what the classes are called. */
  public Conventions conventions() {
    return conventions;
  }

  /** What of a photo the network is shown. */
  public Optional<Views> views() {
    return views;
  }

  /** Whether the network also sees each image mirrored. */
  public Optional<Boolean> mirrored() {
    return mirrored;
  }

  /** The numbers it is computed with: {@link Precision#AUTO} or {@link Precision#F32}. */
  public Optional<Precision> precision() {
    return precision;
  }

  /** Between which numbers the values of the network lie, as {@code unmask quantize} measures. */
  public Optional<ActivationRanges> ranges() {
    return ranges;
  }

  /** What images the model is for. */
  public Optional<Expectation> expectation() {
    return expectation;
  }

  /** What it says to people: {@code description}, {@code provenance} and {@code figures}. */
  public Notes notes() {
    return notes;
  }

  /** These settings, completed by others where they say nothing. */
  public ModelSettings orElse(ModelSettings others) {
    Builder both = new Builder();
    both.architecture = architecture.or(others::architecture);
    both.fakeClass = fakeClass.or(others::fakeClass);
    both.calibration = calibration.or(others::calibration);
    both.threshold = threshold.or(others::threshold);
    both.band = band.or(others::band);
    both.inputSize = inputSize.or(others::inputSize);
    both.conventions = completed(others);
    both.views = views.or(others::views);
    both.mirrored = mirrored.or(others::mirrored);
    both.precision = precision.or(others::precision);
    both.ranges = ranges.or(others::ranges);
    both.expectation = expectation.or(others::expectation);
    both.notes = notes.orElse(others.notes);
    return both.build();
  }

  /** Names of classes that hold for all files say nothing of one that has a fake class itself. */
  private Conventions completed(ModelSettings others) {
    Conventions both = conventions.orElse(others.conventions);
    return fakeClass.isEmpty() || conventions.classes().isPresent()
        ? both
        : new Conventions(
            both.scaling(),
            both.channelOrder(),
            both.resize(),
            both.cropToAspect(),
            Optional.empty());
  }

  private List<Object> parts() {
    return List.of(
        architecture,
        fakeClass,
        calibration,
        threshold,
        band,
        inputSize,
        conventions,
        views,
        mirrored,
        precision,
        ranges,
        expectation,
        notes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelSettings settings && parts().equals(settings.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  /** All of it, in the order of the methods. */
  @Override
  public String toString() {
    return parts().toString();
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private Optional<String> architecture = Optional.empty();
    private Optional<Integer> fakeClass = Optional.empty();
    private Optional<Calibration> calibration = Optional.empty();
    private Optional<Double> threshold = Optional.empty();
    private Optional<Band> band = Optional.empty();
    private Optional<InputSize> inputSize = Optional.empty();
    private Conventions conventions = Conventions.NONE;
    private Optional<Views> views = Optional.empty();
    private Optional<Boolean> mirrored = Optional.empty();
    private Optional<Precision> precision = Optional.empty();
    private Optional<ActivationRanges> ranges = Optional.empty();
    private Optional<Expectation> expectation = Optional.empty();
    private Notes notes = Notes.NONE;

    private Builder() {}

    private Builder set(ModelSettings from) {
      architecture = from.architecture;
      fakeClass = from.fakeClass;
      calibration = from.calibration;
      threshold = from.threshold;
      band = from.band;
      inputSize = from.inputSize;
      conventions = from.conventions;
      views = from.views;
      mirrored = from.mirrored;
      precision = from.precision;
      ranges = from.ranges;
      expectation = from.expectation;
      notes = from.notes;
      return this;
    }

    /** Sets {@link ModelSettings#architecture}. */
    public Builder architecture(String architecture) {
      this.architecture = Optional.of(architecture);
      return this;
    }

    /**
     * Sets {@link ModelSettings#fakeClass}.
     *
     * @throws IllegalArgumentException if it is below 0
     */
    public Builder fakeClass(int fakeClass) {
      if (fakeClass < 0) {
        throw new IllegalArgumentException("a class is counted from 0, not " + fakeClass);
      }
      this.fakeClass = Optional.of(fakeClass);
      return this;
    }

    /** Sets {@link ModelSettings#calibration}. */
    public Builder calibration(Calibration calibration) {
      this.calibration = Optional.of(calibration);
      return this;
    }

    /**
     * Sets {@link ModelSettings#threshold}.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Builder threshold(double threshold) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("a threshold lies in [0, 1], not " + threshold);
      }
      this.threshold = Optional.of(threshold);
      return this;
    }

    /** Sets {@link ModelSettings#band}, or takes it away. */
    public Builder band(Optional<Band> band) {
      this.band = Objects.requireNonNull(band, "band");
      return this;
    }

    /** Sets {@link ModelSettings#inputSize}. */
    public Builder inputSize(int height, int width) {
      this.inputSize = Optional.of(new InputSize(height, width));
      return this;
    }

    /** Sets {@link ModelSettings#conventions}. */
    public Builder conventions(Conventions conventions) {
      this.conventions = Objects.requireNonNull(conventions, "conventions");
      return this;
    }

    /** Sets {@link ModelSettings#views}. */
    public Builder views(Views views) {
      this.views = Optional.of(views);
      return this;
    }

    /** Sets {@link ModelSettings#mirrored}. */
    public Builder mirrored(boolean mirrored) {
      this.mirrored = Optional.of(mirrored);
      return this;
    }

    /**
     * Sets {@link ModelSettings#precision}.
     *
     * @throws IllegalArgumentException if it is one that not every machine has
     */
    public Builder precision(Precision precision) {
      if (precision != Precision.AUTO && precision != Precision.F32) {
        throw new IllegalArgumentException(
            "a model is for every machine, and asks for auto or f32, not " + precision);
      }
      this.precision = Optional.of(precision);
      return this;
    }

    /** Sets {@link ModelSettings#ranges}. */
    public Builder ranges(ActivationRanges ranges) {
      this.ranges = Optional.of(ranges);
      return this;
    }

    /** Sets {@link ModelSettings#expectation}. */
    public Builder expectation(Expectation expectation) {
      this.expectation = Optional.of(expectation);
      return this;
    }

    /**
     * Sets {@link ModelSettings#notes}.
     *
     * @throws IllegalArgumentException if one has another name than a manifest has room for
     */
    public Builder notes(Notes notes) {
      for (String key : notes.keys()) {
        if (!SettingsJson.NOTES.contains(key)) {
          throw new IllegalArgumentException(
              "notes are called " + String.join(", ", SettingsJson.NOTES) + ", not " + key);
        }
      }
      this.notes = notes;
      return this;
    }

    /** What was collected. */
    public ModelSettings build() {
      return new ModelSettings(this);
    }
  }
}

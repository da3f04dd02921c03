package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Device;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.FusionRule;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.Precision;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a caller made with a {@link DetectorBuilder}, for the {@link DetectorProvider}
 * that opens the detector. A setting that was not made is empty, and the provider decides.
 * Immutable.
 */
public final class DetectorSettings {

  private final Set<String> named = new LinkedHashSet<>();

  private final List<Path> models;
  private final @Nullable String provider;
  private final @Nullable String backendName;
  private final @Nullable Backend backend;
  private final @Nullable String preprocessorName;
  private final @Nullable Preprocessor preprocessor;
  private final @Nullable Device device;
  private final @Nullable Double threshold;
  private final @Nullable Integer threads;
  private final @Nullable Precision precision;
  private final @Nullable Integer fakeClass;
  private final @Nullable Conventions conventions;
  private final @Nullable String architecture;
  private final @Nullable String fusion;
  private final @Nullable FusionRule fusionRule;
  private final @Nullable Calibration calibration;
  private final @Nullable Boolean mirrored;
  private final @Nullable Boolean upright;
  private final Uncertainty.@Nullable Band band;
  private final boolean noBand;
  private final @Nullable Double maxSpread;
  private final @Nullable Faces faces;
  private final @Nullable FaceFinder faceFinder;

  DetectorSettings(DetectorBuilder asked) {
    models = List.copyOf(asked.models);
    provider = asked.provider;
    backendName = asked.backendName;
    backend = asked.backend;
    preprocessorName = asked.preprocessorName;
    preprocessor = asked.preprocessor;
    device = asked.device;
    threshold = asked.threshold;
    threads = asked.threads;
    precision = asked.precision;
    fakeClass = asked.fakeClass;
    conventions = asked.conventions;
    architecture = asked.architecture;
    fusion = asked.fusion;
    fusionRule = asked.fusionRule;
    calibration = asked.calibration;
    mirrored = asked.mirrored;
    upright = asked.upright;
    band = asked.band;
    noBand = asked.noBand;
    maxSpread = asked.maxSpread;
    faces = asked.faces;
    faceFinder = asked.faceFinder;
    note("model", models.isEmpty() ? null : models);
    note("backend", backendName == null ? backend : backendName);
    note("preprocessor", preprocessorName == null ? preprocessor : preprocessorName);
    note("device", device);
    note("threshold", threshold);
    note("threads", threads);
    note("precision", precision);
    note("fakeClass", fakeClass);
    note("conventions", conventions);
    note("architecture", architecture);
    note("fusion", fusion == null ? fusionRule : fusion);
    note("calibration", calibration);
    note("mirrored", mirrored);
    note("upright", upright);
    note("band", noBand ? "none" : band);
    note("maxSpread", maxSpread);
    note("faces", faces);
    note("faceFinder", faceFinder);
  }

  private void note(String name, @Nullable Object value) {
    if (value != null) {
      named.add(name);
    }
  }

  /**
   * The names of the settings that were made, as the builder's methods are called, in their order.
   * The choice of the provider is not among them.
   */
  public Set<String> named() {
    return Collections.unmodifiableSet(named);
  }

  /**
   * Checks that only settings were made that a provider knows, so that none is silently ignored.
   *
   * @param provider the provider's name, for the message
   * @param known the settings that the provider honours, as in {@link #named}
   * @throws IllegalArgumentException if another setting was made
   */
  public void requireOnly(String provider, Set<String> known) {
    for (String name : named()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "provider '%s' cannot heed the setting '%s'; leave it out, or choose another provider"
                .formatted(provider, name));
      }
    }
  }

  /** The model files and folders, in order; empty for the provider's default. */
  public List<Path> models() {
    return models;
  }

  /** The threshold, in [0, 1]. */
  public OptionalDouble threshold() {
    return threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }

  /** The band of probabilities that are too close to call. */
  public Optional<Uncertainty.Band> band() {
    return Optional.ofNullable(band);
  }

  /** Whether there is to be no band, whatever the model says. */
  public boolean noBand() {
    return noBand;
  }

  /** How many threads work on one image, in 1..1024. */
  public OptionalInt threads() {
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  /** The precision that networks are computed with. */
  public Optional<Precision> precision() {
    return Optional.ofNullable(precision);
  }

  /** Whether whole photos or their faces are judged. */
  public Optional<Faces> faces() {
    return Optional.ofNullable(faces);
  }

  /** The device, {@link Device#AUTO} if none was named. */
  public Device device() {
    return device == null ? Device.AUTO : device;
  }

  /** The calibration of the fused probability. */
  public Optional<Calibration> calibration() {
    return Optional.ofNullable(calibration);
  }

  /** Whether the network also sees each image mirrored. */
  public Optional<Boolean> mirrored() {
    return Optional.ofNullable(mirrored);
  }

  /** Whether pictures are turned as their EXIF orientation asks. */
  public Optional<Boolean> upright() {
    return Optional.ofNullable(upright);
  }

  /** The provider that was named. */
  Optional<Choice> provider() {
    return Choice.of(provider, "provider", System::getenv);
  }

  /** The rule that was given, if it was not named. */
  Optional<FusionRule> fusionRule() {
    return Optional.ofNullable(fusionRule);
  }

  ModelRequest request() {
    return new ModelRequest(
        models,
        fakeClass == null ? OptionalInt.empty() : OptionalInt.of(fakeClass),
        Optional.ofNullable(fusion),
        conventions == null ? Conventions.NONE : conventions,
        Optional.ofNullable(architecture));
  }

  ProgramOptions options() {
    return new ProgramOptions(device(), threads == null ? 0 : threads);
  }

  /** What leaves images undecided: the settings, and the model's where there are none. */
  Uncertainty uncertainty(Uncertainty model) {
    OptionalDouble own = threshold();
    Optional<Uncertainty.Band> ofModel =
        own.isPresent() ? model.band().flatMap(each -> each.upTo(own.getAsDouble())) : model.band();
    return new Uncertainty(
        noBand ? Optional.empty() : Optional.ofNullable(band).or(() -> ofModel),
        maxSpread == null ? model.maxSpread() : OptionalDouble.of(maxSpread));
  }

  /** A model's views, of what the caller wants to have judged. */
  Views views(Views model) {
    if (faces == null) {
      return model;
    }
    return faces == Faces.CROP ? model.ofFaces() : model.ofWholeImage();
  }

  /**
   * What finds faces: what was given, or else the first that the class path offers.
   *
   * @throws io.unmask.error.BackendException if there is none
   */
  FaceFinder selectFaceFinder() {
    return faceFinder != null ? faceFinder : FaceFinders.find();
  }

  /**
   * The backend that was given, or else chosen by name, or else the best.
   *
   * @param aloud whether the log is told what is broken
   */
  Backend selectBackend(boolean aloud) {
    if (backend != null) {
      Backends.check(backend, device());
      return backend;
    }
    Backends backends = Backends.find(device());
    Optional<Choice> choice = Choice.of(backendName, "backend", System::getenv);
    Backend selected = backends.select(choice);
    if (aloud && choice.isEmpty()) {
      backends.warn(selected);
    }
    return selected;
  }

  /**
   * The preprocessor that was given, or else chosen by name, or else the default.
   *
   * @param aloud whether the log is told what is broken
   */
  Preprocessor selectPreprocessor(boolean aloud) {
    if (preprocessor != null) {
      return preprocessor;
    }
    Providers<Preprocessor> found = Providers.find(Preprocessor.class, Preprocessor::name);
    Preprocessor selected =
        Preprocessors.select(Choice.of(preprocessorName, "preprocessor", System::getenv), found);
    if (aloud) {
      found.warn();
    }
    return selected;
  }
}

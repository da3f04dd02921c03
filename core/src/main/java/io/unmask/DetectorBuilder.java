package io.unmask;

import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.Conventions;
import io.unmask.spi.Device;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Precision;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Configures and opens a {@link Detector}. Every setting is optional. Each may be made only once; a
 * second call throws an {@link IllegalArgumentException}. Not thread-safe.
 *
 * <p>It is long because each setting has a method here, and its ranges and its default are said at
 * it.
 */
public final class DetectorBuilder {

  final List<Path> models = new ArrayList<>();
  @Nullable String backendName;
  @Nullable Backend backend;
  @Nullable String preprocessorName;
  @Nullable Preprocessor preprocessor;
  @Nullable Device device;
  @Nullable Double threshold;
  @Nullable Integer threads;
  @Nullable Precision precision;
  @Nullable Integer fakeClass;
  @Nullable Conventions conventions;
  @Nullable String architecture;
  @Nullable String fusion;
  @Nullable FusionRule fusionRule;
  @Nullable String provider;
  @Nullable Calibration calibration;
  @Nullable Boolean mirrored;
  @Nullable Boolean upright;
  Uncertainty.@Nullable Band band;
  boolean noBand;
  @Nullable Double maxSpread;
  @Nullable Faces faces;
  @Nullable FaceFinder faceFinder;

  DetectorBuilder() {}

  /**
   * Uses these models instead of the bundled default: {@code .keras} or {@code .h5} files, or
   * folders of them. May be called several times, to add models. Several models need the Maven
   * dependency {@code io.unmask:unmask-ensemble}.
   *
   * @throws IllegalArgumentException if no model is named; for the bundled default, do not call
   *     this
   */
  public DetectorBuilder model(Path... paths) {
    Objects.requireNonNull(paths, "paths");
    if (paths.length == 0) {
      throw new IllegalArgumentException(
          "model() names no model; name one, or leave the call out to use the bundled default");
    }
    for (Path path : paths) {
      models.add(Objects.requireNonNull(path, "one of the paths is null"));
    }
    return this;
  }

  /**
   * Opens the detector with the provider of this name. {@value NetworkProvider#NAME} is the
   * provider of this artifact, which runs networks on backends. Without this setting, the system
   * property {@code unmask.provider} and then the environment variable {@code UNMASK_PROVIDER} may
   * name a provider; otherwise it is the one on the class path with the highest {@linkplain
   * DetectorProvider#priority priority}.
   */
  public DetectorBuilder provider(String name) {
    provider = once("provider", provider, name);
    return this;
  }

  /**
   * Uses the backend of this name, such as {@code cpu}. Without this setting, the system property
   * {@code unmask.backend} and then the environment variable {@code UNMASK_BACKEND} may name a
   * backend; otherwise it is the best one that is available.
   */
  public DetectorBuilder backend(String name) {
    backendName = once("backend", backendName == null ? backend : backendName, name);
    return this;
  }

  /** Uses this backend, and does not search the class path for one. */
  public DetectorBuilder backend(Backend backend) {
    this.backend = once("backend", backendName == null ? this.backend : backendName, backend);
    return this;
  }

  /**
   * Uses the preprocessor of this name. Without this setting, the system property {@code
   * unmask.preprocessor} and then the environment variable {@code UNMASK_PREPROCESSOR} may name a
   * preprocessor; otherwise it is {@code java}.
   */
  public DetectorBuilder preprocessor(String name) {
    preprocessorName =
        once("preprocessor", preprocessorName == null ? preprocessor : preprocessorName, name);
    return this;
  }

  /** Uses this preprocessor, and does not search the class path for one. */
  public DetectorBuilder preprocessor(Preprocessor preprocessor) {
    this.preprocessor =
        once(
            "preprocessor",
            preprocessorName == null ? this.preprocessor : preprocessorName,
            preprocessor);
    return this;
  }

  /**
   * Runs the network on this device. With {@link Device#GPU}, {@link #open} fails if no GPU can be
   * used.
   */
  public DetectorBuilder device(Device device) {
    this.device = once("device", this.device, device);
    return this;
  }

  /**
   * Sets the threshold, in [0, 1]: an image is fake if its probability is above it. Without this
   * setting, the threshold comes from the model's manifest, or is 0.5.
   *
   * <p>If the manifest has a band, this threshold replaces the band's upper end: images above it
   * are fake, and images from the band's lower end up to it are undecided. With a threshold below
   * the band no image is undecided.
   */
  public DetectorBuilder threshold(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a threshold lies in [0, 1], not " + threshold);
    }
    this.threshold = once("threshold", this.threshold, threshold);
    return this;
  }

  /**
   * Sets how many threads work on one image, in 1..1024. Without this setting, one per processor.
   */
  public DetectorBuilder threads(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads lie in 1..1024, not " + threads);
    }
    this.threads = once("threads", this.threads, threads);
    return this;
  }

  /**
   * Sets the precision that the network is computed with. Without this setting, it comes from the
   * model's manifest, or is {@link Precision#F32}, which gives Keras's results.
   *
   * <p>With {@link Precision#BF16} and {@link Precision#INT8}, {@link #open} fails if the backend
   * or the processor cannot compute in it; with {@link Precision#INT8} also if the model's manifest
   * has no ranges, which {@link RangeCalibration} measures. {@link Precision#AUTO} never fails for
   * that reason; {@link DetectorInfo#program} returns the precision that it chose. The search for
   * faces always runs in single precision.
   */
  public DetectorBuilder precision(Precision precision) {
    this.precision = once("precision", this.precision, precision);
    return this;
  }

  /**
   * Says which class of the model means fake. Without this setting, it comes from the model's
   * manifest, or is 1. In the reference's CNN, for example, class 0 means fake.
   */
  public DetectorBuilder fakeClass(int fakeClass) {
    if (fakeClass < 0) {
      throw new IllegalArgumentException("classes are counted from 0, not " + fakeClass);
    }
    this.fakeClass = once("fakeClass", this.fakeClass, fakeClass);
    return this;
  }

  /**
   * Says how photos become the network's numbers and what its classes are called, such as {@code
   * Conventions.NONE.withScaling(Scaling.Named.CAFFE)}. What is not said here comes from the
   * model's manifest. Otherwise the network itself may show it: if it scales its images itself, it
   * gets what it was made for. Otherwise the reference's conventions hold. {@link
   * DetectorInfo#conventions} lists the result.
   */
  public DetectorBuilder conventions(Conventions conventions) {
    this.conventions = once("conventions", this.conventions, conventions);
    return this;
  }

  /**
   * Names the architecture, for model files that contain only weights ({@code model.save_weights}):
   * {@code mesonet4}, {@code mesoinception4}, a name in {@code keras.applications} such as {@code
   * MobileNetV2}, or a {@code .json} file that {@code model.to_json()} wrote. Without this setting,
   * it comes from the model's manifest, or from a {@code .json} file of the same name beside the
   * model file. If a file is a whole model, its weights are used with this architecture, too.
   */
  public DetectorBuilder architecture(String architecture) {
    this.architecture = once("architecture", this.architecture, architecture);
    return this;
  }

  /**
   * Fuses the probabilities of several models by the rule of this name. Without this setting, the
   * rule comes from the models' manifest, or is {@code mean}. Needs the Maven dependency {@code
   * io.unmask:unmask-ensemble}, whose rules are {@code mean}, {@code weighted-mean}, {@code
   * mean-logit}, {@code median}, {@code max}, {@code majority-vote} and {@code noisy-or}.
   */
  public DetectorBuilder fusion(String rule) {
    fusion = once("fusion", fusion == null ? fusionRule : fusion, rule);
    return this;
  }

  /**
   * Fuses the probabilities of several models by this rule. A calibration in the models' manifest
   * is then used only if the manifest names a rule of the same name, because it was fitted to that
   * rule.
   */
  public DetectorBuilder fusion(FusionRule rule) {
    fusionRule = once("fusion", fusion == null ? fusionRule : fusion, rule);
    return this;
  }

  /**
   * Applies this calibration to the fused probability. Without this setting, the calibration comes
   * from the model's manifest, or the probability stays as it is, as with {@link Calibration#NONE}.
   */
  public DetectorBuilder calibration(Calibration calibration) {
    this.calibration = once("calibration", this.calibration, calibration);
    return this;
  }

  /**
   * Says whether the network is shown each image twice, as it is and mirrored left to right. The
   * result of each member is then the mean of its two probabilities (test-time augmentation). This
   * takes twice the time, and helps networks that learnt to judge faces either way round. Without
   * this setting, the model's manifest decides; by default an image is shown only as it is.
   */
  public DetectorBuilder mirrored(boolean mirrored) {
    this.mirrored = once("mirrored", this.mirrored, mirrored);
    return this;
  }

  /**
   * Says whether pictures are turned as their EXIF orientation asks, so that they stand upright, as
   * every viewer shows them. Without this setting, pictures are turned if faces are judged. For
   * whole images the preprocessor decides: {@code java} uses them as they are stored, as the
   * reference does, with a warning ({@link Classification.Warning.Kind#STORED_TURNED}).
   */
  public DetectorBuilder upright(boolean upright) {
    this.upright = once("upright", this.upright, upright);
    return this;
  }

  /**
   * Sets a band: an image is undecided, {@link Label#UNCERTAIN}, if its probability lies in [{@code
   * low}, {@code high}], or between the band and the threshold, if the threshold lies outside the
   * band. Without this setting, the band comes from the model's manifest, or there is none.
   *
   * @throws IllegalArgumentException unless {@code 0 <= low <= high <= 1}
   */
  public DetectorBuilder band(double low, double high) {
    band = once("band", noBand ? "none" : band, new Uncertainty.Band(low, high));
    return this;
  }

  /** Uses no band, whatever the model's manifest says: the threshold alone decides. */
  public DetectorBuilder noBand() {
    once("band", noBand ? "none" : band, "none");
    noBand = true;
    return this;
  }

  /**
   * Sets the maximum spread, in [0, 1]: an image is undecided, {@link Label#UNCERTAIN}, if the
   * largest and the smallest of the members' probabilities are further apart. Without this setting,
   * the limit comes from the model's manifest, or there is none.
   */
  public DetectorBuilder maxSpread(double spread) {
    if (!(spread >= 0 && spread <= 1)) {
      throw new IllegalArgumentException("a spread lies in [0, 1], not " + spread);
    }
    maxSpread = once("maxSpread", maxSpread, spread);
    return this;
  }

  /**
   * Says whether the whole photo is judged, or each face that is found in it. Without this setting,
   * the model's manifest decides; by default it is the whole photo, as with the reference's files.
   * Faces are cut out with the manifest's margin, or with {@link Views#DEFAULT_MARGIN}.
   */
  public DetectorBuilder faces(Faces faces) {
    this.faces = once("faces", this.faces, faces);
    return this;
  }

  /**
   * Finds faces with this finder, and does not search the class path for one. Without this setting,
   * the first finder on the class path is used, such as that of the Maven dependency {@code
   * io.unmask:unmask-faces}. A finder is needed only if faces are judged.
   */
  public DetectorBuilder faceFinder(FaceFinder finder) {
    faceFinder = once("faceFinder", faceFinder, finder);
    return this;
  }

  /**
   * Loads the engine and the image decoders ahead of time: the slow part of {@link #open} that
   * needs no model. {@code open} does this anyway, while it reads the model. Call this method if
   * the program can do it sooner, on another thread, while it is busy with something else. It does
   * nothing if the provider has nothing to prepare.
   *
   * @throws io.unmask.error.BackendException if no backend fits, or the backend cannot be loaded
   */
  public void prepare() {
    DetectorSettings settings = settings();
    DetectorProviders.select(settings, false).prepare(settings);
  }

  /**
   * Opens the detector: finds the provider, which opens it. The provider of this artifact finds the
   * backend, reads the model and compiles it.
   *
   * @throws io.unmask.error.BackendException if no provider or backend fits, or the backend fails
   * @throws io.unmask.error.ModelFormatException if a model file is missing or damaged
   * @throws io.unmask.error.UnsupportedLayerException if a model uses a layer that is not supported
   * @throws IllegalArgumentException if the settings do not fit the model, or the provider
   */
  public Detector open() {
    DetectorSettings settings = settings();
    return DetectorProviders.select(settings, true).open(settings);
  }

  /** What has been set so far. */
  DetectorSettings settings() {
    return new DetectorSettings(this);
  }

  /** Providers by their names, and not as Java would have it: {@code JavaPreprocessor@5b27}. */
  private static Object shown(Object value) {
    if (value instanceof Backend backend) {
      return backend.name();
    }
    if (value instanceof FaceFinder finder) {
      return finder.name();
    }
    if (value instanceof Uncertainty.Band asked) {
      return asked.low() + "," + asked.high();
    }
    if (value instanceof FusionRule rule) {
      return rule.name();
    }
    return value instanceof Preprocessor preprocessor ? preprocessor.name() : value;
  }

  private static <T> T once(String setting, @Nullable Object before, T value) {
    if (before != null) {
      throw new IllegalArgumentException(
          "%s is already set to %s, and cannot be %s as well"
              .formatted(setting, shown(before), shown(value)));
    }
    return Objects.requireNonNull(value, setting);
  }
}

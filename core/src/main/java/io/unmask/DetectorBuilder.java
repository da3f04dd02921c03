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
 * Configures a {@link Detector}. Every setting is optional and may be made once; a second time is a
 * contradiction, and an {@link IllegalArgumentException}. Not thread-safe.
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
   * folders of them. Several models need the Maven dependency {@code io.unmask:unmask-ensemble}.
   * May be called several times, to add models.
   *
   * @throws IllegalArgumentException if none is named; for the bundled default, do not call this
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
   * Has the detector opened by the provider of this name; {@value NetworkProvider#NAME} is this
   * artifact's, which runs networks on backends. Without it, the system property {@code
   * unmask.provider} and then the environment variable {@code UNMASK_PROVIDER} may name one, and
   * else it is the one on the class path with the highest {@linkplain DetectorProvider#priority
   * priority}.
   */
  public DetectorBuilder provider(String name) {
    provider = once("provider", provider, name);
    return this;
  }

  /**
   * Uses the backend of this name, such as {@code cpu}. Without it, the system property {@code
   * unmask.backend} and then the environment variable {@code UNMASK_BACKEND} may name one, and else
   * the best that is available is used.
   */
  public DetectorBuilder backend(String name) {
    backendName = once("backend", backendName == null ? backend : backendName, name);
    return this;
  }

  /** Uses this backend, without looking for any. */
  public DetectorBuilder backend(Backend backend) {
    this.backend = once("backend", backendName == null ? this.backend : backendName, backend);
    return this;
  }

  /**
   * Uses the preprocessor of this name. Without it, the system property {@code unmask.preprocessor}
   * and then the environment variable {@code UNMASK_PREPROCESSOR} may name one, and else it is
   * {@code java}.
   */
  public DetectorBuilder preprocessor(String name) {
    preprocessorName =
        once("preprocessor", preprocessorName == null ? preprocessor : preprocessorName, name);
    return this;
  }

  /** Uses this preprocessor, without looking for any. */
  public DetectorBuilder preprocessor(Preprocessor preprocessor) {
    this.preprocessor =
        once(
            "preprocessor",
            preprocessorName == null ? this.preprocessor : preprocessorName,
            preprocessor);
    return this;
  }

  /** Runs on this device. {@link Device#GPU} where none can be used makes {@link #open} fail. */
  public DetectorBuilder device(Device device) {
    this.device = once("device", this.device, device);
    return this;
  }

  /**
   * Calls an image fake if its probability is above this, in [0, 1]. Without it, the model's
   * manifest decides, and else it is 0.5.
   *
   * <p>It takes the place of the upper end of a band of the manifest: images above it are fake, and
   * those from the band's lower end up to it undecided. A threshold below the band leaves none
   * undecided.
   */
  public DetectorBuilder threshold(double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a threshold lies in [0, 1], not " + threshold);
    }
    this.threshold = once("threshold", this.threshold, threshold);
    return this;
  }

  /** Lets this many threads work on one image, in 1..1024. Without it, one a processor. */
  public DetectorBuilder threads(int threads) {
    if (threads < 1 || threads > 1024) {
      throw new IllegalArgumentException("threads lie in 1..1024, not " + threads);
    }
    this.threads = once("threads", this.threads, threads);
    return this;
  }

  /**
   * Computes with these numbers. Without it, the model's manifest decides, and else it is {@link
   * Precision#F32}, which gives Keras's answers. {@link Precision#BF16} and {@link Precision#INT8}
   * make {@link #open} fail where backend or processor lack it, {@link Precision#INT8} also where
   * the model's manifest has no ranges, which {@link RangeCalibration} measures; {@link
   * Precision#AUTO} does not, and {@link DetectorInfo#program} says what it came to. Faces are
   * always looked for in single precision.
   */
  public DetectorBuilder precision(Precision precision) {
    this.precision = once("precision", this.precision, precision);
    return this;
  }

  /**
   * Says which class of the model means fake. Without it, the model's manifest decides, and else it
   * is 1. The reference's CNN, for one, has it the other way round: 0.
   */
  public DetectorBuilder fakeClass(int fakeClass) {
    if (fakeClass < 0) {
      throw new IllegalArgumentException("classes are counted from 0, not " + fakeClass);
    }
    this.fakeClass = once("fakeClass", this.fakeClass, fakeClass);
    return this;
  }

  /**
   * Says how photos become the network's numbers, and what its classes are called, such as {@code
   * Conventions.NONE.withScaling(Scaling.Named.CAFFE)}. Without it, the model's manifest decides,
   * and else what the network shows: one that scales its images itself gets what it was made for.
   * Else the reference's conventions hold; {@link DetectorInfo#conventions} has all of them.
   */
  public DetectorBuilder conventions(Conventions conventions) {
    this.conventions = once("conventions", this.conventions, conventions);
    return this;
  }

  /**
   * Says whose weights the model's files hold, where they hold weights alone ({@code
   * model.save_weights}): {@code mesonet4}, {@code mesoinception4}, a name of {@code
   * keras.applications} such as {@code MobileNetV2}, or a {@code .json} file that {@code
   * model.to_json()} wrote. Without it, the model's manifest decides, and else a {@code .json} of
   * the same name beside the file. Files that are whole models give their weights to it, too.
   */
  public DetectorBuilder architecture(String architecture) {
    this.architecture = once("architecture", this.architecture, architecture);
    return this;
  }

  /**
   * Fuses the probabilities of several models by the rule of this name, such as {@code mean}, which
   * is also what is done without it unless the models' manifest names another. Needs the Maven
   * dependency {@code io.unmask:unmask-ensemble}, whose rules are {@code mean}, {@code
   * weighted-mean}, {@code mean-logit}, {@code median}, {@code max}, {@code majority-vote} and
   * {@code noisy-or}.
   */
  public DetectorBuilder fusion(String rule) {
    fusion = once("fusion", fusion == null ? fusionRule : fusion, rule);
    return this;
  }

  /**
   * Fuses the probabilities of several models by this rule. A calibration of the models' manifest
   * is not used then, unless the manifest names a rule of the same name: it was fitted to another.
   */
  public DetectorBuilder fusion(FusionRule rule) {
    fusionRule = once("fusion", fusion == null ? fusionRule : fusion, rule);
    return this;
  }

  /**
   * Makes the fused probability one that means what it says. Without it, the model's manifest
   * decides, and else it stays as it is, as with {@link Calibration#NONE}.
   */
  public DetectorBuilder calibration(Calibration calibration) {
    this.calibration = once("calibration", this.calibration, calibration);
    return this;
  }

  /**
   * Shows the network each image twice, as it is and mirrored, left to right, and takes the mean of
   * the two probabilities of each member for what it says (test-time augmentation). It takes twice
   * the time, and helps networks that learnt to judge faces either way round. Without it, the
   * model's manifest decides, and else an image is only seen as it is.
   */
  public DetectorBuilder mirrored(boolean mirrored) {
    this.mirrored = once("mirrored", this.mirrored, mirrored);
    return this;
  }

  /**
   * Turns pictures as their EXIF orientation asks, so that they stand upright, as they are shown
   * everywhere. Without it, that is done where faces are judged; of whole images the preprocessor
   * decides: {@code java} looks at them as they are stored, as the reference does, with a warning
   * ({@link Classification.Warning.Kind#STORED_TURNED}).
   */
  public DetectorBuilder upright(boolean upright) {
    this.upright = once("upright", this.upright, upright);
    return this;
  }

  /**
   * Leaves an image undecided, {@link Label#UNCERTAIN}, if its probability lies from {@code low} to
   * {@code high}, or between there and the threshold, if that lies elsewhere. Without it, the
   * model's manifest decides, and else no image is.
   *
   * @throws IllegalArgumentException unless {@code 0 <= low <= high <= 1}
   */
  public DetectorBuilder band(double low, double high) {
    band = once("band", noBand ? "none" : band, new Uncertainty.Band(low, high));
    return this;
  }

  /** Has no band, whatever the model's manifest says: the threshold alone decides. */
  public DetectorBuilder noBand() {
    once("band", noBand ? "none" : band, "none");
    noBand = true;
    return this;
  }

  /**
   * Leaves an image undecided, {@link Label#UNCERTAIN}, if the greatest and the smallest of the
   * members' probabilities are further apart than this, in [0, 1]. Without it, the model's manifest
   * decides, and else no image is.
   */
  public DetectorBuilder maxSpread(double spread) {
    if (!(spread >= 0 && spread <= 1)) {
      throw new IllegalArgumentException("a spread lies in [0, 1], not " + spread);
    }
    maxSpread = once("maxSpread", maxSpread, spread);
    return this;
  }

  /**
   * Says what of a photo is judged: the whole, or each face that is found in it. Without it, the
   * model's manifest decides, and else it is the whole, as with the reference's files. Faces are
   * cut out with the manifest's margin, or with {@link Views#DEFAULT_MARGIN}.
   */
  public DetectorBuilder faces(Faces faces) {
    this.faces = once("faces", this.faces, faces);
    return this;
  }

  /**
   * Finds faces with this, without looking for a finder. Without it, the first that the class path
   * offers is used, such as that of the Maven dependency {@code io.unmask:unmask-faces}; it is
   * needed only where faces are judged.
   */
  public DetectorBuilder faceFinder(FaceFinder finder) {
    faceFinder = once("faceFinder", faceFinder, finder);
    return this;
  }

  /**
   * Loads the engine, and what decodes images: the slow part of {@link #open} that needs no model.
   * Opening does it anyway, while it reads the model; this is for programs that can do it sooner,
   * on another thread, while they are busy with something else. Does nothing for a provider that
   * has nothing to prepare.
   *
   * @throws io.unmask.error.BackendException if no backend fits, or it cannot be loaded
   */
  public void prepare() {
    DetectorSettings settings = settings();
    DetectorProviders.select(settings, false).prepare(settings);
  }

  /**
   * Opens the detector: finds the provider and has it do that. The one of this artifact finds the
   * backend, reads the model and compiles it.
   *
   * @throws io.unmask.error.BackendException if no provider or backend fits, or it fails
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

package io.unmask.cli;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Faces;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.model.ModelFile;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which detector to use. */
final class DetectorOptions {

  @Option(
      names = "--model",
      paramLabel = "PATH",
      description = "A .keras or .h5 file, or a folder of them; may be repeated.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The backend, as listed by 'unmask backends'; else the best available.")
  private @Nullable String backend;

  @Option(
      names = "--device",
      paramLabel = "cpu|gpu",
      description = "The device; else the best that the backend can use.")
  private @Nullable Device device;

  @Option(
      names = "--precision",
      paramLabel = "f32|bf16|int8|auto",
      description =
          "The numbers that networks are computed with: f32, bf16 (less exact, and faster on some"
              + " processors only), int8 (the fastest, less exact; needs 'unmask quantize' before), or"
              + " auto: bf16 where that is known to be faster; else as the manifest says, or f32.")
  private @Nullable Precision precision;

  @Option(
      names = "--preprocessor",
      paramLabel = "NAME",
      description = "What decodes and resizes the images; else 'java'.")
  private @Nullable String preprocessor;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "The most pixels that an image may have; else 100000000. A pixel takes up to 6 bytes of"
              + " memory while it is decoded.")
  private @Nullable Long maxPixels;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description =
          "An image is fake if its probability is above this; else the model's, or 0.5. It takes"
              + " the place of the upper end of the manifest's band.")
  private @Nullable Double threshold;

  @Option(
      names = "--fusion",
      paramLabel = "RULE",
      description =
          "How the probabilities of several models are made one: mean, weighted-mean, mean-logit,"
              + " median, max, majority-vote or noisy-or; else the manifest's, or mean,"
              + " or mean-logit for outputs of one file.")
  private @Nullable String fusion;

  @Option(
      names = "--band",
      paramLabel = "LOW,HIGH",
      split = ",",
      hideParamSyntax = true,
      description =
          "Print UNCERTAIN for probabilities from LOW to HIGH, and between these and the"
              + " threshold.")
  private List<Double> band = List.of();

  @Option(
      names = "--no-band",
      description = "Leave no probability undecided, whatever the model's manifest says.")
  private boolean noBand;

  @Option(
      names = "--max-spread",
      paramLabel = "S",
      description = "Print UNCERTAIN if the models' probabilities are further apart than S.")
  private @Nullable Double maxSpread;

  @Option(
      names = "--mirrored",
      negatable = true,
      description =
          "Look at each image mirrored as well and take the mean of both, in twice the time; else"
              + " as the manifest says, or not.")
  private @Nullable Boolean mirrored;

  @Mixin private ConventionOptions conventions = new ConventionOptions();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads work on one image; else one a processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--exif",
      negatable = true,
      description =
          "Turn photographs upright as their EXIF data says; else done where faces are judged.")
  private @Nullable Boolean exif;

  @Option(
      names = "--faces",
      paramLabel = "whole|crop",
      description =
          "Judge the whole image, or each face that is found in it; else as the manifest says, or"
              + " the whole.")
  private @Nullable Faces faces;

  /** The models that were named. */
  List<Path> models() {
    return List.copyOf(models);
  }

  /** The precision that was named. */
  Optional<Precision> precision() {
    return Optional.ofNullable(precision);
  }

  /** Whether a threshold was named. */
  boolean hasThreshold() {
    return threshold != null;
  }

  /**
   * The same for many callers at a time: without the option, one thread works on one image, and on
   * as many images at a time as there are processors.
   */
  Detector openForMany(Console console) {
    if (threads == null) {
      threads = 1;
    }
    return open(console);
  }

  /** Opens the detector, and says which files of the models' folders it does without. */
  Detector open(Console console) {
    Detector detector = open();
    models.stream().filter(Files::isDirectory).forEach(folder -> sayLeftOut(folder, console));
    return detector;
  }

  /** Says which files of a folder are no models. */
  static void sayLeftOut(Path folder, Console console) {
    for (Path file : ModelFile.leftOut(folder)) {
      console.complain(
          file
              + ": left out, as it holds weights alone; if it is a model of its own, load it into"
              + " that in Keras and save it with model.save(\"name.keras\")");
    }
  }

  /** How images are decoded. */
  ImageOptions imageOptions() {
    return maxPixels == null ? ImageOptions.DEFAULT : ImageOptions.DEFAULT.withMaxPixels(maxPixels);
  }

  private Detector open() {
    return builder(models).open();
  }

  /** What the options say, of the given models in place of those that were named. */
  DetectorBuilder builder(List<Path> models) {
    DetectorBuilder builder = Detector.builder();
    if (!models.isEmpty()) {
      builder.model(models.toArray(Path[]::new));
    }
    if (backend != null) {
      builder.backend(backend);
    }
    if (device != null) {
      builder.device(device);
    }
    if (precision != null) {
      builder.precision(precision);
    }
    if (maxPixels != null) {
      if (preprocessor != null && !preprocessor.equals("java")) {
        throw new IllegalArgumentException(
            "--max-pixels is for preprocessor java; preprocessor %s has a limit of its own"
                .formatted(preprocessor));
      }
      builder.preprocessor(JavaPreprocessor.withOptions(imageOptions()));
    } else if (preprocessor != null) {
      builder.preprocessor(preprocessor);
    }
    if (exif != null) {
      builder.upright(exif);
    }
    if (faces != null) {
      builder.faces(faces);
    }
    if (threshold != null) {
      builder.threshold(threshold);
    }
    if (fusion != null) {
      builder.fusion(fusion);
    }
    if (!band.isEmpty()) {
      if (band.size() != 2) {
        throw new IllegalArgumentException("--band takes two probabilities, such as 0.4,0.6");
      }
      builder.band(band.get(0), band.get(1));
    }
    if (noBand) {
      builder.noBand();
    }
    if (maxSpread != null) {
      builder.maxSpread(maxSpread);
    }
    if (mirrored != null) {
      builder.mirrored(mirrored);
    }
    conventions.fakeClass().ifPresent(builder::fakeClass);
    builder.conventions(conventions.conventions());
    conventions.architecture().ifPresent(builder::architecture);
    if (threads != null) {
      builder.threads(threads);
    }
    return builder;
  }
}

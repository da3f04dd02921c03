package io.unmask.cli;

import io.unmask.model.Asked;
import io.unmask.model.ResizeNames;
import io.unmask.spi.Conventions;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.Scaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how photos become a model's numbers, and what its classes are. */
final class ConventionOptions {

  @Option(
      names = "--fake-class",
      paramLabel = "CLASS",
      description =
          "Which class of the model means fake, counted from 0; else the manifest's, or 1.")
  private @Nullable Integer fakeClass;

  @Option(
      names = "--classes",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description =
          "The classes' names in the order of the model's outputs: fake,real for folders in"
              + " alphabetical order; else the manifest's, or real,fake.")
  private List<String> classes = List.of();

  @Option(
      names = "--scaling",
      paramLabel = "NAME",
      description =
          "How levels from 0 to 255 become the model's numbers: none, unit (v / 255), signed (v /"
              + " 127.5 - 1), caffe or torch (ImageNet's means, as in keras.applications); else the"
              + " manifest's, or what a model that scales itself was made for, or unit.")
  private @Nullable String scaling;

  @Option(
      names = "--channel-order",
      paramLabel = "RGB|BGR",
      description = "The order of the colours; else the manifest's, or RGB.")
  private @Nullable String channelOrder;

  @Option(
      names = "--resize",
      paramLabel = "NAME",
      description =
          "How images are resized: bilinear (TensorFlow's), antialiased (the same), nearest"
              + " (Keras's load_img and ImageDataGenerator), pillow-bilinear or area (OpenCV's);"
              + " else the manifest's, or bilinear.")
  private @Nullable String resize;

  @Option(
      names = "--crop-to-aspect",
      negatable = true,
      description =
          "Crop images to the model's ratio of width and height before they are resized, as Keras"
              + " does where it is asked to; else as the manifest says, or stretch them.")
  private @Nullable Boolean cropToAspect;

  @Option(
      names = "--architecture",
      paramLabel = "NAME|JSON",
      description =
          "Whose weights the model's file holds, if it holds weights alone: mesonet4,"
              + " mesoinception4, a name of keras.applications such as MobileNetV2, or a file that"
              + " model.to_json() wrote; else the manifest's, or the .json of the same name beside"
              + " it.")
  private @Nullable String architecture;

  /** Whose weights the file holds, if that was said. */
  Optional<String> architecture() {
    return Optional.ofNullable(architecture);
  }

  /** Which model, if that was said: files and folders, or none for the default. */
  ModelRequest request(List<Path> paths) {
    return new ModelRequest(paths, fakeClass(), Optional.empty(), conventions(), architecture());
  }

  /** The class that means fake, if that was said by its number. */
  OptionalInt fakeClass() {
    return fakeClass == null ? OptionalInt.empty() : OptionalInt.of(fakeClass);
  }

  /** All that was said. */
  Asked asked() {
    return new Asked(fakeClass(), conventions(), architecture());
  }

  /** What was said, but for the class's number. */
  Conventions conventions() {
    Conventions said = Conventions.NONE;
    if (!classes.isEmpty()) {
      said = said.withClasses(classes);
    }
    if (scaling != null) {
      String named = scaling;
      said =
          said.withScaling(
              Scaling.Named.byName(named)
                  .orElseThrow(
                      () -> wrong("--scaling", "none, unit, signed, caffe or torch", named)));
    }
    if (channelOrder != null) {
      said =
          said.withChannelOrder(
              switch (channelOrder.toUpperCase(Locale.ROOT)) {
                case "RGB" -> ChannelOrder.RGB;
                case "BGR" -> ChannelOrder.BGR;
                default -> throw wrong("--channel-order", "RGB or BGR", channelOrder);
              });
    }
    if (resize != null) {
      String way = resize;
      said =
          said.withResize(
              ResizeNames.parse(way).orElseThrow(() -> wrong("--resize", ResizeNames.all(), way)));
    }
    return cropToAspect == null ? said : said.withCropToAspect(cropToAspect);
  }

  private static IllegalArgumentException wrong(String option, String expected, String said) {
    return new IllegalArgumentException(
        "%s is one of %s, not %s; a manifest can say others".formatted(option, expected, said));
  }
}

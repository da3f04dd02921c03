package io.unmask.spark;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Faces;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What can be said of a detector, each as a text, so that it travels and is compared easily. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum Setting {
  /** Keras files and folders of them. Only an executor knows where those that were shipped lie. */
  MODELS(
      "models, separated by commas",
      (builder, value) ->
          builder.model(ModelPlaces.of(value).stream().map(ModelPlaces::path).toArray(Path[]::new)),
      ModelPlaces::of),
  ARCHITECTURE("an architecture's name, such as mesonet4", DetectorBuilder::architecture),
  PROVIDER("a provider's name", DetectorBuilder::provider),
  BACKEND("a backend's name, such as cpu", DetectorBuilder::backend),
  DEVICE("cpu or gpu", (builder, value) -> builder.device(constant(Device.class, value))),
  PRECISION(
      "f32, bf16, int8 or auto",
      (builder, value) -> builder.precision(constant(Precision.class, value))),
  PREPROCESSOR("a preprocessor's name, such as java", DetectorBuilder::preprocessor),
  MAX_PIXELS(
      "a number of pixels",
      (builder, value) ->
          builder.preprocessor(
              JavaPreprocessor.withOptions(
                  ImageOptions.DEFAULT.withMaxPixels(Long.parseLong(value))))),
  THRESHOLD(
      "a number from 0 to 1", (builder, value) -> builder.threshold(Double.parseDouble(value))),
  BAND(
      "two numbers from 0 to 1 with a comma between them, or none",
      (builder, value) -> {
        if (value.equals("none")) {
          builder.noBand();
        } else {
          double[] ends = Arrays.stream(parts(value)).mapToDouble(Double::parseDouble).toArray();
          if (ends.length != 2) {
            throw new NumberFormatException("not two numbers");
          }
          builder.band(ends[0], ends[1]);
        }
      }),
  MAX_SPREAD(
      "a number from 0 to 1", (builder, value) -> builder.maxSpread(Double.parseDouble(value))),
  FUSION("a rule's name, such as mean", DetectorBuilder::fusion),
  MIRRORED("true or false", (builder, value) -> builder.mirrored(truth(value))),
  UPRIGHT("true or false", (builder, value) -> builder.upright(truth(value))),
  FACES("whole or crop", (builder, value) -> builder.faces(constant(Faces.class, value))),
  FAKE_CLASS(
      "a class, counted from 0", (builder, value) -> builder.fakeClass(Integer.parseInt(value))),
  THREADS(
      "a number of threads from 1 on",
      (builder, value) -> builder.threads(Integer.parseInt(value)));

  private final String expected;
  private final BiConsumer<DetectorBuilder, String> effect;
  private final Consumer<String> check;

  Setting(String expected, BiConsumer<DetectorBuilder, String> effect) {
    this(expected, effect, value -> effect.accept(Detector.builder(), value));
  }

  Setting(String expected, BiConsumer<DetectorBuilder, String> effect, Consumer<String> check) {
    this.expected = expected;
    this.effect = effect;
    this.check = check;
  }

  /** Its name in a configuration, such as {@code max-pixels}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The setting of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Setting of(String key) {
    return Arrays.stream(values())
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no setting '%s'; there are %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(Setting::key)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Looks whether a value can be one of this setting. No file is looked for.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(String value) {
    try {
      check.accept(value);
    } catch (NumberFormatException e) {
      throw wrong(value, "", e);
    } catch (IllegalArgumentException e) {
      throw wrong(value, ": " + e.getMessage(), e);
    }
  }

  /** Sets it. Models that were shipped must be here. */
  void apply(DetectorBuilder builder, String value) {
    effect.accept(builder, value);
  }

  private IllegalArgumentException wrong(String value, String why, Exception cause) {
    return new IllegalArgumentException(
        "%s: expected %s, found '%s'%s".formatted(key(), expected, value, why), cause);
  }

  private static String[] parts(String value) {
    return value.split(",", -1);
  }

  private static boolean truth(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException("neither true nor false");
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String value) {
    return List.of(type.getEnumConstants()).stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(value))
        .findFirst()
        .orElseThrow(() -> new NumberFormatException("unknown"));
  }
}

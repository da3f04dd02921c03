package io.unmask.keras;

import io.unmask.error.ModelFormatException;
import io.unmask.json.Json;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.file.Blueprint;
import io.unmask.keras.layers.Variable;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A model without its weights: one that has a name, or that Keras wrote with {@code
 * model.to_json()}. It makes a network of a file that holds weights alone, as {@code
 * model.save_weights} writes them: the {@code .h5} of Keras 1 and 2, and the {@code .weights.h5} of
 * Keras 3. Layers and weights belong together by their order, as in Keras; their names do not count
 * but within nested models. Immutable and thread-safe.
 *
 * <p>The names are {@code mesonet4} and {@code mesoinception4}, after <a
 * href="https://arxiv.org/abs/1809.00888">MesoNet</a>, and those of {@code keras.applications},
 * such as {@code MobileNetV2}: each as {@code MobileNetV2(weights=None, classes=N)} makes it, with
 * its own size of images and with as many classes as the weights are for; one class has a sigmoid.
 */
public final class KerasArchitecture {

  private static final String RESOURCE = "architectures.zip";
  private static final String INDEX = "index";
  private static final String EXTENSION = ".json";
  private static final int MOST_BYTES = 16 << 20;

  private final Blueprint blueprint;

  private KerasArchitecture(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /** The names, those of {@code keras.applications} behind the others. */
  public static List<String> names() {
    return Json.parse(resource(INDEX).getBytes(StandardCharsets.UTF_8)).keys().stream().toList();
  }

  /**
   * The architecture of a name, in which capital letters do not count.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static KerasArchitecture named(String name) {
    Objects.requireNonNull(name, "name");
    String found =
        names().stream()
            .filter(each -> each.equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no architecture '%s'; write the model's JSON with model.to_json() and name that file, or name one of %s"
                            .formatted(name, String.join(", ", names()))));
    return new KerasArchitecture(new Blueprint(found, resource(found)));
  }

  /**
   * The architecture in a file that Keras's {@code model.to_json()} wrote.
   *
   * @throws ModelFormatException if it is missing or no such file
   */
  public static KerasArchitecture read(Path json) {
    Objects.requireNonNull(json, "json");
    String name = json.toString();
    return read(name, KerasReader.explained(name, () -> bytes(json)));
  }

  private static byte[] bytes(Path json) throws IOException {
    if (!Files.isRegularFile(json)) {
      throw new DefectException(
          "expected the JSON of a Keras model, but there is no such file; write it with"
              + " model.to_json()");
    }
    try (InputStream stream = Files.newInputStream(json)) {
      return stream.readNBytes(MOST_BYTES + 1);
    }
  }

  /**
   * The architecture in a file that is in memory, as {@link #read(Path)}.
   *
   * @param name what it is called in messages
   */
  public static KerasArchitecture read(String name, byte[] json) {
    Objects.requireNonNull(name, "name");
    return KerasReader.explained(
        name,
        () -> {
          if (json.length > MOST_BYTES) {
            throw new DefectException("larger than 16 MiB, which no architecture is");
          }
          String text = new String(json, StandardCharsets.UTF_8);
          if (!text.stripLeading().startsWith("{")) {
            throw new DefectException(
                "expected the JSON of a Keras model; write it with model.to_json()");
          }
          Blueprint blueprint = new Blueprint(name, text);
          blueprint.check();
          return new KerasArchitecture(blueprint);
        });
  }

  /**
   * The network of this architecture with the weights that a file holds. A file that is a whole
   * model gives its weights, too.
   *
   * @throws ModelFormatException if the file is missing or damaged, or its weights are those of
   *     another architecture; the message says what was expected
   * @throws io.unmask.error.UnsupportedLayerException if the architecture has a layer, an
   *     activation or an option that is not supported
   */
  public Network network(Path weights) {
    return KerasReader.open(weights, file -> file.filled(blueprint));
  }

  /**
   * The same of weights that are in memory, as {@link KerasReader#read(String, byte[])}.
   *
   * @param name what the file is called in messages
   * @param weights the bytes of the whole file
   */
  public Network network(String name, byte[] weights) {
    Objects.requireNonNull(weights, name);
    return KerasReader.open(name, weights, file -> file.filled(blueprint));
  }

  /** Gives the variables of a new network their first values. */
  @FunctionalInterface
  public interface FirstWeights {

    /**
     * The values of a variable.
     *
     * @param layer the layer's name, those of nested models with a slash
     * @param variable Keras's name for the variable, such as {@code kernel}
     * @param shape the shape that the values must have
     */
    Weights create(String layer, String variable, Shape shape);
  }

  /**
   * The network of this architecture with first weights, as for a measurement.
   *
   * @param classes how many it tells apart, where the architecture leaves that open
   * @param first gives the weights
   * @throws io.unmask.error.UnsupportedLayerException as {@link #network(Path)}
   */
  public Network fresh(int classes, FirstWeights first) {
    if (classes < 1) {
      throw new IllegalArgumentException("a model tells 1 class or more apart, not " + classes);
    }
    return KerasReader.explained(
        blueprint.name(),
        () ->
            blueprint.fresh(
                classes,
                (layer, variables) ->
                    variables.stream()
                        .filter(Variable::read)
                        .map(
                            each ->
                                first.create(
                                    String.join("/", layer.ancestry()), each.name(), each.shape()))
                        .toList()));
  }

  /** Its name, or that of its file. */
  @Override
  public String toString() {
    return blueprint.name();
  }

  private static String resource(String name) {
    try (InputStream stream = KerasArchitecture.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            "unmask-keras.jar lacks the resource io/unmask/keras/" + RESOURCE);
      }
      ZipInputStream zip = new ZipInputStream(stream);
      for (@Nullable ZipEntry entry = zip.getNextEntry();
          entry != null;
          entry = zip.getNextEntry()) {
        if (entry.getName().equals(name + EXTENSION)) {
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s lacks %s", RESOURCE, name + EXTENSION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

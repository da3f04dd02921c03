package io.unmask.testkit;

import io.unmask.json.Json;
import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Small models that real Keras wrote, each with Keras's own answer to one image. {@code
 * src/test/golden/make_golden.py}, {@code make_breadth.py} and {@code make_backbones.py} made them
 * and say how; they are packed in {@code golden/golden.zip}, {@code golden/breadth.zip} and {@code
 * golden/backbones.zip} and unpacked into a temporary folder once, with the files of {@code
 * make_start_weights.py} in {@code start/} and those of {@code make_weights.py} in {@code
 * weights/}.
 */
public final class GoldenModels {

  /** Sound models that need what is not supported. */
  static final Set<String> UNSUPPORTED = Set.of("softmax.keras");

  /**
   * A model and what Keras says.
   *
   * @param name the file's name
   * @param file where it is
   * @param seed the seed of the image
   * @param image the input, row-major {@code [height, width, channel]}
   * @param outputs Keras's float32 values of each output
   */
  @SuppressWarnings("ArrayRecordComponent") // test data, compared by identity
  public record Case(String name, Path file, int seed, float[] image, List<float[]> outputs) {
    /** The model, read afresh. */
    public Network network() {
      return KerasReader.read(file);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A file of weights alone, and what Keras says.
   *
   * @param name the file's name
   * @param file where it is
   * @param architecture a name, or the name of a JSON file beside it
   * @param image the input, row-major {@code [height, width, channel]}
   * @param answer Keras's float32 values
   */
  @SuppressWarnings("ArrayRecordComponent") // test data, compared by identity
  public record Weighted(
      String name, Path file, String architecture, float[] image, float[] answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final class Unpacked {
    static final Path FOLDER = unpack();
  }

  private GoldenModels() {}

  /** All models that are supported. */
  public static Stream<Case> all() {
    List<Case> cases = new ArrayList<>();
    List<Json> models = new ArrayList<>(json("golden.json").get("models").elements());
    for (String more : List.of("breadth.json", "backbones.json", "backbones_keras2.json")) {
      models.addAll(json(more).get("models").elements());
    }
    for (Json model : models) {
      String name = model.get("model").string();
      if (!UNSUPPORTED.contains(name)) {
        int seed = model.get("seed").integer();
        cases.add(
            new Case(
                name,
                file(name),
                seed,
                image(shape(model.get("input_shape")), seed),
                model.get("outputs").elements().stream()
                    .map(output -> floats(output.get("values")))
                    .toList()));
      }
    }
    return cases.stream();
  }

  /** All files of {@code make_weights.py}. */
  public static Stream<Weighted> weights() {
    return Stream.of("weights/weights.json", "weights/weights_keras2.json")
        .flatMap(list -> json(list).get("models").elements().stream())
        .map(
            entry -> {
              String name = entry.get("model").string();
              int seed = entry.get("seed").integer();
              return new Weighted(
                  name,
                  file("weights/" + name),
                  entry.get("architecture").string(),
                  image(shape(entry.get("input_shape")), seed),
                  floats(entry.get("outputs").elements().get(0).get("values")));
            });
  }

  /** An unpacked file, such as {@code tiny.keras} or {@code broken/empty.keras}. */
  public static Path file(String name) {
    return Unpacked.FOLDER.resolve(name);
  }

  /** The image of the formula in {@code make_golden.py}: white noise in [0, 1). */
  public static float[] image(Shape shape, int seed) {
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) noise(i, seed);
    }
    return image;
  }

  /** The smooth image of the formula in {@code make_golden.py}, for the full-size networks. */
  public static float[] smoothImage(Shape shape, int seed) {
    float[] image = new float[shape.size()];
    int i = 0;
    for (int h = 0; h < shape.extent(0); h++) {
      for (int w = 0; w < shape.extent(1); w++) {
        for (int c = 0; c < shape.extent(2); c++, i++) {
          int phase = h * (1 + seed % 3) + w * (1 + seed % 5) + c * 37 + seed * 101;
          double t = Math.floorMod(phase, 256) / 256.0;
          double wave = Math.abs(2 * t - 1);
          image[i] = (float) ((1 + seed % 4) / 4.0 * (0.25 * noise(i, seed) + 0.75 * wave));
        }
      }
    }
    return image;
  }

  private static double noise(long i, long seed) {
    long u = (i * 2654435761L + seed * 40503L) & 0xffffffffL;
    return (u >>> 8) / 16777216.0;
  }

  /** An unpacked JSON file; a list becomes the field {@code models}. */
  static Json json(String name) {
    try {
      String text = Files.readString(file(name));
      String object = text.startsWith("[") ? "{\"models\": " + text + "}" : text;
      return Json.parse(object.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A shape that is written as a list of extents. */
  static Shape shape(Json extents) {
    return Shape.of(extents.elements().stream().mapToInt(extent -> extent.integer()).toArray());
  }

  private static float[] floats(Json values) {
    List<Json> list = values.elements();
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) list.get(i).number();
    }
    return floats;
  }

  private static Path unpack() {
    try {
      Path folder = Files.createTempDirectory("unmask-golden");
      List<Path> made = new ArrayList<>(List.of(folder));
      unpack("golden/golden.zip", folder, made);
      unpack("golden/breadth.zip", folder, made);
      unpack("golden/backbones.zip", folder, made);
      unpack("golden/start_weights.zip", folder, made);
      unpack("golden/weights.zip", Files.createDirectory(folder.resolve("weights")), made);
      made.add(1, folder.resolve("weights"));
      made.forEach(path -> path.toFile().deleteOnExit());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(String archive, Path folder, List<Path> made) throws IOException {
    try (InputStream packed = GoldenModels.class.getResourceAsStream(archive);
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!Files.isDirectory(file.getParent())) {
          made.add(Files.createDirectory(file.getParent()));
        }
        Files.copy(zip, file);
        made.add(file);
      }
    }
  }
}

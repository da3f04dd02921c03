package io.unmask.ensemble;

import io.unmask.json.Json;
import io.unmask.network.Shape;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The small models that {@code src/test/golden/make_folds.py} had real Keras write. */
final class Folds {

  static final Shape IMAGE = Shape.of(12, 12, 3);

  private static final Map<String, byte[]> FILES = unpack();

  private Folds() {}

  static String fold(int number) {
    return "fold_" + number + "_phase2_best_model.keras";
  }

  /** The content of a file. */
  static byte[] bytes(String file) {
    return FILES.get(file).clone();
  }

  /** Writes a file into a folder, under a name of its own. */
  static Path write(String file, Path target) throws IOException {
    return Files.write(target, FILES.get(file));
  }

  /** Writes files into a folder, under their names. */
  static Path[] write(Path folder, String... files) throws IOException {
    Path[] written = new Path[files.length];
    for (int i = 0; i < files.length; i++) {
      written[i] = write(files[i], folder.resolve(files[i]));
    }
    return written;
  }

  /** Keras's probabilities for {@link #image}. */
  static double[] answer(String file) {
    return answers().get("answers").get(file).elements().stream()
        .mapToDouble(Json::number)
        .toArray();
  }

  static float[] image() {
    return GoldenModels.image(IMAGE, answers().get("seed").integer());
  }

  /** The names of several folds. */
  static String[] folds(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Folds::fold).toArray(String[]::new);
  }

  private static Json answers() {
    return Json.parse(FILES.get("answers.json"));
  }

  private static Map<String, byte[]> unpack() {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream packed = Folds.class.getResourceAsStream("/golden/folds.zip");
        ZipInputStream zip = new ZipInputStream(packed, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}

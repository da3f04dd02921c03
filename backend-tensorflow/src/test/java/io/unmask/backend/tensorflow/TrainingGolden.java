package io.unmask.backend.tensorflow;

import io.unmask.json.Json;
import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What {@code src/test/golden/make_training_golden.py} trained with real Keras. */
final class TrainingGolden {

  static final int BATCH = 8;

  /** The images and labels of a step. */
  @SuppressWarnings("ArrayRecordComponent") // test data, compared by identity
  record Batch(FloatBuffer images, float[] labels) {}

  private static final class Unpacked {
    static final Path FOLDER = unpack();
  }

  private TrainingGolden() {}

  /** The network before training. */
  static Network start() {
    return network("start");
  }

  /** The network after a case. */
  static Network network(String name) {
    return KerasReader.read(Unpacked.FOLDER.resolve(name + ".keras"));
  }

  /** What Keras says of a case. */
  static Json expected(String name) {
    try {
      Json all = Json.parse(Files.readAllBytes(Unpacked.FOLDER.resolve("training.json")));
      return all.get("cases").elements().stream()
          .filter(c -> c.get("name").string().equals(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] numbers(Json list) {
    return list.elements().stream().mapToDouble(Json::number).toArray();
  }

  /** Batch {@code n} by the script's formula. */
  static Batch batch(Network network, int n) {
    FloatBuffer images = FloatBuffer.allocate(BATCH * network.inputShape().size());
    float[] labels = new float[BATCH];
    for (int i = 0; i < BATCH; i++) {
      int seed = BATCH * n + 1 + i;
      for (float pixel : GoldenModels.image(network.inputShape(), seed)) {
        images.put((float) (pixel * 2 - 0.5 * (seed % 3)));
      }
      labels[i] = seed * 7 % 11 < 5 ? 1 : 0;
    }
    return new Batch(images.flip(), labels);
  }

  private static Path unpack() {
    try (InputStream packed = TrainingGolden.class.getResourceAsStream("/training.zip");
        ZipInputStream zip = new ZipInputStream(packed)) {
      Path folder = Files.createTempDirectory("unmask-training");
      folder.toFile().deleteOnExit();
      for (String name : List.of("start", "scratch", "head", "fine_tune", "training")) {
        ZipEntry entry = zip.getNextEntry();
        if (!entry.getName().startsWith(name)) {
          throw new IOException(entry.getName() + " stands where " + name + " should");
        }
        Path file = folder.resolve(entry.getName());
        Files.copy(zip, file);
        file.toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.unmask.benchmarks;

import io.unmask.keras.KerasWriter;
import io.unmask.network.Network;
import io.unmask.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One or five Xception classifiers with {@link SampleWeights}, as files.
 *
 * @param folder a temporary folder that holds nothing else
 * @param files the models, in order
 */
record SampleModels(Path folder, List<Path> files) implements AutoCloseable {

  /** A single model. */
  static final String ONE = "one";

  /** Five with the same trunk, as the reference publishes them. */
  static final String SHARED = "five-shared";

  /** Five that have nothing in common. */
  static final String DISTINCT = "five-distinct";

  private static final int MEMBERS = 5;

  /**
   * The networks.
   *
   * @throws IllegalArgumentException if the name is none of those above
   */
  static List<Network> networks(String models) {
    List<Network> networks = new ArrayList<>();
    int count = count(models);
    for (int m = 0; m < count; m++) {
      networks.add(SampleWeights.xception(models.equals(DISTINCT) ? m : 0, m));
    }
    return networks;
  }

  /** How many models there are under a name. */
  static int count(String models) {
    return switch (models) {
      case ONE -> 1;
      case SHARED, DISTINCT -> MEMBERS;
      default -> throw new IllegalArgumentException("there are no models '" + models + "'");
    };
  }

  /** Writes {@code .keras} files of 90 MB each into a new temporary folder. */
  static SampleModels keras(String models) throws IOException {
    return write(models, ".keras", KerasWriter::write);
  }

  /** Writes {@code .onnx} files likewise. */
  static SampleModels onnx(String models) throws IOException {
    return write(models, ".onnx", (network, file) -> OnnxModel.of(network).write(file));
  }

  private interface Writer {
    void write(Network network, Path file);
  }

  private static SampleModels write(String models, String extension, Writer writer)
      throws IOException {
    Path folder = Files.createTempDirectory("unmask-benchmark");
    List<Path> files = new ArrayList<>();
    int count = count(models);
    for (int m = 0; m < count; m++) {
      Path file = folder.resolve("fold_" + (m + 1) + extension);
      writer.write(SampleWeights.xception(models.equals(DISTINCT) ? m : 0, m), file);
      files.add(file);
    }
    return new SampleModels(folder, List.copyOf(files));
  }

  /** Deletes the files and the folder. */
  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}

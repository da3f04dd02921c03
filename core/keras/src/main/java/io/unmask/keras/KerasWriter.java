package io.unmask.keras;

import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.keras.archive.ZipPacking;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.keras.write.ConfigWriter;
import io.unmask.keras.write.ModelTree;
import io.unmask.keras.write.WeightTree;
import io.unmask.keras.write.WrittenModel;
import io.unmask.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes networks as {@code .keras} files, which Keras 3 loads with {@code load_model} and {@link
 * KerasReader} reads. Thread-safe.
 */
public final class KerasWriter {

  /** The version of Keras whose notation the files follow. */
  static final String KERAS_VERSION = "3.15.1";

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss");

  private KerasWriter() {}

  /**
   * Writes a network with its weights, in single precision. Nodes named {@code outer/inner} become
   * nested models again, and {@code layer#2} the second use of a layer; where the graph does not
   * allow that, they become layers of their own under another name, such as {@code outer_inner}.
   * The order of the layers is Keras's: those farther from the output come first.
   *
   * <p>The file is complete or not there: it is written beside the target, under a name that begins
   * with a dot and ends in {@code .tmp}, and then moved, in place of a file that was there before.
   *
   * @throws ModelFormatException if the file cannot be written; the message says why, and nothing
   *     of it is left
   * @throws UnsupportedLayerException if the network has a layer that no layer of Keras can be,
   *     such as a pooling with dilation
   */
  public static void write(Network network, Path file) {
    write(network, file, Precision.SINGLE);
  }

  /** Writes a network as {@link #write(Network, Path)} does, its weights in another precision. */
  public static void write(Network network, Path file, Precision precision) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(precision, "precision");
    try {
      WrittenModel model = ModelTree.of(network);
      byte[] config = ConfigWriter.config(model);
      WholeFile.write(
          file,
          stream ->
              ZipPacking.pack(
                  stream,
                  ConfigWriter.json(metadata()),
                  config,
                  WeightTree.of(model, precision::halves)));
    } catch (UnsupportedException e) {
      throw new UnsupportedLayerException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS_VERSION);
    metadata.put("date_saved", DATE.format(LocalDateTime.now(ZoneId.systemDefault())));
    metadata.put("written_by", "Unmask");
    return metadata;
  }

  private static ModelFormatException unwritable(Path file, IOException e) {
    return new ModelFormatException(
        "%s: cannot be written (%s); see that the folder exists and can be written, and that the disk has room"
            .formatted(file, FileFault.reason(e)),
        e);
  }
}

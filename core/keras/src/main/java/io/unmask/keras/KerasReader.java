package io.unmask.keras;

import io.unmask.error.Explanation;
import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.files.FileFault;
import io.unmask.json.JsonException;
import io.unmask.keras.bytes.ByteSource;
import io.unmask.keras.bytes.FileStamp;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.keras.file.ArchiveFile;
import io.unmask.keras.file.LegacyFile;
import io.unmask.keras.file.ModelFile;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the models that Keras saves: {@code .keras} archives and legacy {@code .h5} files. What a
 * file is, its content tells, not its name.
 *
 * <p>Large arrays that lie in the file as 32-bit floats are not kept in memory but read from the
 * file whenever they are asked for, as when a backend compiles the network. The file is open only
 * meanwhile, and may be replaced or deleted afterwards; if it is before, reading says so. {@link
 * Network#inMemory} makes a network independent of it. A thread that is interrupted while it reads
 * gets an {@link io.unmask.error.InterruptionException}; no other thread notices. Thread-safe.
 */
public final class KerasReader {

  private static final String LFS_POINTER = "version https://git-lfs";
  private static final String EXPECTED =
      "expected a Keras model, a .keras archive (ZIP) or a legacy .h5 file (HDF5), but ";

  /** Texts from the file are cut to this length in messages. */
  private static final int MAX_MESSAGE = 1200;

  private KerasReader() {}

  /**
   * Reads a model with its weights; optimizer state is left out. Layers of nested models are named
   * {@code outer/inner}; the second use of a layer is named {@code layer#2}.
   *
   * @throws ModelFormatException if the file is missing or damaged, or is no whole Keras model
   * @throws UnsupportedLayerException if the model is sound, but has a layer, an activation or an
   *     option that is not supported
   */
  public static Network read(Path file) {
    return open(file, ModelFile::network);
  }

  /**
   * Reads a model, as {@link #read(Path)} does, which may leave the size of its images open, such
   * as a backbone of {@code keras.applications} without its top.
   *
   * @param image the shape of images where the file leaves any of it open
   */
  public static Network read(Path file, Shape image) {
    Objects.requireNonNull(image, "image");
    return open(file, model -> model.network(image));
  }

  /**
   * Reads a model that is in memory, as {@link #read(Path)} does a file. The network refers to the
   * bytes, which must not change.
   *
   * @param name what it is called in messages
   * @param file the bytes of the whole file
   */
  public static Network read(String name, byte[] file) {
    Objects.requireNonNull(file, name);
    return open(name, file, ModelFile::network);
  }

  /**
   * The version of Keras that wrote a file, such as {@code 3.15.1}, if the file says so. The
   * weights are not read.
   *
   * @throws ModelFormatException if the file is missing or damaged, or is no Keras model
   */
  public static Optional<String> version(Path file) {
    return open(file, ModelFile::version);
  }

  /** The version of Keras that wrote a file that is in memory, as {@link #version(Path)}. */
  public static Optional<String> version(String name, byte[] file) {
    Objects.requireNonNull(file, name);
    return open(name, file, ModelFile::version);
  }

  /**
   * Whether a file holds weights alone, as {@code model.save_weights} writes them, and not the
   * model that they belong to; {@link KerasArchitecture} makes a network of them. A file that
   * cannot be read holds nothing.
   */
  public static boolean holdsWeightsOnly(Path file) {
    try {
      return open(file, ModelFile::weightsOnly);
    } catch (ModelFormatException e) {
      return false;
    }
  }

  /**
   * Opens a file, and says of whatever is wrong with it which file that is. It is closed when this
   * returns; large arrays open it again ({@code WeightFile}).
   */
  static <T> T open(Path file, Function<ModelFile, T> use) {
    Objects.requireNonNull(file, "file");
    return explained(file.toString(), () -> opened(file, use));
  }

  /** The same of a file that is in memory. */
  static <T> T open(String name, byte[] file, Function<ModelFile, T> use) {
    return explained(name, () -> use.apply(open(file)));
  }

  /** Something that is read. */
  interface Reading<T> {
    T run() throws IOException;
  }

  /** Names the file in whatever goes wrong. */
  static <T> T explained(String name, Reading<T> reading) {
    try {
      return reading.run();
    } catch (DefectException e) {
      if (InterruptionException.isBehind(e)) {
        throw new InterruptionException(name, e);
      }
      throw new ModelFormatException(message(name, e.getMessage()), e);
    } catch (JsonException e) {
      throw new ModelFormatException(message(name, DefectException.of(e).getMessage()), e);
    } catch (UnsupportedException e) {
      throw new UnsupportedLayerException(message(name, e.getMessage()), e);
    } catch (InterruptionException e) {
      throw e;
    } catch (IOException | UncheckedIOException e) {
      if (InterruptionException.isBehind(e)) {
        throw new InterruptionException(name, e);
      }
      throw new ModelFormatException(
          message(
              name,
              "cannot be read (" + FileFault.reason(e) + "); check the file and its permissions"),
          e);
    } catch (RuntimeException | StackOverflowError e) {
      if (InterruptionException.isBehind(e)) {
        throw new InterruptionException(name, e);
      }
      throw new ModelFormatException(message(name, Hdf5.defect("its HDF5", e).getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new ModelFormatException(
          message(
              name,
              "needs more memory than Java has left; give it more with -Xmx; see "
                  + Explanation.MEMORY.link()),
          e);
    }
  }

  private static <T> T opened(Path file, Function<ModelFile, T> use) throws IOException {
    if (Files.isDirectory(file)) {
      throw new DefectException(
          EXPECTED
              + "it is "
              + ModelAsFolder.advice(file)
                  .orElse(
                      "a folder; name the files in it, or save a model"
                          + " with model.save(\"name.keras\")"));
    }
    if (!Files.exists(file)) {
      throw new DefectException(EXPECTED + "there is no such file; check the path");
    }
    if (!Files.isRegularFile(file)) { // opening a pipe waits for somebody to write to it
      throw new DefectException(EXPECTED + "it is not a regular file; check the path");
    }
    FileStamp stamp = FileStamp.of(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (!FileStamp.of(file).equals(stamp)) {
        throw new DefectException("it was replaced while it was being opened; open it again");
      }
      return use.apply(open(new ByteSource.OnDisk(file, stamp, channel)));
    }
  }

  private static ModelFile open(byte[] file) throws IOException {
    return open(new ByteSource.InMemory(ByteBuffer.wrap(file).asReadOnlyBuffer()));
  }

  private static ModelFile open(ByteSource file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(LFS_POINTER.length());
    while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
      // until it is full or the file ends
    }
    String text = new String(start.array(), 0, start.position(), StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      throw new DefectException(EXPECTED + "the file is empty; copy or save it again");
    }
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return new ArchiveFile(file);
    }
    if (text.startsWith(Hdf5.SIGNATURE)) {
      return new LegacyFile(file);
    }
    if (text.startsWith(LFS_POINTER)) {
      throw new DefectException(
          EXPECTED + "this is a Git LFS pointer to one; fetch the model with 'git lfs pull'");
    }
    throw new DefectException(
        EXPECTED
            + "it begins with \""
            + text.replaceAll("[^ -~]", ".")
            + "\"; save the model with model.save(\"name.keras\")");
  }

  /** One line, whatever the file's texts hold. */
  private static String message(String name, @Nullable String what) {
    String line = (name + ": " + what).replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
  }
}

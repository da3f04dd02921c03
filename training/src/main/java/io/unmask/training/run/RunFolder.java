package io.unmask.training.run;

import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.training.data.Fold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a training writes into: models under the reference's names, and in {@value
 * #HIDDEN} what it takes to go on after an interruption. One training at a time holds it.
 */
final class RunFolder implements AutoCloseable {

  private static final String HIDDEN = ".training";

  private final Path folder;
  private final FileChannel lockFile;

  private RunFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder if it is not there, and takes it.
   *
   * @throws UncheckedIOException if it cannot be written into, or another training has it
   */
  static RunFolder open(Path folder) {
    Path hidden = folder.resolve(HIDDEN);
    FileChannel channel;
    try {
      Files.createDirectories(hidden);
      channel =
          FileChannel.open(
              hidden.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failure(
          folder
              + ": cannot be written into ("
              + FileFault.reason(e)
              + "); choose another folder with --out",
          e);
    }
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        deleteHalves(folder);
        deleteHalves(hidden);
        return new RunFolder(folder, channel);
      }
    } catch (OverlappingFileLockException e) {
      // The same as no lock.
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw failure(
          folder
              + ": cannot be taken ("
              + FileFault.reason(e)
              + "); choose another folder with --out",
          e);
    }
    closeQuietly(channel, null);
    throw failure(
        folder + ": another training is writing here; wait for it, or choose another folder", null);
  }

  /** What a training that was killed was just writing. */
  private static void deleteHalves(Path folder) throws IOException {
    List<Path> halves;
    try (Stream<Path> files = Files.list(folder)) {
      halves =
          files
              .filter(
                  file ->
                      String.valueOf(file.getFileName())
                          .matches("\\.(fold|all_images|unmask|run).*\\.tmp"))
              .toList();
    }
    for (Path half : halves) {
      Files.deleteIfExists(half);
    }
  }

  private static void closeQuietly(FileChannel channel, @Nullable IOException cause) {
    try {
      channel.close();
    } catch (IOException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
  }

  /** The folder itself. */
  Path folder() {
    return folder;
  }

  /** The model of a phase, under the reference's name if it is a fold's. */
  Path model(int fold, int phase) {
    return folder.resolve(
        fold == Fold.NONE
            ? "all_images_phase" + phase + "_model.keras"
            : "fold_" + fold + "_phase" + phase + "_best_model.keras");
  }

  /** The mean of all folds as one model, where they share a trunk. */
  Path asOne() {
    return folder.resolve("folds_as_one.keras");
  }

  /** Where a phase stands. */
  Path state(int fold, int phase) {
    return hidden("fold_" + fold + "_phase" + phase + ".state");
  }

  /** A file that only the training reads. */
  Path hidden(String name) {
    return folder.resolve(HIDDEN).resolve(name);
  }

  /** Models in the folder, whoever made them. */
  List<Path> models() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  String.valueOf(file.getFileName()).matches("(fold|all_images)_.*\\.(keras|h5)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failure(folder + ": cannot be listed (" + FileFault.reason(e) + ")", e);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw failure(folder + ": cannot be unlocked (" + FileFault.reason(e) + ")", e);
    }
  }

  /** What went wrong with a file, in a message for people. */
  static UncheckedIOException failure(String message, @Nullable Exception cause) {
    return new UncheckedIOException(message, new IOException(message, cause));
  }

  /**
   * Writes a file whole, or not at all.
   *
   * @throws UncheckedIOException if it cannot be written; an earlier file is still there
   */
  static void write(Path file, WholeFile.Content content) {
    try {
      WholeFile.write(file, content);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static UncheckedIOException unwritable(Path file, IOException e) {
    return failure(
        file
            + ": cannot be written ("
            + FileFault.reason(e)
            + "); make room, and run the same command again: it goes on from the last whole epoch",
        e);
  }
}

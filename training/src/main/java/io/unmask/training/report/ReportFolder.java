package io.unmask.training.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;

/**
 * The folder that a report is written into. All files are written under temporary names, and moved
 * when all are there: when the disk is full, an earlier report is still whole. Other files in the
 * folder stay as they are.
 */
final class ReportFolder implements AutoCloseable {

  private final Path folder;
  private final Map<Path, Path> temporaries = new LinkedHashMap<>();
  private final List<String> withdrawn = new ArrayList<>();

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  static ReportFolder at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be made a folder: " + e, e);
    }
    if (!Files.isWritable(folder)) {
      throw new UncheckedIOException(
          new IOException(folder + ": cannot be written into; choose another folder"));
    }
    return new ReportFolder(folder);
  }

  void text(String name, String text) {
    bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  void png(String name, BufferedImage image) {
    bytes(name, encoded(image, "png"));
  }

  /** Has the file of an earlier report taken away, because this one has none. */
  void withdraw(String name) {
    withdrawn.add(name);
  }

  /** Puts the new files in place of the old ones. */
  void publish() {
    temporaries.forEach(
        (target, temporary) -> {
          try {
            move(temporary, target);
          } catch (IOException e) {
            throw unwritable(target, e);
          }
        });
    temporaries.clear();
    withdrawn.forEach(name -> delete(folder.resolve(name)));
  }

  /** Deletes what was not published. */
  @Override
  public void close() {
    temporaries.values().forEach(ReportFolder::delete);
  }

  private void bytes(String name, byte[] content) {
    Path target = folder.resolve(name);
    try {
      // Not createTempFile, whose files are private: a report is as readable as any new file.
      Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
      temporaries.put(target, temporary);
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static UncheckedIOException unwritable(Path target, IOException e) {
    return new UncheckedIOException(
        target + ": cannot be written (" + e + "); make room or choose another folder", e);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be deleted: " + e, e);
    }
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

package io.unmask.training.report;

import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The folder that a report is written into. All files are written under temporary names, and moved
 * when all are there: when the disk is full, an earlier report is still whole. Other files in the
 * folder stay as they are.
 */
final class ReportFolder implements AutoCloseable {

  private final Path folder;
  private final List<WholeFile> files = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  static ReportFolder at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be made a folder: " + FileFault.reason(e), e);
    }
    try {
      WholeFile.prepare(folder.resolve("report.html"), stream -> {}).close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: cannot be written into (%s); choose another folder"
              .formatted(folder, FileFault.reason(e)),
          e);
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
    for (WholeFile file : files) {
      try {
        file.publish();
      } catch (IOException e) {
        throw unwritable(file.target(), e);
      }
    }
    withdrawn.forEach(name -> delete(folder.resolve(name)));
  }

  /** Deletes what was not published. */
  @Override
  public void close() {
    for (WholeFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(
            file.target() + ": what was begun of it cannot be deleted: " + FileFault.reason(e), e);
      }
    }
  }

  private void bytes(String name, byte[] content) {
    Path target = folder.resolve(name);
    try {
      files.add(WholeFile.prepare(target, stream -> stream.write(content)));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static UncheckedIOException unwritable(Path target, IOException e) {
    return new UncheckedIOException(
        target
            + ": cannot be written ("
            + FileFault.reason(e)
            + "); make room or choose another folder",
        e);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be deleted: " + FileFault.reason(e), e);
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
}

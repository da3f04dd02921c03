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
import javax.imageio.ImageIO;

/**
 * The folder that a report is written into. Each file is written under a temporary name and then
 * moved, so that there is never half of one; other files in the folder stay as they are.
 */
final class ReportFolder {

  private final Path folder;

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

  /** Takes away the file of an earlier report that this one does not have. */
  void withdraw(String name) {
    Path file = folder.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be deleted: " + e, e);
    }
  }

  private void bytes(String name, byte[] content) {
    Path target = folder.resolve(name);
    try {
      Path temporary = Files.createTempFile(folder, "." + name, ".tmp");
      try {
        Files.write(temporary, content);
        readableAsUsual(temporary, target);
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          target + ": cannot be written (" + e + "); make room or choose another folder", e);
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

  /** Temporary files are private; the report is as readable as its folder. */
  private static void readableAsUsual(Path temporary, Path target) throws IOException {
    try {
      var permissions = Files.getPosixFilePermissions(target.toAbsolutePath().getParent());
      permissions.removeIf(permission -> permission.name().endsWith("_EXECUTE"));
      Files.setPosixFilePermissions(temporary, permissions);
    } catch (UnsupportedOperationException e) {
      // Not on this file system.
    }
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

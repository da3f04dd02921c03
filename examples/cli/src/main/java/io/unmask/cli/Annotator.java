package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.error.ImageException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Writes copies of images with the verdict below them, as PNG. It never overwrites a file. */
final class Annotator {

  private final Path folder;

  private Annotator(Path folder) {
    this.folder = folder;
  }

  /** Writes into a folder, which is made if it is not there. */
  static Annotator into(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be made a folder: " + e, e);
    }
    return new Annotator(folder);
  }

  /**
   * Writes a copy called as the source with {@code .png} behind it, and a number if that is taken.
   *
   * @return the file that was written
   * @throws ImageException if the image cannot be read or the copy cannot be written
   */
  Path annotate(Path source, Classification result) {
    try {
      BufferedImage copy = Caption.below(decode(Files.readAllBytes(source), source), result);
      for (int number = 1; ; number++) {
        String suffix = number == 1 ? ".png" : "-" + number + ".png";
        Path target = folder.resolve(source.getFileName() + suffix);
        try (OutputStream stream = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
          ImageIO.write(copy, "png", stream);
          return target;
        } catch (FileAlreadyExistsException e) {
          // Try the next number.
        }
      }
    } catch (IOException | OutOfMemoryError e) {
      throw new ImageException(source + ": an annotated copy cannot be written: " + e, e);
    }
  }

  /** What ImageIO cannot decode, such as CMYK, the preprocessor can, at the image's own size. */
  private static BufferedImage decode(byte[] encoded, Path source) throws IOException {
    try {
      @Nullable BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
      if (image != null) {
        return image;
      }
    } catch (IOException | RuntimeException e) {
      // The other way is tried next.
    }
    return preprocessed(encoded, source);
  }

  private static BufferedImage preprocessed(byte[] encoded, Path source) throws IOException {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new IOException("unknown image format");
      }
      ImageReader reader = readers.next();
      reader.setInput(stream);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      reader.dispose();
      InputFormat bytes = new InputFormat(height, width, 1f, 0f, InputFormat.ChannelOrder.RGB);
      float[] pixels = new float[bytes.size()];
      new JavaPreprocessor().process(encoded, source.toString(), bytes, FloatBuffer.wrap(pixels));
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < width * height; i++) {
        int rgb =
            (int) pixels[3 * i] << 16 | (int) pixels[3 * i + 1] << 8 | (int) pixels[3 * i + 2];
        image.setRGB(i % width, i / width, rgb);
      }
      return image;
    }
  }
}

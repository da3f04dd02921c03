package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.ExplainedPhoto;
import io.unmask.error.ImageException;
import io.unmask.files.FileFault;
import io.unmask.files.WholeFile;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Photo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Writes copies of images with the verdicts on them, as PNG. It never overwrites a file, and leaves
 * none half-written.
 */
final class Annotator {

  private final Path folder;
  private final ImageOptions options;
  private final boolean upright;

  private Annotator(Path folder, ImageOptions options, boolean upright) {
    this.folder = folder;
    this.options = options;
    this.upright = upright;
  }

  /** A folder that is made if it is not there. */
  static Path prepare(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be made a folder: " + FileFault.reason(e), e);
    }
  }

  /**
   * Sees that copies do not go to where images are looked for: the next run would classify them.
   *
   * @param option which names the folder
   * @param paths the images, and folders of them, that are classified
   * @throws IllegalArgumentException if the folder lies in one of theirs
   */
  static void refuseWithin(String option, Path folder, List<String> paths) {
    for (String each : paths) {
      Path classified;
      try {
        classified = Path.of(each);
      } catch (InvalidPathException e) {
        continue; // which is said of it elsewhere
      }
      if (Files.isDirectory(classified) && real(folder).startsWith(real(classified))) {
        throw new IllegalArgumentException(
            "%s lies in %s, which is classified, so that the next run would classify the copies too; choose another folder for %s"
                .formatted(folder, classified, option));
      }
    }
  }

  /** Where a folder is, or will be, through all links. */
  private static Path real(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    try {
      return whole.toRealPath();
    } catch (IOException e) {
      @Nullable Path parent = whole.getParent();
      return parent == null ? whole : real(parent).resolve(String.valueOf(whole.getFileName()));
    }
  }

  /** Writes into a folder, images turned as the detector judged them. */
  static Annotator into(Path folder, ImageOptions options, DetectorInfo info) {
    return new Annotator(folder, options, info.upright());
  }

  /**
   * Writes a copy called as the source with {@code .png} behind it, and a number if that is taken.
   *
   * @param encoded the bytes of the image
   * @return the file that was written
   * @throws ImageException if the image cannot be read or the copy cannot be written
   */
  Path annotate(Path source, byte[] encoded, Classification result) {
    return write(source, encoded, image -> Caption.below(image, result));
  }

  /** Writes a copy likewise, with maps of what led to the verdict. */
  Path explain(Path source, byte[] encoded, ExplainedPhoto explained) {
    return write(source, encoded, image -> HeatmapPicture.of(image, explained));
  }

  private Path write(Path source, byte[] encoded, UnaryOperator<BufferedImage> drawing) {
    try {
      byte[] png =
          png(
              drawing.apply(
                  decoded(new EncodedImage(source.toString(), encoded), options, upright)));
      for (int number = 1; ; number++) {
        String suffix = number == 1 ? ".png" : "-" + number + ".png";
        Path target = folder.resolve(source.getFileName() + suffix);
        if (WholeFile.create(target, stream -> stream.write(png))) {
          return target;
        }
      }
    } catch (IOException | OutOfMemoryError e) {
      throw new ImageException(
          source + ": a copy of it cannot be written: " + FileFault.reason(e), e);
    }
  }

  /** An image as it is judged, in the detector's own pixels. */
  static BufferedImage decoded(EncodedImage encoded, ImageOptions options, boolean upright) {
    Photo photo =
        JavaPreprocessor.withOptions(options).decode(encoded.bytes(), encoded.name(), upright);
    int width = photo.width();
    BufferedImage image = new BufferedImage(width, photo.height(), BufferedImage.TYPE_INT_RGB);
    int[] columns = IntStream.range(0, width).toArray();
    float[] levels = new float[3 * width];
    int[] row = new int[width];
    for (int y = 0; y < photo.height(); y++) {
      photo.readRow(y, columns, levels);
      for (int x = 0; x < width; x++) {
        row[x] = (int) levels[3 * x] << 16 | (int) levels[3 * x + 1] << 8 | (int) levels[3 * x + 2];
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}

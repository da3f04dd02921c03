package io.unmask.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.spi.Photo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The files that make_heif_golden.py makes, and pixels. */
final class Goldens {

  private Goldens() {}

  /** Tests that need libheif are skipped where it, or the decoder of a format, is missing. */
  static void needLibheif(HeifFormat format) {
    Installed.get()
        .hindrance(format)
        .ifPresent(why -> assumeTrue(false, "skipped: " + why.reason() + "; " + why.remedy()));
  }

  static HeifFormat formatOf(String file) {
    return file.endsWith(".avif") ? HeifFormat.AVIF : HeifFormat.HEIC;
  }

  static byte[] bytes(String file) {
    try (InputStream in = Goldens.class.getResourceAsStream("/golden/" + file)) {
      assertThat(in).as(file).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Red, green and blue of each pixel, row by row. */
  static int[] levels(Photo photo) {
    int[] levels = new int[3 * photo.width() * photo.height()];
    int[] columns = new int[photo.width()];
    Arrays.setAll(columns, x -> x);
    float[] row = new float[3 * columns.length];
    for (int y = 0; y < photo.height(); y++) {
      photo.readRow(y, columns, row);
      for (int i = 0; i < row.length; i++) {
        levels[y * row.length + i] = (int) row[i];
      }
    }
    return levels;
  }
}

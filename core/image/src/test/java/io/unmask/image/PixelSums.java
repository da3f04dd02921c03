package io.unmask.image;

import io.unmask.error.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Scanner;

/** SHA-256 of decoded pixels, to be compared with those of other decoders. */
final class PixelSums {

  private static final ImageLimits LIMITS = new ImageLimits(ImageOptions.DEFAULT.maxPixels());

  private PixelSums() {}

  /** The sum of red, green and blue of all pixels, row by row. */
  static String of(byte[] encoded) {
    PixelSource pixels =
        new ImageFile(encoded, "image", FurtherFormats.of(List.of())).decode(LIMITS).pixels();
    int[] columns = new int[pixels.width()];
    Arrays.setAll(columns, i -> i);
    float[] row = new float[3 * columns.length];
    byte[] bytes = new byte[row.length];
    MessageDigest digest = sha256();
    for (int y = 0; y < pixels.height(); y++) {
      pixels.readRow(y, columns, row);
      for (int i = 0; i < row.length; i++) {
        bytes[i] = (byte) row[i];
      }
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads names of files from the standard input and prints a sum, or why there is none. */
  public static void main(String... arguments) throws IOException {
    try (Scanner names = new Scanner(System.in, "UTF-8")) {
      while (names.hasNextLine()) {
        String name = names.nextLine();
        try {
          System.out.println(name + "\t" + of(Files.readAllBytes(Path.of(name))));
        } catch (ImageException e) {
          System.out.println(name + "\t" + e.getMessage());
        }
      }
    }
  }
}

package io.unmask.faces;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** What TensorFlow Lite finds; made by {@code src/test/golden/make_faces_golden.py}. */
final class GoldenFaces {

  private static final Pattern SEPARATORS = Pattern.compile("[,*@/^]");
  private static final Path PHOTO = Path.of("..", "examples", "data", "astronaut.jpg");

  /**
   * A picture and the faces in it.
   *
   * @param model whose answer it is
   * @param picture how the picture is made, or its file
   * @param faces a score and sixteen places each
   */
  record Case(FaceModel model, String picture, List<double[]> faces) {
    @Override
    public String toString() {
      return model + " " + picture;
    }
  }

  private GoldenFaces() {}

  /** The cases that are committed. */
  static List<Case> committed() {
    try (InputStream in = GoldenFaces.class.getResourceAsStream("/golden/faces.tsv")) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Case> read(InputStream in) throws IOException {
    List<Case> cases = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] columns = line.split("\t", -1);
      List<double[]> faces =
          Arrays.stream(columns)
              .skip(2)
              .filter(face -> !face.isEmpty())
              .map(
                  face ->
                      Arrays.stream(face.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
              .toList();
      cases.add(new Case(FaceModel.valueOf(columns[0]), columns[1], faces));
    }
    return cases;
  }

  /** Makes a picture of the astronaut as the script describes it. */
  static BufferedImage picture(String text) throws IOException {
    int[] n = SEPARATORS.splitAsStream(text).mapToInt(Integer::parseInt).toArray();
    BufferedImage photo = ImageIO.read(PHOTO.toFile());
    int factor = n[4];
    int grey = n[9];
    BufferedImage canvas = new BufferedImage(n[7], n[8], BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < canvas.getHeight(); y++) {
      for (int x = 0; x < canvas.getWidth(); x++) {
        boolean inside =
            x >= n[5] && y >= n[6] && x < n[5] + n[2] * factor && y < n[6] + n[3] * factor;
        int rgb =
            inside
                ? photo.getRGB(n[0] + (x - n[5]) / factor, n[1] + (y - n[6]) / factor)
                : grey << 16 | grey << 8 | grey;
        canvas.setRGB(x, y, rgb);
      }
    }
    for (int i = 0; i < n[10]; i++) {
      canvas = turned(canvas);
    }
    return canvas;
  }

  /** Clockwise by a quarter. */
  static BufferedImage turned(BufferedImage image) {
    int width = image.getHeight();
    BufferedImage turned = new BufferedImage(width, image.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < turned.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        turned.setRGB(x, y, image.getRGB(y, width - 1 - x));
      }
    }
    return turned;
  }
}

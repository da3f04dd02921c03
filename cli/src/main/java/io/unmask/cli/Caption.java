package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.FaceVerdict;
import io.unmask.Label;
import io.unmask.spi.Face;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws verdicts: a box around each face, and a bar below the image. */
final class Caption {

  /** What a line of the bar takes at most of the image's height. */
  private static final double SHARE = 0.15;

  /** Dots around a text. */
  private static final int MARGIN = 3;

  /** What a dot of the text at a face is of the image's shorter side: readable at any size. */
  private static final double FACE_DOT = 1.0 / 350;

  /** Between how many dots wide a line is where a text is wrapped. */
  private static final int LEAST_WIDTH = 180;

  private static final int MOST_WIDTH = 360;

  private static final Color WARNING = new Color(0x37474F);

  private Caption() {}

  /**
   * A line of the bar.
   *
   * @param left what stands at its beginning
   * @param right what stands at its end
   * @param paint what it stands on
   */
  record Line(String left, String right, Paint paint) {

    Line(String text, Paint paint) {
      this(text, "", paint);
    }

    private int columns() {
      int between = right.isEmpty() ? 0 : 2 * MARGIN + PixelFont.width(right);
      return PixelFont.width(left) + between + 2 * MARGIN;
    }
  }

  /** A copy of the image with a box around each face and a bar that says the verdict below it. */
  static BufferedImage below(BufferedImage image, Classification result) {
    return below(image, verdict(result), result.faces());
  }

  /** A copy of the image with a box around each face and a bar of some lines below it. */
  static BufferedImage below(BufferedImage image, List<Line> lines, List<FaceVerdict> faces) {
    int columns = lines.stream().mapToInt(Line::columns).max().orElse(0);
    int rows = PixelFont.HEIGHT + 2 * MARGIN;
    int fitting = Math.min(image.getWidth() / columns, (int) (image.getHeight() * SHARE / rows));
    int dot = Math.max(1, fitting);
    int width = Math.max(image.getWidth(), columns * dot);
    int height = image.getHeight() + lines.size() * rows * dot;
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
      for (FaceVerdict face : faces) {
        draw(face, image, graphics);
      }
      int y = image.getHeight();
      for (Line line : lines) {
        graphics.setPaint(line.paint());
        graphics.fillRect(0, y, width, rows * dot);
        graphics.setColor(Color.WHITE);
        int top = y + MARGIN * dot;
        PixelFont.draw(line.left(), MARGIN * dot, top, dot, graphics::fillRect);
        int end = width - (PixelFont.width(line.right()) + MARGIN) * dot;
        PixelFont.draw(line.right(), end, top, dot, graphics::fillRect);
        y += rows * dot;
      }
    } finally {
      graphics.dispose();
    }
    return copy;
  }

  /** The verdict, and a line for each kind of warning. */
  static List<Line> verdict(Classification result) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(words(result.toString()), colour(result.label())));
    result.warnings().stream()
        .map(warning -> "WARNING: " + words(warning.kind().name()))
        .distinct()
        .forEach(text -> lines.add(new Line(text, WARNING)));
    return lines;
  }

  /** A text in lines that are about as wide as the image when it is readable there. */
  static List<Line> wrapped(String text, BufferedImage image, Paint paint) {
    int most = Math.max(LEAST_WIDTH, Math.min(image.getWidth() - 2 * MARGIN, MOST_WIDTH));
    List<Line> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (PixelFont.width(longer) > most) {
        lines.add(new Line(line, paint));
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(new Line(line, paint));
    return lines;
  }

  private static void draw(FaceVerdict face, BufferedImage image, Graphics2D graphics) {
    int dot =
        Math.max(1, (int) Math.round(Math.min(image.getWidth(), image.getHeight()) * FACE_DOT));
    Face.Box box = face.box();
    int left = clamp(box.left(), image.getWidth() - 1);
    int top = clamp(box.top(), image.getHeight() - 1);
    int right = clamp(box.right(), image.getWidth());
    int bottom = clamp(box.bottom(), image.getHeight());
    int line = 2 * dot;
    graphics.setColor(colour(face.label()));
    graphics.fillRect(left, top, right - left, line);
    graphics.fillRect(left, bottom - line, right - left, line);
    graphics.fillRect(left, top, line, bottom - top);
    graphics.fillRect(right - line, top, line, bottom - top);
    String text = words(face.label().name()) + " " + probability(face);
    int width = (PixelFont.width(text) + 2 * MARGIN) * dot;
    int height = (PixelFont.HEIGHT + 2 * MARGIN) * dot;
    int x = Math.max(0, Math.min(left, image.getWidth() - width));
    int y = top >= height ? top - height : Math.min(bottom, image.getHeight() - height);
    graphics.fillRect(x, y, width, height);
    graphics.setColor(Color.WHITE);
    PixelFont.draw(text, x + MARGIN * dot, y + MARGIN * dot, dot, graphics::fillRect);
  }

  private static String probability(FaceVerdict face) {
    return BigDecimal.valueOf(face.probability()).setScale(2, RoundingMode.HALF_UP).toString();
  }

  private static int clamp(double value, int most) {
    return (int) Math.max(0, Math.min(Math.round(value), most));
  }

  private static String words(String name) {
    return name.replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  private static Color colour(Label label) {
    return switch (label) {
      case FAKE -> new Color(0xB71C1C);
      case REAL -> new Color(0x1B5E20);
      case UNCERTAIN -> new Color(0x8A5A00);
      case NO_FACE -> new Color(0x455A64);
    };
  }
}

package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.Label;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Draws a verdict below an image. */
final class Caption {

  private static final Color RED = new Color(0xB71C1C);
  private static final Color GREEN = new Color(0x1B5E20);

  /** What the bar takes at most of the image's height. */
  private static final double SHARE = 0.15;

  /** Dots around the text. */
  private static final int MARGIN = 3;

  private Caption() {}

  /** A copy of the image with a bar that says the verdict below it. */
  static BufferedImage below(BufferedImage image, Classification result) {
    String text = result.toString();
    int columns = PixelFont.width(text) + 2 * MARGIN;
    int rows = PixelFont.HEIGHT + 2 * MARGIN;
    int fitting = Math.min(image.getWidth() / columns, (int) (image.getHeight() * SHARE / rows));
    int dot = Math.max(1, fitting);
    int width = Math.max(image.getWidth(), columns * dot);
    BufferedImage copy =
        new BufferedImage(width, image.getHeight() + rows * dot, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = copy.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, null);
      graphics.setColor(result.label() == Label.FAKE ? RED : GREEN);
      graphics.fillRect(0, image.getHeight(), width, rows * dot);
      graphics.setColor(Color.WHITE);
      PixelFont.draw(text, MARGIN * dot, image.getHeight() + MARGIN * dot, dot, graphics::fillRect);
    } finally {
      graphics.dispose();
    }
    return copy;
  }
}

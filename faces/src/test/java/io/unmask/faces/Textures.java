package io.unmask.faces;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Pictures without a face: what photos show besides, as far as a few lines can draw it. */
final class Textures {

  static final int COUNT = 50;

  private static final int KINDS = 10;

  private final SplittableRandom random;
  private final BufferedImage image;
  private final Graphics2D pen;
  private final int width;
  private final int height;

  private Textures(int number) {
    this.random = new SplittableRandom(number);
    this.width = 300 + random.nextInt(1400);
    this.height = 300 + random.nextInt(1000);
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    this.pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** The picture of a number from 0 on; the same at each call. */
  static BufferedImage picture(int number) {
    Textures picture = new Textures(number);
    picture.draw(number % KINDS);
    picture.pen.dispose();
    return picture.image;
  }

  private void draw(int kind) {
    switch (kind) {
      case 0 -> gradient();
      case 1 -> noise(1 + random.nextInt(12));
      case 2 -> plasma();
      case 3 -> buildings();
      case 4 -> page();
      case 5 -> bars();
      case 6 -> lines();
      case 7 -> discs();
      case 8 -> landscape();
      default -> tiles();
    }
  }

  private Color colour() {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private void fill(Color colour) {
    pen.setColor(colour);
    pen.fillRect(0, 0, width, height);
  }

  private void gradient() {
    pen.setPaint(new GradientPaint(0, 0, colour(), random.nextInt(width), height, colour(), true));
    pen.fillRect(0, 0, width, height);
  }

  private void noise(int grain) {
    boolean grey = random.nextBoolean();
    for (int y = 0; y < height; y += grain) {
      for (int x = 0; x < width; x += grain) {
        int level = random.nextInt(256);
        pen.setColor(grey ? new Color(level, level, level) : colour());
        pen.fillRect(x, y, grain, grain);
      }
    }
  }

  private void plasma() {
    double[] wave = random.doubles(12, 0.002, 0.04).toArray();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          double sum =
              Math.sin(x * wave[c] + 3 * Math.sin(y * wave[c + 3]))
                  + Math.sin(y * wave[c + 6] + 2 * Math.cos(x * wave[c + 9]));
          rgb = rgb << 8 | (int) (127.5 + 60 * sum);
        }
        image.setRGB(x, y, rgb);
      }
    }
  }

  private void buildings() {
    pen.setPaint(new GradientPaint(0, 0, Color.CYAN, 0, height, Color.WHITE));
    pen.fillRect(0, 0, width, height);
    for (int i = 0; i < 14; i++) {
      int left = random.nextInt(width);
      int wide = 60 + random.nextInt(200);
      int top = height / 5 + random.nextInt(height / 2);
      int level = 60 + random.nextInt(150);
      pen.setColor(new Color(level, level - random.nextInt(30), level - random.nextInt(40)));
      pen.fillRect(left, top, wide, height);
      int pane = 8 + random.nextInt(16);
      for (int y = top + pane; y < height; y += 2 * pane) {
        for (int x = left + pane; x < left + wide - pane; x += 2 * pane) {
          pen.setColor(random.nextInt(3) == 0 ? new Color(250, 240, 170) : new Color(40, 50, 60));
          pen.fillRect(x, y, pane, pane + pane / 2);
        }
      }
    }
  }

  private void page() {
    fill(new Color(250, 248, 240));
    int size = 10 + random.nextInt(18);
    pen.setStroke(new BasicStroke(Math.max(1, size / 7f)));
    pen.setColor(new Color(30, 30, 30));
    for (int y = 2 * size; y < height - 2 * size; y += 2 * size) {
      for (int x = 2 * size; x < width - 2 * size; x += size) {
        if (random.nextInt(6) > 0) {
          letter(x, y, size * 3 / 4);
        }
      }
    }
  }

  private void letter(int x, int y, int size) {
    for (int stroke = 0; stroke < 3; stroke++) {
      int toX = x + random.nextInt(size);
      int toY = y + random.nextInt(size);
      if (random.nextBoolean()) {
        pen.drawLine(x + random.nextInt(size), y + random.nextInt(size), toX, toY);
      } else {
        pen.drawArc(x, y, size, size, random.nextInt(360), 90 + random.nextInt(200));
      }
    }
  }

  private void bars() {
    fill(Color.WHITE);
    int count = 4 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      int tall = random.nextInt(height * 3 / 4);
      pen.setColor(colour());
      pen.fillRect(40 + i * (width - 60) / count, height - 40 - tall, width / count / 2, tall);
    }
    pen.setColor(Color.BLACK);
    pen.drawLine(40, 20, 40, height - 40);
    pen.drawLine(40, height - 40, width - 20, height - 40);
    pen.setColor(colour());
    pen.fillArc(width / 2, 30, height / 3, height / 3, 0, 100 + random.nextInt(200));
  }

  private void lines() {
    fill(random.nextBoolean() ? Color.WHITE : new Color(20, 20, 30));
    pen.setStroke(new BasicStroke(2));
    for (int series = 0; series < 5; series++) {
      pen.setColor(colour());
      int before = height / 2;
      for (int x = 0; x < width; x += 8) {
        int now = Math.max(0, Math.min(height, before + random.nextInt(41) - 20));
        pen.drawLine(x, before, x + 8, now);
        before = now;
      }
    }
  }

  private void discs() {
    fill(colour());
    for (int i = 0; i < 60; i++) {
      int size = 10 + random.nextInt(200);
      pen.setColor(colour());
      pen.fillOval(random.nextInt(width), random.nextInt(height), size, size);
    }
  }

  private void landscape() {
    pen.setPaint(new GradientPaint(0, 0, new Color(90, 150, 230), 0, height, Color.WHITE));
    pen.fillRect(0, 0, width, height);
    pen.setColor(new Color(255, 240, 200));
    pen.fillOval(random.nextInt(width), random.nextInt(height / 3), 90, 90);
    for (int range = 0; range < 5; range++) {
      pen.setColor(new Color(70 + 15 * range, 100 + 12 * range, 60));
      double[] wave = random.doubles(3, 0.002, 0.02).toArray();
      for (int x = 0; x < width; x++) {
        double hill = Math.sin(x * wave[0]) + Math.sin(x * wave[1] + range) / 2;
        int top =
            (int) (height * (0.4 + 0.12 * range) - 40 * hill - 8 * Math.sin(x * 20 * wave[2]));
        pen.drawLine(x, top, x, height);
      }
    }
  }

  private void tiles() {
    fill(colour());
    int size = 20 + random.nextInt(80);
    pen.setTransform(AffineTransform.getRotateInstance(random.nextDouble()));
    for (int y = -height; y < 2 * height; y += size) {
      for (int x = -width; x < 2 * width; x += size) {
        pen.setColor((x / size + y / size) % 2 == 0 ? Color.DARK_GRAY : Color.LIGHT_GRAY);
        pen.fillRoundRect(x, y, size - 2, size - 2, size / 3, size / 3);
      }
    }
  }
}

package io.unmask.cli;

import io.unmask.ExplainedPhoto;
import io.unmask.Heatmap;
import io.unmask.spi.Region;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws heatmaps over a photo: red where it speaks for fake, blue where it speaks for real. */
final class HeatmapPicture {

  /** What such a network sees, and what that is worth. */
  private static final String NO_PROOF =
      "A network may see fine texture and noise, not what people see. A map shows where it looked,"
          + " it is no proof.";

  private static final String APPROXIMATE = "Approximate: places were covered one by one.";

  private static final Color FAKE = new Color(0xD50000);
  private static final Color REAL = new Color(0x0D47A1);
  private static final Color NOTE = new Color(0x37474F);

  private static final int SMALL = 320;

  /** How much of the photo the strongest places cover. */
  private static final double OPACITY = 0.7;

  /** Of the places, the share that is drawn in less than full colour. */
  private static final double BELOW_FULL = 0.98;

  /** Full colour is at least this much of a logit, so that nothing is not drawn as something. */
  private static final double LEAST = 0.5;

  private final List<Heatmap> maps;
  private final double full;

  private HeatmapPicture(List<Heatmap> maps) {
    this.maps = maps;
    this.full = full(maps);
  }

  /** A copy of the photo, as it was judged, with the maps, a legend and the verdict. */
  static BufferedImage of(BufferedImage photo, ExplainedPhoto explained) {
    BufferedImage copy = new HeatmapPicture(explained.heatmaps()).over(photo);
    List<Caption.Line> lines = new ArrayList<>(Caption.verdict(explained.classification()));
    if (!explained.heatmaps().isEmpty()) {
      lines.add(
          new Caption.Line(
              "towards real",
              "towards fake",
              new GradientPaint(0, 0, REAL, photo.getWidth(), 0, FAKE)));
      if (explained.heatmaps().get(0).method() == Heatmap.Method.OCCLUSION) {
        lines.addAll(Caption.wrapped(APPROXIMATE, photo, NOTE));
      }
      lines.addAll(Caption.wrapped(NO_PROOF, photo, NOTE));
    }
    return Caption.below(copy, lines, explained.classification().faces());
  }

  /** The part of the photo that has maps, with them, at most {@value #SMALL} pixels a side. */
  static BufferedImage small(BufferedImage photo, ExplainedPhoto explained) {
    BufferedImage whole = new HeatmapPicture(explained.heatmaps()).over(photo);
    Rectangle shown = new Rectangle(-1, -1); // without a place, until one is added
    explained
        .heatmaps()
        .forEach(
            map ->
                shown.add(
                    new Rectangle(
                        map.region().left(),
                        map.region().top(),
                        map.region().width(),
                        map.region().height())));
    Rectangle part = shown.intersection(new Rectangle(photo.getWidth(), photo.getHeight()));
    Rectangle cut = part.isEmpty() ? new Rectangle(photo.getWidth(), photo.getHeight()) : part;
    double scale = Math.min(1, SMALL / (double) Math.max(cut.width, cut.height));
    BufferedImage small =
        new BufferedImage(
            Math.max(1, (int) (cut.width * scale)),
            Math.max(1, (int) (cut.height * scale)),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(
        whole.getSubimage(cut.x, cut.y, cut.width, cut.height),
        0,
        0,
        small.getWidth(),
        small.getHeight(),
        null);
    graphics.dispose();
    return small;
  }

  private BufferedImage over(BufferedImage photo) {
    BufferedImage copy =
        new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
    copy.getGraphics().drawImage(photo, 0, 0, null);
    for (int i = 0; i < maps.size(); i++) {
      draw(i, copy);
    }
    return copy;
  }

  private void draw(int index, BufferedImage copy) {
    Region region = maps.get(index).region();
    for (int y = region.top(); y < Math.min(region.bottom(), copy.getHeight()); y++) {
      for (int x = region.left(); x < Math.min(region.right(), copy.getWidth()); x++) {
        if (belongsTo(index, x, y)) {
          double value = value(maps.get(index), x, y) / full;
          copy.setRGB(x, y, blended(copy.getRGB(x, y), Math.max(-1, Math.min(1, value))));
        }
      }
    }
  }

  /** Whether a place of a map is nearer to its middle than to that of any other that covers it. */
  private boolean belongsTo(int index, int x, int y) {
    double own = distance(maps.get(index).region(), x, y);
    for (int i = 0; i < maps.size(); i++) {
      Region other = maps.get(i).region();
      boolean covers =
          x >= other.left() && x < other.right() && y >= other.top() && y < other.bottom();
      if (i != index && covers && distance(other, x, y) < own) {
        return false;
      }
    }
    return true;
  }

  private static double distance(Region region, int x, int y) {
    double dx = (x + 0.5 - region.left()) / region.width() - 0.5;
    double dy = (y + 0.5 - region.top()) / region.height() - 0.5;
    return dx * dx + dy * dy;
  }

  /** What the logit would be, but for the bias, if all places said what is said around here. */
  private static double value(Heatmap map, int x, int y) {
    Region region = map.region();
    double row = (y + 0.5 - region.top()) * map.rows() / region.height() - 0.5;
    double column = (x + 0.5 - region.left()) * map.columns() / region.width() - 0.5;
    int above = (int) Math.floor(row);
    int before = (int) Math.floor(column);
    double down = row - above;
    double across = column - before;
    double upper = (1 - across) * at(map, above, before) + across * at(map, above, before + 1);
    double lower =
        (1 - across) * at(map, above + 1, before) + across * at(map, above + 1, before + 1);
    return ((1 - down) * upper + down * lower) * map.rows() * map.columns();
  }

  private static double at(Heatmap map, int row, int column) {
    return map.contribution(
        Math.max(0, Math.min(map.rows() - 1, row)),
        Math.max(0, Math.min(map.columns() - 1, column)));
  }

  /** Grey, with as much red or blue as the value says. */
  private static int blended(int rgb, double value) {
    Color colour = value > 0 ? FAKE : REAL;
    double part = Math.abs(value) * OPACITY;
    double grey = 0.3 * (rgb >> 16 & 255) + 0.59 * (rgb >> 8 & 255) + 0.11 * (rgb & 255);
    int red = (int) Math.round((1 - part) * grey + part * colour.getRed());
    int green = (int) Math.round((1 - part) * grey + part * colour.getGreen());
    int blue = (int) Math.round((1 - part) * grey + part * colour.getBlue());
    return red << 16 | green << 8 | blue;
  }

  /** What is drawn in full colour: the same for all faces, so that they can be compared. */
  private static double full(List<Heatmap> maps) {
    double[] values =
        maps.stream()
            .flatMapToDouble(
                map ->
                    IntStream.range(0, map.rows() * map.columns())
                        .mapToDouble(
                            i ->
                                map.contribution(i / map.columns(), i % map.columns())
                                    * map.rows()
                                    * map.columns()))
            .map(Math::abs)
            .sorted()
            .toArray();
    return values.length == 0
        ? LEAST
        : Math.max(LEAST, values[(int) (BELOW_FULL * (values.length - 1))]);
  }
}

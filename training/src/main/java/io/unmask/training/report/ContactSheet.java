package io.unmask.training.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Many small pictures on one, each with the truth and the probability below it. */
final class ContactSheet {

  private static final int COLUMNS = 6;
  private static final int GAP = 12;
  private static final int CAPTION = 22;
  private static final int EDGE = 4;

  private ContactSheet() {}

  static BufferedImage of(List<Exhibit> exhibits) {
    int columns = Math.min(COLUMNS, exhibits.size());
    int rows = (exhibits.size() + columns - 1) / columns;
    int cell = Thumbnail.SIZE + GAP;
    BufferedImage sheet =
        new BufferedImage(
            columns * cell + GAP, rows * (cell + CAPTION) + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int i = 0; i < exhibits.size(); i++) {
      int x = GAP + i % columns * cell;
      int y = GAP + i / columns * (cell + CAPTION);
      ScoredImage image = exhibits.get(i).image();
      graphics.drawImage(exhibits.get(i).picture(), x, y, null);
      graphics.setColor(image.fake() ? Plots.FAKE : Plots.REAL);
      graphics.fillRect(x, y + Thumbnail.SIZE, Thumbnail.SIZE, EDGE);
      graphics.drawString(
          String.format(
              Locale.ROOT, "%s  %.4f", image.fake() ? "fake" : "real", image.probability()),
          x,
          y + Thumbnail.SIZE + EDGE + 15);
    }
    graphics.dispose();
    return sheet;
  }
}

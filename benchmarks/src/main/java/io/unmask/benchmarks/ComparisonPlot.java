package io.unmask.benchmarks;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.HorizontalBarSeries;
import org.knowm.xchart.style.HorizontalBarStyler;

/** A comparison as a picture: a bar for each of our medians, as a share of the peer's. */
final class ComparisonPlot {

  private static final Color BARS = new Color(0x2A9D8F);
  private static final Color GRID = new Color(0xE3E7EB);
  private static final Color TEXT = new Color(0x2B2F33);
  private static final int WIDTH = 960;
  private static final int BAR = 30;
  private static final int FRAME = 130;
  private static final String OURS = "unmask-";

  private ComparisonPlot() {}

  /**
   * A bar of the plot.
   *
   * @param label what was measured, by which engine and against which peer
   * @param ratio of the medians
   */
  record Bar(String label, double ratio) {}

  /** The bars from the top down: our rows with a peer, each against the first that it has. */
  static List<Bar> bars(Comparison comparison) {
    List<Bar> bars = new ArrayList<>();
    for (Row row : comparison.rows()) {
      if (row.engine().startsWith(OURS)) {
        comparison.ratios(row).entrySet().stream()
            .findFirst()
            .ifPresent(peer -> bars.add(new Bar(label(row, peer.getKey()), peer.getValue())));
      }
    }
    return bars;
  }

  private static String label(Row row, String peer) {
    Map<String, String> circumstances = new TreeMap<>(row.parameters());
    String batch = circumstances.remove(Row.BATCH);
    String threads = circumstances.remove(Row.THREADS);
    String others =
        circumstances.values().stream().map(each -> ", " + each).collect(Collectors.joining());
    return row.benchmark()
        + others
        + ("1".equals(batch) ? "" : ", batch " + batch)
        + (row.benchmark().startsWith(Row.PREPROCESS) ? "" : ", " + threads + "T")
        + ": "
        + row.engine().substring(OURS.length())
        + " / "
        + peer;
  }

  /**
   * Writes the picture as a PNG.
   *
   * @return whether there was anything to draw
   */
  static boolean write(Comparison comparison, Path file) throws IOException {
    List<Bar> bars = bars(comparison);
    if (bars.isEmpty()) {
      return false;
    }
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(WIDTH)
            .height(FRAME + BAR * bars.size())
            .title("Median time as a share of the peer's: left of 1 is faster")
            .build();
    HorizontalBarSeries series =
        chart.addSeries(
            "ratio",
            bars.stream().map(bar -> Math.round(bar.ratio() * 1000) / 1000.0).toList(),
            bars.stream().map(Bar::label).toList());
    series.setFillColor(BARS);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    HorizontalBarStyler styler = chart.getStyler();
    styler.setLabelsVisible(true).setLabelsFont(font).setAvailableSpaceFill(0.7);
    styler.setXAxisMin(0.0).setAxisTickLabelsFont(font).setAxisTickLabelsColor(TEXT);
    styler.setXAxisTickMarkSpacingHint(BAR); // which thins out the labels of the bars, too
    styler.setPlotGridLinesColor(GRID).setPlotBorderVisible(false);
    styler.setChartBackgroundColor(Color.WHITE).setLegendVisible(false).setLocale(Locale.ROOT);
    if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile())) {
      throw new IOException("Java has no writer for PNG");
    }
    return true;
  }
}

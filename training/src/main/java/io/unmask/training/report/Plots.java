package io.unmask.training.report;

import io.unmask.evaluation.CalibrationCurve;
import io.unmask.evaluation.ConfusionMatrix;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.RocCurve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the plots of an evaluation. */
final class Plots {

  static final Color REAL = new Color(0x2A9D8F);
  static final Color FAKE = new Color(0xE76F51);
  private static final String PHASE_MARK = "Phase 2 begins";
  private static final Color POOLED = new Color(0x264653);
  private static final Color GRID = new Color(0xE3E7EB);
  private static final Color TEXT = new Color(0x2B2F33);
  private static final Color[] FOLDS = {
    new Color(0x457B9D),
    new Color(0xE9C46A),
    new Color(0x2A9D8F),
    new Color(0xF4A261),
    new Color(0x9B5DE5),
    new Color(0x8D99AE)
  };
  private static final int WIDTH = 720;
  private static final int HEIGHT = 560;
  private static final int HISTOGRAM_BINS = 20;

  private final Evaluation evaluation;
  private final Metrics pooled;

  Plots(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.pooled = evaluation.pooled();
  }

  /** All plots that the evaluation allows, by the names of their files. */
  Map<String, BufferedImage> draw() {
    Map<String, BufferedImage> plots = new LinkedHashMap<>();
    plots.put("confusion_matrix.png", confusionMatrix());
    if (pooled.predictions().hasBothClasses()) {
      plots.put("roc.png", roc());
    }
    plots.put("scores.png", histogram());
    plots.put("calibration.png", calibration());
    if (evaluation.parts().stream().anyMatch(part -> part.history().isPresent())) {
      plots.put("loss.png", history("Loss", h -> h.loss(), h -> h.validationLoss()));
      plots.put(
          "accuracy.png", history("Accuracy", h -> h.accuracy(), h -> h.validationAccuracy()));
    }
    return plots;
  }

  private BufferedImage confusionMatrix() {
    ConfusionMatrix matrix = pooled.matrix();
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Confusion matrix")
            .xAxisTitle("Verdict")
            .yAxisTitle("Truth")
            .build();
    // Rows from the bottom up.
    chart.addSeries(
        "images",
        List.of("Real", "Fake"),
        List.of("Fake", "Real"),
        List.of(
            new Number[] {0, 0, matrix.falseReal()},
            new Number[] {1, 0, matrix.trueFake()},
            new Number[] {0, 1, matrix.trueReal()},
            new Number[] {1, 1, matrix.falseFake()}));
    style(chart.getStyler());
    chart
        .getStyler()
        .setRangeColors(new Color[] {new Color(0xF4F8FB), new Color(0x8FB8D6)})
        .setShowValue(true)
        .setValueFont(font(Font.BOLD, 26))
        .setValueFontColor(TEXT)
        .setPlotContentSize(1)
        .setLegendVisible(false);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private BufferedImage roc() {
    XYChart chart = xy("ROC curve", "Share of real images taken for fake", "Share of fakes found");
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    diagonal(chart, "guessing");
    List<Metrics> folds = evaluation.metrics();
    for (int i = 0; folds.size() > 1 && i < folds.size(); i++) {
      if (folds.get(i).predictions().hasBothClasses()) {
        String name = evaluation.parts().get(i).name();
        line(chart, name, folds.get(i), FOLDS[i % FOLDS.length], 1.5f);
      }
    }
    line(chart, folds.size() > 1 ? "Pooled" : "ROC", pooled, POOLED, 3f);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void line(XYChart chart, String name, Metrics metrics, Color colour, float width) {
    List<RocCurve.Point> points = metrics.roc().points();
    String title =
        String.format(
            Locale.ROOT, "%s, AUC %.4f", name, metrics.get(Metric.AUC).orElse(Double.NaN));
    XYSeries series =
        chart.addSeries(
            title,
            points.stream().mapToDouble(RocCurve.Point::falseFakeRate).toArray(),
            points.stream().mapToDouble(RocCurve.Point::trueFakeRate).toArray());
    plain(series, colour, width);
  }

  private BufferedImage histogram() {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Scores")
            .xAxisTitle("Probability of fake")
            .yAxisTitle("Images")
            .build();
    style(chart.getStyler());
    List<String> labels =
        IntStream.range(0, HISTOGRAM_BINS)
            .mapToObj(i -> String.format(Locale.ROOT, "%.3f", (i + 0.5) / HISTOGRAM_BINS))
            .toList();
    chart.addSeries("Real", labels, counts(false)).setFillColor(translucent(REAL));
    chart.addSeries("Fake", labels, counts(true)).setFillColor(translucent(FAKE));
    chart
        .getStyler()
        .setOverlapped(true)
        .setAvailableSpaceFill(0.98)
        .setXAxisMaxLabelCount(10)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private List<Integer> counts(boolean fake) {
    Integer[] counts = new Integer[HISTOGRAM_BINS];
    Arrays.fill(counts, 0);
    for (ScoredImage image : evaluation.images()) {
      if (image.fake() == fake) {
        counts[Math.min((int) (image.probability() * HISTOGRAM_BINS), HISTOGRAM_BINS - 1)]++;
      }
    }
    return List.of(counts);
  }

  private BufferedImage calibration() {
    XYChart chart = xy("Calibration", "Mean predicted probability", "Share that is fake");
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    diagonal(chart, "perfect");
    List<CalibrationCurve.Bin> bins = pooled.calibration().bins();
    XYSeries series =
        chart.addSeries(
            String.format(
                Locale.ROOT, "error %.4f", pooled.get(Metric.CALIBRATION_ERROR).orElse(Double.NaN)),
            bins.stream().mapToDouble(CalibrationCurve.Bin::meanProbability).toArray(),
            bins.stream().mapToDouble(CalibrationCurve.Bin::shareOfFake).toArray());
    plain(series, POOLED, 2.5f);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(POOLED);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private BufferedImage history(
      String title,
      ToDoubleFunction<History.Epoch> training,
      ToDoubleFunction<History.Epoch> validation) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("Epoch")
            .yAxisTitle(title)
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisMaxLabelCount(12).setLegendPosition(LegendPosition.OutsideE);
    Part first = evaluation.parts().get(0);
    for (int i = 0; i < evaluation.parts().size(); i++) {
      Part part = evaluation.parts().get(i);
      Color colour = FOLDS[i % FOLDS.length];
      part.history()
          .filter(history -> !history.epochs().isEmpty())
          .ifPresent(
              history -> {
                double[] x = history.epochs().stream().mapToDouble(e -> e.number()).toArray();
                double[] dashed = history.epochs().stream().mapToDouble(training).toArray();
                double[] solid = history.epochs().stream().mapToDouble(validation).toArray();
                XYSeries trained = chart.addSeries(part.name() + ", training", x, dashed);
                plain(trained, colour, 1.2f);
                trained.setLineStyle(dashes(1.2f));
                plain(chart.addSeries(part.name() + ", validation", x, solid), colour, 2f);
                markPhase(
                    chart,
                    part.name(),
                    history,
                    validation,
                    colour,
                    !part.name().equals(first.name()));
              });
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static XYChart xy(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    return chart;
  }

  private static void diagonal(XYChart chart, String name) {
    XYSeries series = chart.addSeries(name, new double[] {0, 1}, new double[] {0, 1});
    plain(series, new Color(0x9AA5B1), 1.2f);
    series.setLineStyle(dashes(1.2f));
  }

  /** A diamond where the second phase begins, if there is one; the legend explains the first. */
  private static void markPhase(
      XYChart chart,
      String part,
      History history,
      ToDoubleFunction<History.Epoch> validation,
      Color colour,
      boolean explained) {
    history.epochs().stream()
        .filter(epoch -> epoch.phase() > 1)
        .findFirst()
        .ifPresent(
            epoch -> {
              XYSeries mark =
                  chart.addSeries(
                      explained ? part + ", phase 2" : PHASE_MARK,
                      new double[] {epoch.number()},
                      new double[] {validation.applyAsDouble(epoch)});
              mark.setMarker(SeriesMarkers.DIAMOND);
              mark.setMarkerColor(colour);
              mark.setLineStyle(SeriesLines.NONE);
              mark.setShowInLegend(!explained);
            });
  }

  private static void plain(XYSeries series, Color colour, float width) {
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static BasicStroke dashes(float width) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {6, 5}, 0);
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleFont(font(Font.BOLD, 20));
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(font(Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setLegendFont(font(Font.PLAIN, 13));
    styler.setLegendBorderColor(GRID);
    styler.setChartPadding(16);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static Color translucent(Color colour) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 160);
  }
}

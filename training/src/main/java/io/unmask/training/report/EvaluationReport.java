package io.unmask.training.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the report on an evaluation: {@code metrics.json}, {@code predictions.csv}, {@code
 * report.html} and the pictures in it as PNG files.
 */
public final class EvaluationReport {

  private EvaluationReport() {}

  /**
   * Makes sure that a report can be written, before the work begins that it is to be about.
   *
   * @throws java.io.UncheckedIOException if the folder cannot be made or written into
   */
  public static void prepare(Path folder) {
    ReportFolder.at(folder);
  }

  /**
   * Writes the files of the report, each at once, over those of an earlier one. Other files in the
   * folder stay as they are. Without fonts, which Java needs to draw, there are no plots.
   *
   * @param folder made if it is not there
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public static void write(Evaluation evaluation, Path folder) {
    ReportFolder target = ReportFolder.at(folder);
    target.text("predictions.csv", PredictionsCsv.of(evaluation));
    target.text("metrics.json", MetricsJson.of(evaluation));
    List<Exhibit> samples = Exhibit.samples(evaluation);
    List<Exhibit> mistakes = Exhibit.mistakes(evaluation);
    Map<String, BufferedImage> plots = plots(evaluation);
    plots.forEach(target::png);
    if (!plots.isEmpty()) {
      target.png("samples.png", ContactSheet.of(samples));
      if (!mistakes.isEmpty()) {
        target.png("mistakes.png", ContactSheet.of(mistakes));
      }
    }
    target.text("report.html", HtmlPage.of(evaluation, plots, samples, mistakes));
  }

  /** The plots; none on a machine without fonts, where Java fails in one of several ways. */
  private static Map<String, BufferedImage> plots(Evaluation evaluation) {
    try {
      return new Plots(evaluation).draw();
    } catch (LinkageError | InternalError e) {
      return new LinkedHashMap<>();
    }
  }
}

package io.unmask.training.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the report on an evaluation: {@code metrics.json}, {@code predictions.csv}, {@code
 * report.html} and the pictures in it as PNG files; {@code history.csv} if there was a training.
 */
public final class EvaluationReport {

  private static final List<String> PICTURES =
      List.of(
          "confusion_matrix.png",
          "roc.png",
          "scores.png",
          "calibration.png",
          "loss.png",
          "accuracy.png",
          "samples.png",
          "mistakes.png");

  private EvaluationReport() {}

  /**
   * Makes sure that a report can be written, before the work begins that it is to be about.
   *
   * @throws java.io.UncheckedIOException if the folder cannot be made or written into
   */
  public static void prepare(Path folder) {
    ReportFolder.at(folder).close();
  }

  /**
   * Writes the files of the report, each at once, in place of those of an earlier one. Other files
   * in the folder stay as they are. Without fonts, which Java needs to draw, there are no plots.
   *
   * @param folder made if it is not there
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public static void write(Evaluation evaluation, Path folder) {
    write(evaluation, folder, file -> Optional.empty());
  }

  /**
   * Writes the report as {@link #write(Evaluation, Path)} does, with pictures beside the mistakes
   * in {@code report.html} of what led to them.
   *
   * @param maps draws such a picture of an image file, some 320 pixels wide, or has none
   */
  public static void write(
      Evaluation evaluation, Path folder, Function<Path, Optional<BufferedImage>> maps) {
    List<Exhibit> samples = Exhibit.samples(evaluation);
    List<Exhibit> mistakes = Exhibit.mistakes(evaluation, maps);
    Map<String, BufferedImage> plots = plots(evaluation);
    Map<String, BufferedImage> pictures = new LinkedHashMap<>(plots);
    if (!plots.isEmpty()) {
      pictures.put("samples.png", ContactSheet.of(samples));
      if (!mistakes.isEmpty()) {
        pictures.put("mistakes.png", ContactSheet.of(mistakes));
      }
    }
    try (ReportFolder target = ReportFolder.at(folder)) {
      target.text("predictions.csv", Csv.predictions(evaluation));
      target.text("metrics.json", MetricsJson.of(evaluation));
      if (evaluation.parts().stream().anyMatch(part -> part.history().isPresent())) {
        target.text("history.csv", Csv.history(evaluation));
      } else {
        target.withdraw("history.csv");
      }
      pictures.forEach(target::png);
      PICTURES.stream().filter(name -> !pictures.containsKey(name)).forEach(target::withdraw);
      target.text("report.html", HtmlPage.of(evaluation, plots, samples, mistakes));
      target.publish();
    }
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

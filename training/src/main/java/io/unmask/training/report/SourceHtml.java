package io.unmask.training.report;

import io.unmask.evaluation.RecallAtRate;
import io.unmask.evaluation.SourceTable;
import java.util.List;
import java.util.Locale;

/** The tables by source in {@code report.html}. */
final class SourceHtml {

  private final StringBuilder html = new StringBuilder();

  private SourceHtml() {}

  /** Recall at rates of false positives, and tables by source if a class has several. */
  static String of(Evaluation evaluation) {
    SourceHtml tables = new SourceHtml();
    List<RecallAtRate> recalls = RecallAtRate.all(evaluation.sourced());
    if (!recalls.isEmpty()) {
      tables.recalls(recalls);
    }
    SourceTable sources = evaluation.sources();
    if (sources.hasSeveral()) {
      tables.generators(sources);
      tables.cameras(sources);
    }
    return tables.html.toString();
  }

  private void recalls(List<RecallAtRate> recalls) {
    html.append(
        "<h2>Recall at few false positives</h2>\n<p>The share of the fakes that are found,");
    html.append(" the mean over generators, when only so many photographs may be taken for fake;");
    html.append(" and what other generators and cameras might have given, as a bootstrap over");
    html.append(" sources has it.</p>\n<table>\n<tr><th>False positives</th><th>Recall</th>");
    html.append("<th>95 % interval</th><th>Threshold</th></tr>\n");
    for (RecallAtRate each : recalls) {
      html.append("<tr><th>").append(String.format(Locale.ROOT, "%.1f %%", 100 * each.limit()));
      html.append("</th>");
      cell(number(each.recall()));
      cell(number(each.low()) + " to " + number(each.high()));
      cell(number(each.threshold()));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void generators(SourceTable sources) {
    html.append("<h2>By source</h2>\n<p>Each generator against the cameras of its own part, and");
    html.append(" against all cameras: area under the ROC curve, and the share of its images that");
    html.append(" are found when 5 % or 1 % of the photographs may be taken for fake.</p>\n");
    html.append("<table>\n<tr><th>Generator</th><th>Part</th><th>Images</th>");
    for (String against : List.of("own cameras", "all cameras")) {
      html.append("<th>AUC, ").append(against).append("</th><th>Recall at 5 %</th>");
      html.append("<th>Recall at 1 %</th>");
    }
    html.append("</tr>\n");
    for (SourceTable.Generator generator : sources.generators()) {
      row(generator.name(), generator.parts(), String.valueOf(generator.images()));
      figures(generator.own());
      figures(generator.all());
      html.append("</tr>\n");
    }
    row("Mean", "", "");
    figures(sources.meanOwn());
    figures(sources.meanAll());
    html.append("</tr>\n</table>\n");
  }

  private void cameras(SourceTable sources) {
    html.append("<p></p>\n<table>\n<tr><th>Camera</th><th>Part</th><th>Images</th>");
    html.append("<th>Taken for fake</th></tr>\n");
    for (SourceTable.Camera camera : sources.cameras()) {
      row(camera.name(), camera.parts(), String.valueOf(camera.images()));
      cell(number(camera.takenForFake()));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void row(String name, String parts, String images) {
    html.append("<tr><th>").append(HtmlPage.escaped(name)).append("</th>");
    cell(parts);
    cell(images);
  }

  private void figures(SourceTable.Figures figures) {
    cell(number(figures.auc()));
    cell(number(figures.recallAt5()));
    cell(number(figures.recallAt1()));
  }

  private void cell(String text) {
    html.append("<td>").append(HtmlPage.escaped(text)).append("</td>");
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }
}

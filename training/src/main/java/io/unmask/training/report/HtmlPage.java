package io.unmask.training.report;

import com.google.common.html.HtmlEscapers;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.training.data.LeftOut;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** {@code report.html}: everything on one page that needs no other file. */
final class HtmlPage {

  private static final List<Metric> HEADLINES =
      List.of(Metric.ACCURACY, Metric.AUC, Metric.PRECISION, Metric.RECALL, Metric.F1);

  private static final int MOST_LEFT_OUT = 100;

  private final Evaluation evaluation;
  private final StringBuilder html = new StringBuilder();

  private HtmlPage(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  static String of(
      Evaluation evaluation,
      Map<String, BufferedImage> plots,
      List<Exhibit> samples,
      List<Exhibit> mistakes) {
    HtmlPage page = new HtmlPage(evaluation);
    page.head();
    page.figures();
    page.tables();
    page.html.append(SourceHtml.of(evaluation));
    page.plots(plots);
    page.gallery("Most confident mistakes", "There are none: every verdict is right.", mistakes);
    page.gallery("Samples", "There are none.", samples);
    page.leftOut();
    page.html.append("</main>\n</body>\n</html>\n");
    return page.html.toString();
  }

  private void head() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" img-src data:; style-src 'unsafe-inline'\">\n")
        .append("<title>")
        .append(escaped(evaluation.title()))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(escaped(evaluation.title()))
        .append("</h1>\n<dl>\n");
    evaluation.facts().forEach(this::fact);
    fact("Threshold", "fake above " + evaluation.threshold());
    Metrics pooled = evaluation.pooled();
    fact(
        "Images",
        "%d real, %d fake, %d left out"
            .formatted(
                pooled.predictions().realCount(),
                pooled.predictions().fakeCount(),
                evaluation.leftOut().size()));
    html.append("</dl>\n");
  }

  private void fact(String name, String value) {
    html.append("<dt>").append(escaped(name)).append("</dt><dd>");
    html.append(escaped(value)).append("</dd>\n");
  }

  private void figures() {
    boolean folds = evaluation.parts().size() > 1;
    html.append("<div class=\"cards\">\n");
    for (Metric metric : HEADLINES) {
      html.append("<div class=\"card\"><b>").append(number(evaluation.pooled().get(metric)));
      html.append("</b><span>").append(escaped(metric.title()));
      html.append(folds ? ", pooled" : "").append("</span></div>\n");
    }
    html.append("</div>\n");
  }

  private void tables() {
    html.append("<div class=\"columns\">\n<section>\n<h2>Metrics</h2>\n<table>\n<tr><th></th>");
    List<Metrics> folds = evaluation.metrics();
    boolean several = folds.size() > 1;
    if (several) {
      evaluation
          .parts()
          .forEach(part -> html.append("<th>").append(escaped(part.name())).append("</th>"));
      html.append("<th>Mean ± deviation</th>");
    }
    html.append("<th>").append(several ? "Pooled" : "Value").append("</th></tr>\n");
    for (Metric metric : Metric.values()) {
      html.append("<tr><th>").append(escaped(metric.title())).append("</th>");
      if (several) {
        folds.forEach(fold -> cell(number(fold.get(metric))));
        boolean known = folds.stream().anyMatch(fold -> fold.get(metric).isPresent());
        cell(known ? Metrics.over(folds, metric).toString() : "–");
      }
      cell(number(evaluation.pooled().get(metric)));
      html.append("</tr>\n");
    }
    html.append("</table>\n</section>\n<section>\n<h2>Classification report</h2>\n<pre>");
    html.append(escaped(evaluation.pooled().report().format("Real", "Fake", 4)));
    html.append("</pre>\n</section>\n</div>\n");
  }

  private void cell(String text) {
    html.append("<td>").append(escaped(text)).append("</td>");
  }

  private void plots(Map<String, BufferedImage> plots) {
    html.append("<h2>Plots</h2>\n<div class=\"plots\">\n");
    if (plots.isEmpty()) {
      html.append("<p>Java found no fonts to draw them with.</p>\n");
    }
    plots.forEach((name, plot) -> image(plot, "png", name));
    html.append("</div>\n");
  }

  private void gallery(String title, String none, List<Exhibit> exhibits) {
    html.append("<h2>").append(escaped(title)).append("</h2>\n");
    if (exhibits.isEmpty()) {
      html.append("<p>").append(escaped(none)).append("</p>\n");
      return;
    }
    html.append(
        "<p>Below each image: the truth, and the predicted probability of fake. The threshold");
    html.append(" alone decides here; with a band, a detector may say UNCERTAIN.</p>\n");
    if (exhibits.stream().anyMatch(exhibit -> exhibit.map().isPresent())) {
      html.append(
          "<p>Red places of the maps speak for fake, blue ones for real. They say what the");
      html.append(" network looked at, and prove nothing.</p>\n");
    }
    html.append("<div class=\"gallery\">\n");
    for (Exhibit exhibit : exhibits) {
      ScoredImage scored = exhibit.image();
      String file = name(scored.file());
      html.append("<figure title=\"").append(escaped(scored.file().toString())).append("\">");
      image(exhibit.picture(), "jpeg", file);
      exhibit
          .map()
          .ifPresent(map -> image(map, "jpeg", "what speaks for fake and real in " + file));
      html.append("<figcaption><b class=\"").append(scored.fake() ? "fake" : "real");
      html.append("\">").append(scored.fake() ? "fake" : "real").append("</b> ");
      html.append(number(OptionalDouble.of(scored.probability()))).append("<br><small>");
      html.append(escaped(file)).append("</small></figcaption></figure>\n");
    }
    html.append("</div>\n");
  }

  /** With the folder, which is the source: files of two sources often have the same name. */
  private static String name(Path file) {
    int names = file.getNameCount();
    return file.subpath(Math.max(0, names - 2), names).toString();
  }

  private void image(BufferedImage image, String format, String name) {
    byte[] bytes = ReportFolder.encoded(image, format);
    html.append("<img alt=\"").append(escaped(name)).append("\" src=\"data:image/");
    html.append(format).append(";base64,");
    html.append(Base64.getEncoder().encodeToString(bytes)).append("\">\n");
  }

  private void leftOut() {
    List<LeftOut> all = evaluation.leftOut();
    if (all.isEmpty()) {
      return;
    }
    html.append("<h2>Left out</h2>\n<table class=\"text\">\n<tr><th>File</th><th>Why</th></tr>\n");
    for (LeftOut out : all.subList(0, Math.min(all.size(), MOST_LEFT_OUT))) {
      html.append("<tr>");
      cell(out.file().toString());
      cell(out.reason());
      html.append("</tr>\n");
    }
    html.append("</table>\n");
    if (all.size() > MOST_LEFT_OUT) {
      html.append("<p>And ").append(all.size() - MOST_LEFT_OUT);
      html.append(" more, which metrics.json lists.</p>\n");
    }
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "–";
  }

  private static String style() {
    try (InputStream stream =
        Objects.requireNonNull(HtmlPage.class.getResourceAsStream("report.css"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without anything that means something in HTML, in text or in a quoted attribute. */
  static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text).replaceAll("[\\p{Cntrl}&&[^\n]]", "\uFFFD");
  }
}

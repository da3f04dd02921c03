package io.unmask.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.unmask.evaluation.Metric;
import io.unmask.evaluation.RecallAtRate;
import io.unmask.json.Json;
import io.unmask.training.data.LeftOut;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

  private static final String SCRIPT = "<script>alert(\"1\")</script>&'";

  @TempDir Path folder;

  @Test
  void foldsWithHistoriesHaveAllFiles() throws IOException {
    Evaluation evaluation = folds();
    Path report = folder.resolve("new/report");
    EvaluationReport.write(evaluation, report);
    assertThat(report.toFile().list())
        .containsExactlyInAnyOrder(
            "metrics.json",
            "predictions.csv",
            "history.csv",
            "report.html",
            "confusion_matrix.png",
            "roc.png",
            "scores.png",
            "calibration.png",
            "loss.png",
            "accuracy.png",
            "samples.png",
            "mistakes.png");
    for (String plot : List.of("confusion_matrix.png", "roc.png", "scores.png", "loss.png")) {
      BufferedImage image = ImageIO.read(report.resolve(plot).toFile());
      assertThat(image.getWidth()).isEqualTo(720);
      assertThat(distinctColours(image)).as(plot).isGreaterThan(10);
    }
  }

  @Test
  void metricsAreThoseOfTheParts() throws IOException {
    Evaluation evaluation = folds();
    EvaluationReport.write(evaluation, folder);
    Json json = Json.parse(Files.readAllBytes(folder.resolve("metrics.json")));
    assertThat(json.get("threshold").number()).isEqualTo(0.5);
    assertThat(json.get("facts").get("Model").string()).isEqualTo(SCRIPT);
    assertThat(json.get("folds").elements()).hasSize(3);
    double[] aucs =
        json.get("folds").elements().stream().mapToDouble(f -> f.get("auc").number()).toArray();
    assertThat(aucs[1]).isEqualTo(evaluation.metrics().get(1).get(Metric.AUC).orElseThrow());
    assertThat(json.get("overFolds").get("auc").get("mean").number())
        .isCloseTo((aucs[0] + aucs[1] + aucs[2]) / 3, within(1e-12));
    assertThat(json.get("pooled").get("real").integer()).isEqualTo(60);
    assertThat(json.get("pooled").get("report").string()).contains("weighted avg");
    assertThat(json.get("leftOut").elements().get(0).get("reason").string()).isEqualTo(SCRIPT);
  }

  @Test
  void theTableBySourceIsInTheReport() throws IOException {
    Evaluation evaluation = folds();
    EvaluationReport.write(evaluation, folder);
    Json sources = Json.parse(Files.readAllBytes(folder.resolve("metrics.json"))).get("sources");
    assertThat(sources.get("generators").elements())
        .extracting(each -> each.get("name").string())
        .containsExactly("generator 0", "generator 1");
    Json first = sources.get("generators").elements().get(0);
    assertThat(first.get("images").integer()).isEqualTo(30);
    assertThat(first.get("againstOwnCameras").get("auc").number())
        .isEqualTo(evaluation.sources().generators().get(0).own().auc());
    assertThat(sources.get("cameras").elements().get(0).get("takenForFake").number())
        .isEqualTo(evaluation.sources().cameras().get(0).takenForFake());
    assertThat(sources.get("mean").get("againstAllCameras").get("recallAt5").number())
        .isEqualTo(evaluation.sources().meanAll().recallAt5());
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<h2>By source</h2>", "<th>generator 1</th>", "<th>camera</th>");
    assertThat(Files.readString(folder.resolve("predictions.csv"))).contains(",generator 1\r\n");
  }

  @Test
  void recallAtFewFalsePositivesIsInTheReport() throws IOException {
    Evaluation evaluation = folds();
    EvaluationReport.write(evaluation, folder);
    Json recalls =
        Json.parse(Files.readAllBytes(folder.resolve("metrics.json"))).get("recall_at_fpr");
    assertThat(recalls.elements())
        .extracting(each -> each.get("fpr").number())
        .containsExactly(0.005, 0.01, 0.05);
    Json five = recalls.elements().get(2);
    RecallAtRate expected = RecallAtRate.at(0.05, evaluation.sourced());
    assertThat(five.get("recall").number()).isEqualTo(expected.recall());
    assertThat(five.get("low").number()).isEqualTo(expected.low());
    assertThat(five.get("high").number()).isEqualTo(expected.high());
    assertThat(five.get("threshold").number()).isEqualTo(expected.threshold());
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<h2>Recall at few false positives</h2>", "<th>0.5 %</th>");
  }

  @Test
  void nothingFromOutsideIsHtml() throws IOException {
    EvaluationReport.write(folds(), folder);
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html)
        .contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")
        .doesNotContain("<script")
        .doesNotContainPattern("(src|href)=\"(?!data:)")
        .contains("<th>Fold 2</th>")
        .contains("default-src 'none'");
  }

  @Test
  void predictionsAreQuotedAsRfc4180Says() throws IOException {
    ScoredImage odd = new ScoredImage(Path.of("a,\"b\".png"), true, "x,y", 0.5);
    ScoredImage even = new ScoredImage(Path.of("c.png"), false, "real", 0.75);
    Evaluation two = Evaluation.of("Two", Map.of(), List.of(odd, even), 0.5, List.of());
    EvaluationReport.write(two, folder);
    assertThat(Files.readString(folder.resolve("predictions.csv")))
        .isEqualTo(
            String.join(
                "\r\n",
                "part,file,truth,verdict,probability,source",
                "All images,\"a,\"\"b\"\".png\",FAKE,REAL,0.5,\"x,y\"",
                "All images,c.png,REAL,FAKE,0.75,real",
                ""));
  }

  @Test
  void nothingOfAnEarlierReportIsLeftAndOneClassHasNoRocCurve() throws IOException {
    ScoredImage only = new ScoredImage(Path.of("gone.png"), true, "fake", 0.9);
    EvaluationReport.write(folds(), folder);
    EvaluationReport.write(Evaluation.of("One", Map.of(), List.of(only), 0.5, List.of()), folder);
    assertThat(folder.resolve("roc.png")).doesNotExist();
    assertThat(folder.resolve("history.csv")).doesNotExist();
    assertThat(folder.resolve("mistakes.png")).doesNotExist();
    Json json = Json.parse(Files.readAllBytes(folder.resolve("metrics.json")));
    assertThat(json.get("pooled").get("auc").isNull()).isTrue();
    assertThat(Files.readString(folder.resolve("report.html"))).contains("every verdict is right");
  }

  @Test
  void otherFilesStayAndEarlierReportsAreReplaced() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("report.html"), "old");
    EvaluationReport.write(folds(), folder);
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    assertThat(Files.readString(folder.resolve("report.html"))).startsWith("<!DOCTYPE html>");
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void anEarlierReportStaysWholeIfTheNewOneCannotBeWritten() throws IOException {
    EvaluationReport.write(folds(), folder);
    byte[] before = Files.readAllBytes(folder.resolve("metrics.json"));
    try (ReportFolder target = ReportFolder.at(folder)) {
      target.text("metrics.json", "new");
      target.withdraw("roc.png");
      // Not published, as after an exception.
    }
    assertThat(Files.readAllBytes(folder.resolve("metrics.json"))).isEqualTo(before);
    assertThat(folder.resolve("roc.png")).exists();
    assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
  }

  /** In a folder that everybody may write into, a report is not. */
  @Test
  void aReportIsAsReadableAndWritableAsAnyNewFile() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    EvaluationReport.write(folds(), open);
    Path usual = Files.writeString(open.resolve("usual"), "any new file");
    for (String name : List.of("report.html", "metrics.json", "roc.png")) {
      assertThat(Files.getPosixFilePermissions(open.resolve(name)))
          .isEqualTo(Files.getPosixFilePermissions(usual));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> EvaluationReport.prepare(file))
        .withMessageContaining(file + ": cannot be made a folder");
  }

  @Test
  void nothingToReportOnIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of("None", Map.of(), List.of(), 0.5, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evaluation("None", Map.of(), List.of(), 0.5, List.of()));
  }

  private Evaluation folds() throws IOException {
    Random random = new Random(3);
    Path images = Files.createDirectories(folder.resolve("images"));
    List<Part> parts = new ArrayList<>();
    for (int fold = 1; fold <= 3; fold++) {
      List<ScoredImage> scored = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        boolean fake = i % 2 == 1;
        double logit = random.nextGaussian() * 1.4 + (fake ? 1 : -1);
        Path file = images.resolve("fold " + fold + " image " + i + ".png");
        picture(file, i);
        scored.add(new ScoredImage(file, fake, source(i), 1 / (1 + Math.exp(-logit))));
      }
      parts.add(new Part("Fold " + fold, scored, Optional.of(history(fold))));
    }
    return new Evaluation(
        "Cross-validation",
        Map.of("Model", SCRIPT),
        parts,
        0.5,
        List.of(new LeftOut(Path.of("torn.jpg"), SCRIPT)));
  }

  /** Two generators and one camera. */
  private static String source(int image) {
    return image % 2 == 0 ? "camera" : "generator " + image / 2 % 2;
  }

  private static History history(int fold) {
    List<History.Epoch> epochs = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      double loss = 0.7 / Math.sqrt(i) + 0.01 * fold;
      epochs.add(
          new History.Epoch(
              i, i <= 6 ? 1 : 2, loss, 1 - loss / 2, loss * 1.2, 1 - loss / 1.8, 1e-3));
    }
    return new History(epochs);
  }

  private static void picture(Path file, int number) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(number / 40f, 0.6f, 0.9f));
    graphics.fillOval(4, 4, 24, 24);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private static long distinctColours(BufferedImage image) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }
}

package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

  @TempDir Path folder;
  private Path data;
  private Path report;

  @BeforeEach
  void writeADataSet() throws IOException {
    data = folder.resolve("data");
    report = folder.resolve("new/report");
    Files.createDirectories(data.resolve("real/below"));
    Files.createDirectories(data.resolve("fake"));
    Cli.image(data.resolve("real/a.JPG"), "jpeg");
    Cli.image(data.resolve("real/below/b.png"), "png");
    Cli.image(data.resolve("fake/c.bmp"), "bmp");
  }

  @Test
  void theReportHasTheFilesThatScriptsRelyOn() throws IOException {
    Cli cli = evaluate();
    assertThat(cli.err())
        .isEqualToIgnoringNewLines(
            "unmask: note: 2 real and 1 fake images are few: another such set may give quite other"
                + " figures; take at least 50 of each");
    assertThat(cli.status()).isZero();
    assertThat(cli.out())
        .contains("weighted avg")
        .containsPattern("(?m)^AUC +[01]\\.\\d{4}$")
        .contains(report.resolve("report.html").toString());
    assertThat(report.toFile().list())
        .contains(
            "metrics.json",
            "predictions.csv",
            "report.html",
            "roc.png",
            "confusion_matrix.png",
            "calibration.png",
            "scores.png",
            "samples.png");
    Json pooled = metrics().get("pooled");
    assertThat(pooled.get("real").integer()).isEqualTo(2);
    assertThat(pooled.get("fake").integer()).isEqualTo(1);
    assertThat(metrics().get("facts").get("Backend").string()).startsWith("interpreter");
  }

  @Test
  void probabilitiesAndThresholdAreThoseOfClassify() throws IOException {
    Path file = data.resolve("real/a.JPG");
    String line = Cli.classify("--format", "csv", file).lines().get(1);
    String probability = line.split(",", -1)[2];
    assertThat(evaluate("--threshold", "0.0").status()).isZero();
    assertThat(Files.readAllLines(report.resolve("predictions.csv")).get(1))
        .isEqualTo("All images," + file + ",REAL,FAKE," + probability + ",real");
    assertThat(metrics().get("threshold").number()).isZero();
  }

  @Test
  void whatIsSaidOfEachClassIsCountedWithTheBand() throws IOException {
    Cli cli = evaluate("--band", "0,1");
    assertThat(cli.out())
        .contains(
            "Said of real       UNCERTAIN 2",
            "Said of fakes      UNCERTAIN 1",
            "(the table above counts UNCERTAIN by the threshold alone)");
    assertThat(metrics().get("facts").get("Said of real").string()).isEqualTo("UNCERTAIN 2");
    Cli decided = evaluate("--threshold", "1", "--no-band");
    assertThat(decided.out())
        .contains("Said of real       REAL 2", "Said of fakes      REAL 1")
        .doesNotContain("UNCERTAIN");
  }

  @Test
  void mistakesAreShownWithMapsIfThatIsWanted() throws IOException {
    assertThat(evaluate("--threshold", "0", "--explain").status()).isZero();
    String html = Files.readString(report.resolve("report.html"));
    assertThat(html).contains("Red places of the maps speak for fake");
    assertThat(html.split("what speaks for fake and real in ", -1)).hasSize(3);
    assertThat(evaluate("--threshold", "0").status()).isZero();
    assertThat(Files.readString(report.resolve("report.html"))).doesNotContain("speaks for fake");
  }

  @Test
  void foldersBelowTheClassesAreSources() throws IOException {
    Path generator = Files.createDirectories(data.resolve("fake/sdxl"));
    Cli.image(generator.resolve("d.png"), "png");
    Cli cli = evaluate();
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).contains("Generator, against", "sdxl  ", "Camera", "real  ");
    assertThat(metrics().get("sources").get("generators").elements())
        .extracting(each -> each.get("name").string())
        .containsExactlyInAnyOrder("fake", "sdxl");
    assertThat(Files.readString(report.resolve("predictions.csv"))).contains(",sdxl\r\n");
  }

  @Test
  void aRateOfFalsePositivesChoosesThresholdAndBandAndTheManifestKeepsThem() throws IOException {
    Path model = Files.copy(Path.of(Cli.MODEL), data.resolveSibling("calibrated.keras"));
    Cli cli =
        Cli.run(
            "evaluate",
            "--model",
            model.toString(),
            "--backend",
            "interpreter",
            "--data",
            data.toString(),
            "--report",
            report.toString(),
            "--threshold-at-fpr",
            "0.01",
            "--write-manifest");
    assertThat(cli.status()).isZero();
    assertThat(cli.out()).contains("FAKE above 0.", "REAL below 0.", "unmask.json");
    Json manifest = Json.parse(Files.readAllBytes(model.resolveSibling("unmask.json")));
    double threshold = manifest.get("models").get("calibrated.keras").get("threshold").number();
    assertThat(metrics().get("threshold").number()).isEqualTo(threshold);
    assertThat(metrics().get("pooled").get("confusionMatrix").get("falseFake").integer()).isZero();
    String csv =
        Cli.run(
                "classify",
                "--model",
                model.toString(),
                "--backend",
                "interpreter",
                "--format",
                "json",
                data.resolve("real/a.JPG").toString())
            .out();
    assertThat(csv).contains("\"threshold\":" + threshold);
  }

  @Test
  void whatContradictsARateOfFalsePositivesIsRefused() {
    evaluate("--threshold-at-fpr", "0.01", "--threshold", "0.5")
        .saysOnly("--threshold and --threshold-at-fpr contradict each other");
    evaluate("--write-manifest").saysOnly("--write-manifest", "--threshold-at-fpr 0.01");
    evaluate("--threshold-at-fpr", "1.5").saysOnly("--threshold-at-fpr 1.5, expected a share");
  }

  @Test
  void anImageThatCannotBeDecodedIsLeftOutAndSaid() throws IOException {
    Path broken = Files.writeString(data.resolve("fake/broken.png"), "Dear reader");
    Cli cli = evaluate();
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err())
        .startsWith("unmask: " + broken + ": not an image of a known format")
        .contains("are few")
        .hasLineCount(2);
    assertThat(metrics().get("leftOut").elements()).hasSize(1);
    assertThat(metrics().get("pooled").get("fake").integer()).isEqualTo(1);
    assertThat(Files.readString(report.resolve("predictions.csv"))).doesNotContain("broken");
  }

  @Test
  void aClassOfWhichNothingIsLeftIsAnError() throws IOException {
    Files.writeString(data.resolve("fake/c.bmp"), "Dear reader");
    evaluate().saysOnly("2 real and 0 fake", "c.bmp");
    assertThat(report.resolve("metrics.json")).doesNotExist();
  }

  @Test
  void aDataSetWithoutItsFoldersIsAnError() throws IOException {
    Files.move(data.resolve("fake"), data.resolve("generated"));
    evaluate().saysOnly("fake", "there is no such folder");
    assertThat(evaluate("--fake", "generated").status()).isZero();
  }

  @Test
  void aReportThatCannotBeWrittenIsAnErrorBeforeTheWork() throws IOException {
    Files.createDirectories(report.getParent());
    Files.createFile(report);
    evaluate().saysOnly(report.toString(), "cannot be made a folder");
  }

  @Test
  void aFewImagesOfEachClassAreEnoughForATrial() throws IOException {
    assertThat(evaluate("--limit", "1").status()).isZero();
    assertThat(metrics().get("pooled").get("real").integer()).isEqualTo(1);
    evaluate("--limit", "0").saysOnly("--limit 0");
  }

  @Test
  void dataAndReportMustBeGiven() {
    Cli.run("evaluate", "--model", Cli.MODEL).saysOnly("--data", "--report");
  }

  private Cli evaluate(String... more) {
    List<String> args =
        new ArrayList<>(List.of("evaluate", "--model", Cli.MODEL, "--backend", "interpreter"));
    args.addAll(List.of("--data", data.toString(), "--report", report.toString()));
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  private Json metrics() throws IOException {
    return Json.parse(Files.readAllBytes(report.resolve("metrics.json")));
  }
}

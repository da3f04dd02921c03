package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.json.Json;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyTest {

  @TempDir Path folder;
  private Path face;

  @BeforeEach
  void writeAFace() throws IOException {
    face = Cli.image(folder.resolve("face.jpg"), "jpeg");
  }

  @Test
  void jsonHasTheFieldsThatScriptsRelyOn() {
    Cli cli = Cli.classify("--format", "json", face);
    assertThat(cli.status()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.lines()).hasSize(1);
    Json line = json(cli.lines().get(0));
    assertThat(line.keys())
        .containsExactly(
            "file",
            "label",
            "probability",
            "threshold",
            "members",
            "evidence",
            "backend",
            "precision",
            "preprocessor",
            "milliseconds");
    double probability = line.get("probability").number();
    assertThat(line.get("file").string()).isEqualTo(face.toString());
    assertThat(line.get("label").string()).isEqualTo(probability > 0.5 ? "FAKE" : "REAL");
    assertThat(line.get("threshold").number()).isEqualTo(0.5);
    assertThat(line.get("members").elements())
        .extracting(Json::number)
        .isEqualTo(List.of(probability));
    assertThat(line.get("backend").string()).isEqualTo("interpreter");
    assertThat(line.get("preprocessor").string()).isEqualTo("java");
    assertThat(line.get("milliseconds").number()).isPositive();
  }

  @Test
  void ofSeveralFacesItIsSaidWhichOneANoteIsAbout() throws IOException {
    BufferedImage portrait = ImageIO.read(Docs.ROOT.resolve("examples/data/portrait.jpg").toFile());
    BufferedImage two = new BufferedImage(400, 200, BufferedImage.TYPE_INT_RGB);
    two.createGraphics().drawImage(portrait, 0, 0, 200, 200, null);
    two.createGraphics().drawImage(portrait, 200, 0, 200, 200, null);
    Path photo = folder.resolve("two.png");
    ImageIO.write(two, "png", photo.toFile());
    Path model = Files.createDirectory(folder.resolve("model")).resolve("cnn.keras");
    Files.copy(Path.of(Cli.MODEL), model);
    Files.writeString(
        model.resolveSibling("unmask.json"),
        "{\"version\": 1, \"faces\": \"crop\", \"minFace\": 500}");
    Cli cli = Cli.run("classify", "--model", model.toString(), photo.toString());
    assertThat(cli.out()).contains("two.png  (2 faces, 0 fake)");
    assertThat(cli.err().lines().filter(line -> line.contains("note: " + photo)))
        .hasSize(2)
        .allMatch(line -> line.matches(".*, face [12] of 2, at \\d+,\\d+: the face is .*"));
  }

  @Test
  void withoutAModelTheBundledOneIsUsedAndItsManifestIsFollowed() throws IOException {
    Path square = Cli.image(folder.resolve("square.png"), "png", 32, 32);
    Cli cli = Cli.classifyByDefault("--format", "json", square);
    assertThat(cli.status()).isZero();
    assertThat(cli.err()).isEmpty();
    Json line = json(cli.lines().get(0));
    List<Double> members = line.get("members").elements().stream().map(Json::number).toList();
    assertThat(members).hasSize(2);
    double mean = (members.get(0) + members.get(1)) / 2;
    double odds = mean * mean / ((1 - mean) * (1 - mean));
    assertThat(line.get("probability").number()).isEqualTo(odds / (1 + odds), within(1e-12));
    assertThat(line.get("threshold").number()).isEqualTo(0.75);
    assertThat(line.keys()).doesNotContain("warnings");
  }

  @Test
  void imagesThatTheModelIsNotForAreWarnedOf() {
    Cli text = Cli.classifyByDefault(face);
    assertThat(text.status()).isZero();
    assertThat(text.lines()).hasSize(1);
    assertThat(text.err().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("unmask: warning: " + face + ": 40 x 30 pixels, but the model is")
                    .contains("(crops of a face)", "at least 32 pixels a side"),
            line -> assertThat(line).contains("0.8 to 1.25 times as wide as high"));
    Cli json = Cli.classifyByDefault("--format", "json", face);
    assertThat(json.err()).isEmpty();
    Json line = json(json.lines().get(0));
    assertThat(line.keys()).endsWith("milliseconds", "warnings");
    assertThat(line.get("warnings").elements())
        .extracting(Json::string)
        .satisfiesExactly(
            first -> assertThat(first).contains("32 pixels a side"),
            second -> assertThat(second).contains("as wide as high"));
    assertThat(Cli.classifyByDefault("--format", "csv", face).lines().get(1))
        .matches(
            ".*,,\"40 x 30 pixels, .*; 40 x 30 pixels, .*\",,,,[^,]+,f32,[0-9a-f]{4}(-[0-9a-f]{4}){3}");
  }

  @Test
  void theOtherFakeClassAndTheThresholdTurnTheVerdictRound() {
    double one = probability(Cli.classify("--format", "json", face));
    double zero = probability(Cli.classify("--format", "json", "--fake-class", 0, face));
    assertThat(zero).isEqualTo(1.0 - one);
    assertThat(Cli.classify("--threshold", 0, face).out()).startsWith("FAKE ");
    assertThat(Cli.classify("--threshold", 1, face).out()).startsWith("REAL ");
  }

  @Test
  void theManifestBesideTheModelIsFollowed() throws IOException {
    Path model = Files.copy(Path.of(Cli.MODEL), folder.resolve("copy.keras"));
    Files.writeString(
        folder.resolve("unmask.json"),
        "{\"version\": 1, \"models\": {\"copy.keras\": {\"fakeClass\": 0, \"threshold\": 0.25}}}");
    Cli cli =
        Cli.run(
            "classify", "--format=json", "--backend=interpreter", "--model=" + model, face + "");
    Json line = json(cli.lines().get(0));
    assertThat(line.get("threshold").number()).isEqualTo(0.25);
    assertThat(line.get("probability").number())
        .isEqualTo(1.0 - probability(Cli.classify("--format", "json", face)));
  }

  @Test
  void theModelsOfAFolderAreFused() throws IOException {
    Files.copy(Path.of(Cli.MODEL), folder.resolve("one.keras"));
    Files.copy(Path.of(Cli.MODEL), folder.resolve("two.keras"));
    Cli cli =
        Cli.run(
            "classify",
            "--format=json",
            "--backend=interpreter",
            "--fusion=noisy-or",
            "--model=" + folder,
            face + "");
    double one = probability(Cli.classify("--format", "json", face));
    Json line = json(cli.lines().get(0));
    assertThat(line.get("members").elements()).extracting(Json::number).containsExactly(one, one);
    assertThat(line.get("probability").number()).isEqualTo(1 - (1 - one) * (1 - one));
  }

  @Test
  void aBandLeavesImagesUndecided() {
    assertThat(Cli.classify("--band", "0,1", face).out()).startsWith("UNCERTAIN ");
    assertThat(Cli.classify("--max-spread", "0", face).out()).doesNotContain("UNCERTAIN");
    Cli.classify("--band", "0.5", face).saysOnly("--band takes two probabilities");
    Cli.classify("--band", "0.6,0.4", face).saysOnly("the lower first");
    Cli.classify("--fusion", "average", face).saysOnly("'average'", "mean, weighted-mean");
  }

  @Test
  void textIsOneLineAnImageWithColoursOnATerminalOnly() {
    assertThat(Cli.classify(face).out()).matches("(REAL|FAKE) 0\\.\\d{4}  .*face\\.jpg\\R");
    assertThat(Cli.classify(face).out()).doesNotContain("\u001b");
  }

  @Test
  void csvHasAHeaderAndQuotesWhatNeedsIt() throws IOException {
    Path odd = Cli.image(folder.resolve("a,\"b\".png"), "png");
    Cli cli = Cli.classify("--format", "csv", odd, folder.resolve("missing.jpg"));
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.lines()).hasSize(3);
    assertThat(cli.lines().get(0))
        .isEqualTo(
            "file,label,probability,threshold,members,backend,preprocessor,milliseconds,error,warnings,faces,evidence,reason,model,precision,settings");
    assertThat(cli.lines().get(1))
        .startsWith("\"" + folder + "/a,\"\"b\"\".png\",")
        .contains(",interpreter,java,");
    assertThat(cli.lines().get(2))
        .isEqualTo(folder.resolve("missing.jpg") + ",,,,,,,,no such file; check the path,,,,,,,");
  }

  @Test
  void aFolderIsLookedThroughInOrderForImagesOfAnyName() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos/below/deeper"));
    Cli.image(folder.resolve("photos/z.PNG"), "png");
    Cli.image(folder.resolve("photos/a.JpEg"), "jpeg");
    Cli.image(folder.resolve("photos/notes.txt"), "png");
    Cli.image(photos.resolve("m.gif"), "gif");
    Files.createSymbolicLink(photos.resolve("loop"), folder.resolve("photos"));
    Cli cli = Cli.classify("--format", "json", face, folder.resolve("photos"));
    assertThat(cli.status()).isZero();
    assertThat(cli.lines())
        .extracting(line -> folder.relativize(Path.of(json(line).get("file").string())).toString())
        .containsExactly(
            "face.jpg",
            "photos/a.JpEg",
            "photos/below/deeper/m.gif",
            "photos/notes.txt",
            "photos/z.PNG");
  }

  @Test
  void aFileThatIsNamedIsTriedWhateverItsExtension() throws IOException {
    Path unusual = Files.copy(face, folder.resolve("upload.tmp"));
    assertThat(Cli.classify(unusual).status()).isZero();
  }

  @Test
  void copiesAndMapsNeedFoldersOfTheirOwn() {
    Path copies = folder.resolve("copies");
    Cli.classify("--annotate", copies, "--explain", copies.resolve("../copies"), face)
        .saysOnly("--annotate and --explain name the same folder");
    assertThat(copies).doesNotExist();
  }

  @Test
  void annotatedCopiesAreMadeAndNothingIsOverwritten() throws IOException {
    Path copies = folder.resolve("new/copies");
    byte[] before = Files.readAllBytes(face);
    assertThat(Cli.classify("--annotate", copies, face).status()).isZero();
    assertThat(Cli.classify("--annotate", copies, face).status()).isZero();
    assertThat(copies.toFile().list()).containsExactlyInAnyOrder("face.jpg.png", "face.jpg-2.png");
    assertThat(Files.readAllBytes(face)).isEqualTo(before);
    BufferedImage copy = ImageIO.read(copies.resolve("face.jpg.png").toFile());
    BufferedImage original = ImageIO.read(face.toFile());
    assertThat(copy.getHeight()).isEqualTo(original.getHeight() + 13);
    assertThat(copy.getRGB(10, 10)).isEqualTo(original.getRGB(10, 10));
    assertThat(copy.getRGB(0, 31)).isIn(0xFFB71C1C, 0xFF1B5E20);
  }

  @Test
  void anImageThatImageIoCannotDecodeIsAnnotatedAllTheSame() throws IOException {
    Path cmyk = folder.resolve("cmyk.jpg");
    try (var stream = ClassifyTest.class.getResourceAsStream("/images/cmyk-adobe.jpg")) {
      Files.copy(stream, cmyk);
    }
    Cli cli = Cli.classify("--annotate", folder.resolve("copies"), cmyk);
    assertThat(cli.err()).isEmpty();
    assertThat(folder.resolve("copies/cmyk.jpg.png")).exists();
  }

  @Test
  void verboseSaysWhatIsUsed() {
    Cli cli = Cli.classify("--verbose", face);
    assertThat(cli.err()).contains("sequential_cnn.keras").contains("backend interpreter");
  }

  private static double probability(Cli cli) {
    return json(cli.lines().get(0)).get("probability").number();
  }

  private static Json json(String line) {
    return Json.parse(line.getBytes(StandardCharsets.UTF_8));
  }
}

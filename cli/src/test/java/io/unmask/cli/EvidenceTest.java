package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of what files claim about themselves. */
class EvidenceTest {

  private static final String SENTENCE =
      "a generator's text claims that it was made by AI, with \"NovelAI\": Software \"NovelAI\";"
          + " unsigned, anybody can write it";

  @TempDir Path folder;
  private Path plain;
  private Path labelled;

  @BeforeEach
  void writePictures() throws IOException {
    plain = Cli.image(folder.resolve("plain.png"), "png");
    labelled = Files.write(folder.resolve("novel.png"), labelled(Files.readAllBytes(plain)));
  }

  /** Puts a text chunk behind a PNG's header. */
  private static byte[] labelled(byte[] png) {
    byte[] text = "tEXtSoftware\0NovelAI".getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.writeBytes(ByteBuffer.allocate(4).putInt(text.length - 4).array());
    out.writeBytes(text);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    out.writeBytes(Arrays.copyOfRange(png, 33, png.length));
    return out.toByteArray();
  }

  @Test
  void aSentenceIsSaidOfEachClaimAndThatNoneProvesNothing() {
    Cli cli = Cli.run("evidence", labelled.toString(), plain.toString());
    assertThat(cli.status()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.lines())
        .containsExactly(
            labelled + ": " + SENTENCE, plain + ": no label found, which proves nothing");
  }

  @Test
  void jsonHasTheFieldsThatProgramsRelyOn() {
    Cli cli = Cli.run("evidence", "--format", "json", labelled.toString(), plain.toString());
    Json line = json(cli.lines().get(0));
    assertThat(line.keys()).containsExactly("file", "evidence");
    Json evidence = line.get("evidence").elements().get(0);
    assertThat(evidence.keys())
        .containsExactly("source", "claim", "generator", "detail", "verified");
    assertThat(evidence.get("source").string()).isEqualTo("generator_text");
    assertThat(evidence.get("claim").string()).isEqualTo("ai_generated");
    assertThat(evidence.get("generator").string()).isEqualTo("NovelAI");
    assertThat(evidence.get("detail").string()).isEqualTo("Software \"NovelAI\"");
    assertThat(evidence.get("verified").string()).isEqualTo("unsigned");
    assertThat(json(cli.lines().get(1)).get("evidence").elements()).isEmpty();
  }

  @Test
  void csvHasALineForEachClaimAndForEachFileWithoutOne() {
    Cli cli = Cli.run("evidence", "--format", "csv", labelled.toString(), plain.toString());
    assertThat(cli.lines())
        .containsExactly(
            "file,source,claim,generator,detail,verified,error",
            labelled
                + ",generator_text,ai_generated,NovelAI,\"Software \"\"NovelAI\"\"\",unsigned,",
            plain + ",,,,\"no label found, which proves nothing\",,");
  }

  @Test
  void filesThatCannotBeReadAreSaidAndTheOthersAreRead() {
    Path missing = folder.resolve("missing.jpg");
    Cli cli = Cli.run("evidence", missing.toString(), labelled.toString());
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.err())
        .isEqualTo(
            "unmask: " + missing + ": no such file; check the path" + System.lineSeparator());
    assertThat(cli.lines()).hasSize(1);
    Cli json = Cli.run("evidence", "--format=json", missing.toString());
    assertThat(json(json.lines().get(0)).get("error").string())
        .isEqualTo("no such file; check the path");
    Cli csv = Cli.run("evidence", "--format=csv", missing.toString());
    assertThat(csv.lines().get(1)).isEqualTo(missing + ",,,,,,no such file; check the path");
  }

  @Test
  void classifySaysItBesideTheVerdictAndDoesNotCountIt() {
    Cli text = Cli.classify(labelled);
    Cli bare = Cli.classify(plain);
    assertThat(text.out())
        .matches(
            "(REAL|FAKE) 0\\.\\d{4}  .*novel\\.png  claims: made by AI \\(a generator's text\\)\\R");
    assertThat(text.out().substring(0, 11)).isEqualTo(bare.out().substring(0, 11));
    Json json = json(Cli.classify("--format", "json", labelled).lines().get(0));
    assertThat(json.get("evidence").elements()).hasSize(1);
    assertThat(Cli.classify("--format", "csv", labelled).lines().get(1))
        .contains(",\"" + SENTENCE.replace("\"", "\"\"") + "\",,");
  }

  @Test
  void anEmptyFolderIsSaidToHoldNothingOfAllThatIsRead(@TempDir Path empty) {
    Cli result = Cli.run("evidence", empty.toString());
    assertThat(result.err()).contains("holds no image (JPEG, PNG, GIF, BMP, WebP, HEIC, AVIF");
  }

  /** A photo that cannot be decoded can claim something all the same. */
  @Test
  void aFolderIsSearchedForAllThatIsReadByItsName() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    String drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";
    Files.writeString(photos.resolve("a.svg"), drawing);
    byte[] tiff = {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Files.write(photos.resolve("b.tif"), tiff);
    Files.writeString(photos.resolve("c.txt"), "no image");
    Cli cli = Cli.run("evidence", photos.toString());
    assertThat(cli.lines()).hasSize(2);
    assertThat(cli.lines().get(0)).contains("a.svg");
    assertThat(cli.lines().get(1)).contains("b.tif");
    assertThat(cli.err()).contains("1 file left out: 1 x no image");
    assertThat(cli.status()).isZero();
  }

  private static Json json(String line) {
    return Json.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  /** That no label was found would be said of something that was not looked through. */
  @Test
  void whatIsNoImageIsAnError() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    Cli result = Cli.run("evidence", text.toString(), empty.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(text + ": not an image of a known format", empty + ": empty, expected an image");
  }
}

package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of images, and runs that go on. */
class ClassifyManyTest {

  @TempDir Path folder;
  private Path photos;
  private Path list;
  private Path out;

  @BeforeEach
  void writePhotos() throws IOException {
    photos = Files.createDirectory(folder.resolve("photos"));
    for (String name : List.of("a.png", "b, \"quoted\".png", "\"c\".png", "d.png")) {
      Cli.image(photos.resolve(name), "png");
    }
    list = folder.resolve("list.txt");
    out = folder.resolve("out.csv");
  }

  private void list(String... names) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      lines.add(photos.resolve(name).toString());
    }
    Files.write(list, lines);
  }

  @Test
  void aListNamesImagesAndFolders() throws IOException {
    Files.writeString(list, photos.resolve("a.png") + "\n\n" + photos + "\nnowhere.png\n");
    Cli cli = Cli.classify("--format", "csv", "--files-from", list);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.lines()).hasSize(1 + 1 + 4 + 1);
    assertThat(cli.lines().get(1)).startsWith(photos.resolve("a.png") + ",");
    assertThat(cli.err())
        .containsPattern(
            "unmask: 5 images classified \\((REAL|FAKE) 5\\), 1 failed, in \\d+ s, [\\d.]+ a second");
  }

  @Test
  void aListMayComeFromStandardInput() throws IOException {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              photos.resolve("d.png").toString().getBytes(StandardCharsets.UTF_8)));
      Cli cli = Cli.classify("--files-from", "-", photos.resolve("a.png"));
      assertThat(cli.lines()).hasSize(2);
      assertThat(cli.lines().get(1)).endsWith("d.png");
    } finally {
      System.setIn(before);
    }
    Cli.classify("--files-from", "-", "-").saysOnly("standard input is read once");
    Cli.classify("--files-from", folder.resolve("none"))
        .saysOnly("none: the list cannot be read: there is no such file or folder");
    Cli.classify().saysOnly("no image is named");
  }

  @Test
  void aRunThatWasEndedGoesOnAndDoesNothingTwice() throws IOException {
    list("a.png", "b, \"quoted\".png", "\"c\".png");
    Cli first = Cli.classify("--files-from", list, "--resume", out);
    assertThat(first.status()).isZero();
    assertThat(first.out()).isEmpty();
    List<String> rows = Files.readAllLines(out);
    assertThat(rows).hasSize(4);
    try (RandomAccessFile file = new RandomAccessFile(out.toFile(), "rw")) {
      file.setLength(file.length() - 9); // as if it had been killed
    }
    list("d.png", "\"c\".png", "b, \"quoted\".png", "a.png", "d.png");
    Cli second = Cli.classify("--files-from", list, "--resume", out);
    assertThat(second.status()).isZero();
    assertThat(second.err()).contains("2 images classified", "; 3 had a result already");
    List<String> all = Files.readAllLines(out);
    assertThat(all).hasSize(5);
    assertThat(all.subList(0, 3)).isEqualTo(rows.subList(0, 3));
    assertThat(all.get(3)).startsWith(photos.resolve("d.png") + ",");
    assertThat(all.get(4)).startsWith("\"" + photos + "/\"\"c\"\".png\",");
  }

  @Test
  void imagesWhoseNamesCannotBeToldApartAllHaveARow() throws IOException {
    // What is left of two names that are not UTF-8 is the same.
    Path odd = Files.copy(photos.resolve("a.png"), photos.resolve("odd\uFFFD.png"));
    Files.writeString(list, odd + "\n" + odd + "\n");
    Cli run = Cli.classify("--files-from", list, "--resume", out);
    assertThat(run.err()).contains("2 failed").doesNotContain("had a result already");
    assertThat(Files.readAllLines(out)).hasSize(3);
  }

  @Test
  void rowsOfOtherOptionsAreNotMixed() throws IOException {
    Cli.classify("--resume", out, photos.resolve("a.png"));
    String torn = photos.resolve("b") + ",";
    Files.writeString(out, torn, StandardOpenOption.APPEND);
    String before = Files.readString(out);
    Cli.classify("--resume", out, "--threshold", "0.75", photos)
        .saysOnly(
            "out.csv: its rows are of the threshold '", "those of this run would be of '0.75'");
    Path other = Files.copy(Path.of(Cli.MODEL), folder.resolve("other.keras"));
    Cli.run(
            "classify",
            "--model",
            other.toString(),
            "--backend",
            "interpreter",
            "--resume",
            out.toString(),
            photos.resolve("b, \"quoted\".png").toString())
        .saysOnly("out.csv: its rows are of the model '", "other.keras");
    Map<String, String> parts =
        Map.of(
            "--band=0.1,0.9", "threshold, band or calibration;",
            "--fake-class=0", "how an image becomes numbers, which class is fake, or precision;",
            "--mirrored", "faces, views or mirroring;");
    parts.forEach(
        (option, part) ->
            Cli.classify("--resume", out, option, photos)
                .saysOnly(
                    "out.csv: its rows are of the settings '",
                    "', which differ in this: " + part + " run it with the same model and"));
    assertThat(Files.readString(out)).isEqualTo(before);
    assertThat(Cli.classify("--resume", out, "--threads", "1", photos).status()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(5);
  }

  @Test
  void failuresAreNotTriedAgainAndSayNothingOfTheOptions() throws IOException {
    Files.writeString(photos.resolve("e.png"), "no image");
    Cli failed = Cli.classify("--resume", out, photos.resolve("e.png"));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains(photos.resolve("e.png") + ": not an image", "0 images classified, 1 failed");
    assertThat(Cli.classify("--resume", out, "--threshold", "0.75", photos).status()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(6);
  }

  @Test
  void ofManyFailuresTheFirstAreSaid() throws IOException {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      names.append(photos.resolve("none" + i)).append('\n');
    }
    Files.writeString(list, names);
    Cli cli = Cli.classify("--files-from", list, "--resume", out);
    assertThat(cli.err())
        .contains("none19: ", "further failures are said in " + out + " alone")
        .doesNotContain("none20");
    assertThat(Files.readAllLines(out)).hasSize(26);
  }

  @Test
  void aFileThatAnEditorSavedWithOtherLineEndsIsGoneOnWith() throws IOException {
    Cli.classify("--resume", out, photos.resolve("a.png"));
    Files.writeString(out, Files.readString(out).replace("\n", "\r\n"));
    assertThat(Cli.classify("--resume", out, photos).status()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(5);
  }

  @Test
  void standardInputHasNoNameToBeKnownBy() throws IOException {
    Cli.classify("--resume", out, "-").saysOnly("--resume cannot be used with '-'");
    assertThat(out).doesNotExist();
    Files.writeString(list, "-\n" + photos.resolve("a.png") + "\n");
    assertThat(Cli.classify("--files-from", list, "--resume", out).status()).isEqualTo(1);
    assertThat(Files.readString(out))
        .contains("\n-,", "has no name that the next run")
        .hasLineCount(3);
  }

  @Test
  void aRunThatWasKilledInTheHeaderBeginsAnew() throws IOException {
    Files.writeString(out, "file,label,prob");
    assertThat(Cli.classify("--resume", out, photos.resolve("a.png")).status()).isZero();
    assertThat(Files.readAllLines(out)).hasSize(2).first().isEqualTo(CsvReport.HEADER);
  }

  @Test
  void aListWithALineThatIsNotUtf8OrThatIsAFolderSaysSo() throws IOException {
    byte[] good = (photos.resolve("a.png") + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] lines = Arrays.copyOf(good, good.length + 6);
    System.arraycopy(new byte[] {(byte) 0xE9, '.', 'j', 'p', 'g', '\n'}, 0, lines, good.length, 6);
    Files.write(list, lines);
    Cli cli = Cli.classify("--files-from", list);
    assertThat(cli.status()).isEqualTo(1);
    assertThat(cli.lines()).hasSize(1);
    assertThat(cli.err()).contains("1 failed").doesNotContain("java.", "Exception");
    Cli.classify("--files-from", photos)
        .saysOnly("photos: the list cannot be read: is a directory");
  }

  @Test
  void anotherFileIsNotWrittenInto() throws IOException {
    for (String other :
        List.of("name,verdict\nx,y\n", "one line without an end", "file,label\nx,REAL\n")) {
      Files.writeString(out, other);
      Cli.classify("--resume", out, photos)
          .saysOnly("out.csv: holds something else than results, or those of another version");
      assertThat(Files.readString(out)).isEqualTo(other);
    }
    Cli.classify("--resume", folder.resolve("no/out.csv"), photos)
        .saysOnly("cannot be written: there is no such file or folder");
    Cli.classify("--resume", out, "--format", "json", photos).saysOnly("--resume writes CSV");
  }
}

package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.unmask.error.ImageException;
import io.unmask.error.ModelFormatException;
import io.unmask.image.ImageFolder;
import io.unmask.keras.KerasReader;
import io.unmask.keras.KerasWriter;
import io.unmask.keras.Precision;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFile;
import io.unmask.model.ModelFolder;
import io.unmask.testkit.InterpreterBackend;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Files on a Windows-like file system, which is not the default one: backslashes, drives, names
 * whose case does not matter, and paths that are no {@link java.io.File}.
 */
class WindowsPathsTest {

  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
  private final Path folder = windows.getPath("C:\\models");

  @BeforeEach
  void writeAModel() throws IOException {
    Files.createDirectory(folder);
    KerasWriter.write(TestModels.network(), folder.resolve("Fold.keras"), Precision.SINGLE);
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private static Path image(Path file, int red) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, red << 16);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (OutputStream stream = Files.newOutputStream(file)) {
      ImageIO.write(image, "png", stream);
    }
    return file;
  }

  private static Detector detector(Path model) {
    return Detector.builder().backend(new InterpreterBackend()).model(model).open();
  }

  @Test
  void aModelIsReadAndAnImageClassified() throws IOException {
    Path image = image(windows.getPath("C:\\photos\\face.png"), 255);
    double expected = 1 / (1 + Math.exp(-1)); // the mean of red, 1, times its weight, 1
    for (Path model : List.of(folder, folder.resolve("Fold.keras"))) {
      try (Detector detector = detector(model)) {
        assertThat(detector.classify(image).probability())
            .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6));
        Path missing = windows.getPath("C:\\photos\\none.png");
        try (Stream<Outcome<Path>> outcomes = detector.classifyAll(Stream.of(image, missing))) {
          List<Outcome<Path>> list = outcomes.toList();
          assertThat(list.get(0).classification()).isPresent();
          assertThat(((Outcome.Failed<Path>) list.get(1)).error())
              .isInstanceOf(ImageException.class)
              .hasMessage("C:\\photos\\none.png: no such file; check the path");
        }
      }
    }
  }

  @Test
  void aModelInTheWorkingFolderOfItsFileSystemIsReadWithItsManifest() throws IOException {
    Path work = windows.getPath("").toAbsolutePath();
    Files.copy(folder.resolve("Fold.keras"), work.resolve("near.keras"));
    Files.writeString(work.resolve("unmask.json"), "{\"version\": 1, \"threshold\": 0.25}");
    try (Detector detector = detector(windows.getPath("near.keras"))) {
      assertThat(detector.info().threshold()).isEqualTo(0.25);
    }
  }

  @Test
  void whatAManifestSaysOfAFileHoldsInWhateverCaseTheFileIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("unmask.json"),
        """
        {"version": 1, "members": ["FOLD.keras"], "weights": {"fold.KERAS": 2},
         "models": {"FOLD.KERAS": {"threshold": 0.25}}}
        """);
    Manifest manifest = ManifestFile.read(ModelFolder.of(folder)).orElseThrow();
    assertThat(manifest.members()).containsExactly("Fold.keras");
    assertThat(manifest.weights().orElseThrow()).containsOnlyKeys("Fold.keras");
    for (Path model :
        List.of(folder, folder.resolve("Fold.keras"), windows.getPath("c:\\MODELS\\fold.KERAS"))) {
      try (Detector detector = detector(model)) {
        assertThat(detector.info().threshold()).as(model.toString()).isEqualTo(0.25);
        assertThat(detector.info().members()).containsExactly("Fold.keras");
      }
    }
  }

  @Test
  void aManifestMayNotNameAFileTwiceOrOneElsewhere() throws IOException {
    Path manifest = folder.resolve("unmask.json");
    Files.copy(folder.resolve("Fold.keras"), windows.getPath("C:\\outside.keras"));
    for (String members :
        List.of(
            "[\"Fold.keras\", \"FOLD.KERAS\"]",
            "[\"..\\\\outside.keras\"]",
            "[\"C:\\\\outside.keras\"]",
            "[\"a:b?*.keras\"]")) {
      Files.writeString(manifest, "{\"version\": 1, \"members\": " + members + "}");
      assertThatExceptionOfType(ModelFormatException.class)
          .as(members)
          .isThrownBy(
              () -> ModelFile.read(folder.resolve("Fold.keras"), java.util.OptionalInt.empty()))
          .withMessageStartingWith("C:\\models\\unmask.json: ");
    }
  }

  @Test
  void aBrokenModelIsNamedByItsPath() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.keras"), "no model");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> KerasReader.read(broken))
        .withMessageStartingWith("C:\\models\\broken.keras: ");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> KerasReader.read(windows.getPath("D:\\none.keras")))
        .withMessageStartingWith("D:\\none.keras: ");
  }

  /** As on any other system: by the names of the folders and not by the sign between them. */
  @Test
  void aFolderListsItsImagesInTheOrderOfOtherSystems() throws IOException {
    Path photos = windows.getPath("C:\\photos");
    for (String name : List.of("a\\2.png", "a-b\\1.png", "a0.png", "UPPER.PNG", "b\\c\\3.png")) {
      image(photos.resolve(name), 10);
    }
    Files.writeString(photos.resolve("notes.txt"), "nothing");
    ImageFolder found = ImageFolder.of(photos);
    assertThat(found.entries())
        .extracting(entry -> photos.relativize(entry.path()).toString())
        .containsExactly("UPPER.PNG", "a-b\\1.png", "a\\2.png", "a0.png", "b\\c\\3.png");
    assertThat(found.leftOut()).containsExactly(java.util.Map.entry(ImageFolder.NO_IMAGE, 1));
  }

  @Test
  void aModelIsWrittenWhereAnotherOneWas() throws IOException {
    Path file = folder.resolve("Fold.keras");
    KerasWriter.write(TestModels.network(), file, Precision.HALF);
    assertThat(KerasReader.read(file).parameters()).isEqualTo(4);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}

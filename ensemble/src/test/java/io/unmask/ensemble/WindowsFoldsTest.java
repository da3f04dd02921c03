package io.unmask.ensemble;

import static io.unmask.ensemble.Folds.fold;
import static io.unmask.ensemble.Folds.folds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.unmask.Detector;
import io.unmask.error.ModelFormatException;
import io.unmask.testkit.InterpreterBackend;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Folds on a Windows-like file system that is not the default one. */
class WindowsFoldsTest {

  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
  private final Path folder = windows.getPath("C:\\folds");

  @BeforeEach
  void writeFolds() throws IOException {
    Files.createDirectory(folder);
    Folds.write(folder, folds(1, 2));
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
  }

  private static Detector open(Path... paths) {
    return Detector.builder().backend(new InterpreterBackend()).model(paths).open();
  }

  @Test
  void aFolderIsOneDetector() {
    try (Detector detector = open(folder)) {
      assertThat(detector.info().members()).containsExactly(folds(1, 2));
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo((Folds.answer(fold(1))[0] + Folds.answer(fold(2))[0]) / 2, within(2e-5));
    }
  }

  /** A weight under a name in other letters once counted for nobody. */
  @Test
  void weightsBelongToFilesInWhateverCaseTheyAreNamed() throws IOException {
    Files.writeString(
        folder.resolve("unmask.json"),
        "{\"version\": 1, \"weights\": {\"%s\": 3, \"%s\": 1}}"
            .formatted(fold(1).toUpperCase(java.util.Locale.ROOT), fold(2)));
    try (Detector detector = open(folder)) {
      assertThat(detector.info().fusion()).isEqualTo("weighted-mean");
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo((3 * Folds.answer(fold(1))[0] + Folds.answer(fold(2))[0]) / 4, within(2e-5));
    }
  }

  @Test
  void aFileIsGivenTwiceInWhateverCaseItIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(folder.resolve(fold(1)), windows.getPath("c:\\FOLDS\\" + fold(1))))
        .withMessageContaining("given twice");
  }

  @Test
  void aMissingFoldIsNamedByItsPath() throws IOException {
    Files.move(folder.resolve(fold(2)), folder.resolve(fold(3)));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> open(folder))
        .withMessageStartingWith("C:\\folds: fold 2 is missing");
  }
}

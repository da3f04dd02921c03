package io.unmask.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "before");
    WholeFile.write(file, stream -> stream.write('n'));
    assertThat(file).hasContent("n");
    assertThat(folder.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void whenWritingFailsTheEarlierFileStays() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "before");
    WholeFile.Content half =
        stream -> {
          stream.write(new byte[100_000]);
          throw new IOException("full");
        };
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WholeFile.write(file, half))
        .withMessage("full");
    WholeFile.Content broken =
        stream -> {
          throw new IllegalStateException("wrong");
        };
    assertThatThrownBy(() -> WholeFile.write(file, broken)).hasMessage("wrong");
    assertThat(file).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void whatIsPreparedIsThereWhenItIsPublished() throws IOException {
    Path file = folder.resolve("a.txt");
    try (WholeFile prepared = WholeFile.prepare(file, stream -> stream.write('p'))) {
      assertThat(file).doesNotExist();
      assertThat(prepared.target()).isEqualTo(file);
      prepared.publish();
    }
    assertThat(file).hasContent("p");
    WholeFile.prepare(file, stream -> stream.write('q')).close();
    assertThat(file).hasContent("p");
    assertThat(folder.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void aNameThatIsTakenIsNotTaken() throws IOException {
    Path file = folder.resolve("a.txt");
    assertThat(WholeFile.create(file, stream -> stream.write('1'))).isTrue();
    assertThat(WholeFile.create(file, stream -> stream.write('2'))).isFalse();
    assertThat(file).hasContent("1");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThat(WholeFile.create(link, stream -> stream.write('3'))).isFalse();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.txt", "link");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    Path file = folder.resolve("no/a.txt");
    assertThatThrownBy(() -> WholeFile.write(file, stream -> stream.write('1')))
        .isInstanceOf(NoSuchFileException.class);
  }
}

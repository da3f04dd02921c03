package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

  @TempDir Path folder;

  @Test
  void filesStayInTheOrderGivenAndFoldersAreSorted() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (String name : List.of("b.webp", "a.bmp", "c.gif", "d.txt", "jpg")) {
      Files.createFile(photos.resolve(name));
    }
    assertThat(ImageFiles.list(List.of(Path.of("z"), photos, Path.of("a"))))
        .containsExactly(
            new ImageFiles.Input(Path.of("z"), null),
            new ImageFiles.Input(photos.resolve("a.bmp"), null),
            new ImageFiles.Input(photos.resolve("b.webp"), null),
            new ImageFiles.Input(photos.resolve("c.gif"), null),
            new ImageFiles.Input(Path.of("a"), null));
  }

  @Test
  void linksAreFollowedAndLoopsEnd() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos/below"));
    Files.createFile(folder.resolve("photos/a.png"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("e.png"));
    Files.createSymbolicLink(photos.resolve("up"), folder.resolve("photos"));
    Files.createSymbolicLink(photos.resolve("linked"), elsewhere);
    Files.createSymbolicLink(photos.resolve("dangling.png"), folder.resolve("nowhere"));
    assertThat(ImageFiles.list(List.of(folder.resolve("photos"))))
        .extracting(ImageFiles.Input::path)
        .containsExactly(
            folder.resolve("photos/a.png"),
            photos.resolve("dangling.png"),
            photos.resolve("linked/e.png"));
  }
}

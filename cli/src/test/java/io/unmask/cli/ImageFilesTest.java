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
    ImageFiles files = ImageFiles.list(List.of("z", photos.toString(), "a"));
    assertThat(files.inputs())
        .containsExactly(
            new ImageFiles.Input.File(Path.of("z")),
            new ImageFiles.Input.File(photos.resolve("a.bmp")),
            new ImageFiles.Input.File(photos.resolve("b.webp")),
            new ImageFiles.Input.File(photos.resolve("c.gif")),
            new ImageFiles.Input.File(Path.of("a")));
    assertThat(files.notes()).containsExactly(photos + ": 2 files left out: 2 x no image");
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
    ImageFiles files = ImageFiles.list(List.of(folder.resolve("photos").toString()));
    assertThat(files.notes())
        .containsExactly(
            folder.resolve("photos") + ": 1 file left out: 1 x a link back to a folder around it");
    assertThat(files.inputs())
        .extracting(ImageFiles.Input::name)
        .containsExactly(
            folder.resolve("photos/a.png").toString(),
            photos.resolve("dangling.png").toString(),
            photos.resolve("linked/e.png").toString());
  }

  @Test
  void imagesAreToldByTheirContentAndOtherKindsAreCounted() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};
    for (String name : List.of("a.jfif", "b.JPE", "c", "d.dat", "e.HEIC")) {
      Files.write(photos.resolve(name), jpeg);
    }
    for (String name : List.of("f.heic", "g.jpg")) {
      Files.writeString(photos.resolve(name), "II*\0 and so on");
    }
    Files.writeString(photos.resolve("h.pdf"), "%PDF-1.7");
    ImageFiles files = ImageFiles.list(List.of(photos.toString()));
    assertThat(files.inputs())
        .extracting(input -> photos.relativize(Path.of(input.name())).toString())
        .containsExactly("a.jfif", "b.JPE", "c", "d.dat", "e.HEIC");
    assertThat(files.notes())
        .containsExactly(
            photos
                + ": 3 files left out: 1 x a PDF document, 2 x a TIFF image, or a camera's raw one");
  }

  @Test
  void aFolderWithoutAnImageIsAProblem() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    assertThat(ImageFiles.list(List.of(photos.toString())).inputs())
        .containsExactly(
            new ImageFiles.Input.Broken(
                photos.toString(), "the folder holds no image (JPEG, PNG, GIF, BMP or WebP)"));
  }

  @Test
  void standardInputIsReadOnce() {
    assertThat(ImageFiles.list(List.of("-", "a", "-")).inputs())
        .containsExactly(
            new ImageFiles.Input.Standard(),
            new ImageFiles.Input.File(Path.of("a")),
            new ImageFiles.Input.Broken("-", "standard input holds one image and is read once"));
  }

  @Test
  void aNameThatTheLocaleLostIsAProblemOfItsOwn() {
    assertThat(ImageFiles.list(List.of("a", "\uFFFD\uFFFD.jpg", "b\0")).inputs())
        .satisfiesExactly(
            a -> assertThat(a).isEqualTo(new ImageFiles.Input.File(Path.of("a"))),
            lost ->
                assertThat(((ImageFiles.Input.Broken) lost).problem())
                    .containsAnyOf("start it with LC_ALL", "name the folder it lies in"),
            nul -> assertThat(nul).isInstanceOf(ImageFiles.Input.Broken.class));
  }
}

package io.unmask.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceFoldersTest {

  @TempDir Path root;

  @Test
  void imagesAreFoundBelowTheFoldersInOrderAndRealOnesFirst() throws IOException {
    image("fake/a.PNG", "png");
    image("real/z.jpg", "jpeg");
    image("real/B.JpEg", "jpeg");
    image("real/below/deeper/x.webp", "png");
    image("real/below.png", "png");
    Files.writeString(root.resolve("real/notes.txt"), "no image");
    Files.createSymbolicLink(root.resolve("real/below/loop"), root.resolve("real"));
    FaceSet set = FaceFolders.in(root).list();
    assertThat(set.images())
        .extracting(image -> root.relativize(image.file()) + (image.fake() ? " is fake" : ""))
        .containsExactly(
            "real/B.JpEg",
            "real/below.png",
            "real/below/deeper/x.webp",
            "real/z.jpg",
            "fake/a.PNG is fake");
    assertThat(set.fakes()).containsExactly(false, false, false, false, true);
    assertThat(set.images())
        .extracting(FaceImage::source)
        .containsExactly("real", "real", "below", "real", "fake");
    assertThat(set.realCount()).isEqualTo(4);
    assertThat(set.leftOut()).isEmpty();
  }

  /** Opening a pipe to which nobody writes waits for ever. */
  @Test
  void aDeviceOrPipeIsLeftOut() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device));
    image("real/a.png", "png");
    image("fake/a.png", "png");
    Path link = Files.createSymbolicLink(root.resolve("fake/b.png"), device);
    assertThat(FaceFolders.in(root).list().leftOut())
        .containsExactly(new LeftOut(link, "not a regular file, expected an image file"));
  }

  @Test
  void whatCannotBeDecodedIsListedAndLeftOut() throws IOException {
    image("real/good.jpg", "png"); // The content counts, not the name.
    image("fake/good.png", "png");
    Files.writeString(root.resolve("real/bad.jpg"), "Dear reader");
    byte[] whole = Files.readAllBytes(image("fake/torn.jpg", "jpeg"));
    Files.write(root.resolve("fake/torn.jpg"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.createFile(root.resolve("fake/empty.gif"));
    AtomicInteger steps = new AtomicInteger();
    FaceSet set = FaceFolders.in(root).list().decodable(steps::incrementAndGet);
    assertThat(steps).hasValue(5);
    assertThat(set.images())
        .extracting(image -> root.relativize(image.file()).toString())
        .containsExactly("real/good.jpg", "fake/good.png");
    assertThat(set.leftOut())
        .extracting(out -> root.relativize(out.file()).toString())
        .containsExactly("real/bad.jpg", "fake/empty.gif", "fake/torn.jpg");
    assertThat(set.leftOut().get(0).reason()).startsWith("not an image of a known format");
  }

  @Test
  void aClassWithNothingButBrokenFilesIsAnError() throws IOException {
    image("real/good.jpg", "jpeg");
    Files.createDirectory(root.resolve("fake"));
    Files.createFile(root.resolve("fake/empty.jpg"));
    FaceSet set = FaceFolders.in(root).list();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.decodable(() -> {}))
        .withMessageContaining("1 real and 0 fake")
        .withMessageContaining("empty.jpg: the file is empty");
  }

  @Test
  void otherNamesMayBeGiven() throws IOException {
    image("AI_images/1.jpg", "jpeg");
    image("Real_images/1.jpg", "jpeg");
    FaceSet set = FaceFolders.in(root).named("Real_images", "AI_images").list();
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.images().get(1).fake()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceFolders.in(root).named("same", "same"));
  }

  @Test
  void aMissingOrEmptyFolderIsAnError() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceFolders.in(root).list())
        .withMessageStartingWith(root.resolve("real") + ": there is no such folder");
    image("real/1.jpg", "jpeg");
    Files.createFile(root.resolve("fake"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceFolders.in(root).list())
        .withMessageContaining("is not a folder");
    Files.delete(root.resolve("fake"));
    Files.createDirectory(root.resolve("fake"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaceFolders.in(root).list())
        .withMessageStartingWith(root.resolve("fake") + ": the folder holds no image (");
  }

  private Path image(String name, String format) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }
}

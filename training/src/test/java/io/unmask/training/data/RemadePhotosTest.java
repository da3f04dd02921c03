package io.unmask.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemadePhotosTest {

  @TempDir Path root;

  @BeforeEach
  void drawImages() throws IOException {
    image("data/real/a/1.jpg", "jpeg");
    image("data/real/a/2.jpg", "jpeg");
    image("data/real/b/1.jpg", "jpeg");
    image("data/fake/a/1.jpg", "jpeg");
  }

  private void image(String name, String format) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, format, file.toFile());
  }

  private FaceSet add() {
    FaceFolders folders = FaceFolders.in(root.resolve("data"));
    return RemadePhotos.add(folders.list(), folders.real(), root.resolve("remade"));
  }

  @Test
  void eachPhotographFindsWhatWasMadeOfItAndNoFakeDoes() throws IOException {
    image("remade/a/1.png", "png");
    image("remade/b/1.jpg", "jpeg");
    image("remade/c/7.png", "png");
    FaceSet set = add();
    assertThat(set.images())
        .extracting(FaceImage::remade)
        .containsExactly(
            Optional.of(root.resolve("remade/a/1.png")),
            Optional.empty(),
            Optional.of(root.resolve("remade/b/1.jpg")),
            Optional.empty());
    assertThat(set.remadeCount()).isEqualTo(2);
  }

  @Test
  void whatBelongsToNoPhotographIsSaidToBeSo() throws IOException {
    assertThatIllegalArgumentException().isThrownBy(this::add).withMessageContaining("no such");
    image("remade/1.png", "png");
    assertThatIllegalArgumentException()
        .isThrownBy(this::add)
        .withMessageContaining(root.resolve("remade/a/1") + ".png");
  }

  @Test
  void twoForOnePhotographAreNamed() throws IOException {
    image("remade/a/1.png", "png");
    image("remade/a/1.jpg", "jpeg");
    assertThatIllegalArgumentException()
        .isThrownBy(this::add)
        .withMessageContaining("1.png")
        .withMessageContaining("1.jpg");
  }
}

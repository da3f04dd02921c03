package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.Photo;
import io.unmask.training.data.FaceFolders;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceCropsTest {

  @TempDir Path folder;

  private final AtomicInteger searches = new AtomicInteger();

  @BeforeEach
  void writePhotos() throws IOException {
    photo("data/real/camera/a.png", 0x00FF00);
    photo("data/real/b.png", 0x00FF00);
    photo("data/fake/generator/c.png", 0xFF0000);
  }

  @Test
  void theLargestFaceOfEachPhotoIsCutOutWithItsMargin() throws IOException {
    FaceSet faces =
        crops(photo -> List.of(face(0, 0, 4, 4), face(10, 10, 20, 18))).of(photos(), () -> {});
    assertThat(faces.images())
        .extracting(FaceImage::fake, FaceImage::source)
        .containsExactly(tuple(false, "real"), tuple(false, "camera"), tuple(true, "generator"));
    BufferedImage fake = ImageIO.read(faces.images().get(2).file().toFile());
    assertThat(fake.getWidth()).isEqualTo(8);
    assertThat(fake.getHeight()).isEqualTo(8);
    // 10 pixels, and half of that on each side: 5 to 25, of which 10 to 20 are red.
    assertThat(fake.getRGB(4, 4)).isEqualTo(0xFFFF0000);
    assertThat(fake.getRGB(0, 0)).isEqualTo(0xFF000000);
    assertThat(fake.getRGB(7, 7)).isEqualTo(0xFF000000);
  }

  @Test
  void photosWithoutAFaceAreLeftOut() {
    FaceSet faces =
        crops(photo -> green(photo) ? List.of(face(10, 10, 20, 18)) : List.of(face(8, 8, 22, 22)))
            .of(photos(), () -> {});
    assertThat(faces.leftOut()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                crops(photo -> green(photo) ? List.of(face(9, 9, 20, 18)) : List.of(), 0.1)
                    .of(photos(), () -> {}))
        .withMessageContaining("2 real and 0 fake")
        .withMessageContaining("no face was found in it");
  }

  @Test
  void whatIsCutOutAlreadyIsNotLookedForAgain() {
    FaceCrops crops = crops(photo -> List.of(face(10, 10, 20, 18)));
    FaceSet first = crops.of(photos(), () -> {});
    assertThat(searches).hasValue(3);
    assertThat(crops.of(photos(), () -> {})).isEqualTo(first);
    assertThat(searches).hasValue(3);
    crops(photo -> List.of(face(10, 10, 20, 18)), 0.2).of(photos(), () -> {});
    assertThat(searches).hasValue(6);
  }

  private static boolean green(Photo photo) {
    float[] rgb = new float[3];
    photo.readRow(15, new int[] {15}, rgb);
    return rgb[1] > 0;
  }

  private FaceSet photos() {
    return FaceFolders.in(folder.resolve("data")).list();
  }

  private FaceCrops crops(Function<Photo, List<Face>> faces) {
    return crops(faces, 0.5);
  }

  private FaceCrops crops(Function<Photo, List<Face>> faces, double margin) {
    FaceFinder.Search search =
        new FaceFinder.Search() {
          @Override
          public List<Face> find(Photo photo) {
            searches.incrementAndGet();
            return faces.apply(photo);
          }

          @Override
          public void close() {}
        };
    return new FaceCrops(search, margin, 8, folder.resolve("faces"));
  }

  private static Face face(double left, double top, double right, double bottom) {
    return new Face(new Face.Box(left, top, right, bottom), List.of(), 0.9);
  }

  /** Black but for a square. */
  private void photo(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(rgb));
    graphics.fillRect(10, 9, 10, 11);
    graphics.dispose();
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}

package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.spi.ImageSize;
import io.unmask.spi.Region;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowsTest {

  private static final ImageSize PHOTO = new ImageSize(800, 1000);

  @Test
  void oneLiesInTheFacesMiddle() {
    assertThat(Windows.over(PHOTO, new Region(300, 200, 400, 400), 1, 224))
        .containsExactly(new Region(388, 288, 224, 224));
    assertThat(Windows.over(PHOTO, new Region(301, 200, 41, 61), 1, 64))
        .containsExactly(new Region(289, 198, 64, 64));
  }

  @Test
  void fourLieInTheCornersOfALargeFace() {
    assertThat(Windows.over(PHOTO, new Region(300, 200, 400, 400), 4, 100))
        .containsExactly(
            new Region(300, 200, 100, 100),
            new Region(600, 200, 100, 100),
            new Region(300, 500, 100, 100),
            new Region(600, 500, 100, 100));
  }

  @Test
  void aSmallFaceIsSeenWithItsSurroundings() {
    assertThat(Windows.over(PHOTO, new Region(500, 400, 40, 40), 4, 200))
        .containsExactly(
            new Region(370, 270, 200, 200),
            new Region(470, 270, 200, 200),
            new Region(370, 370, 200, 200),
            new Region(470, 370, 200, 200));
  }

  @Test
  void theLastRowOfAGridIsSpreadToo() {
    assertThat(Windows.over(PHOTO, new Region(0, 0, 500, 500), 3, 100))
        .containsExactly(
            new Region(0, 0, 100, 100),
            new Region(400, 0, 100, 100),
            new Region(200, 400, 100, 100));
    assertThat(Windows.over(PHOTO, new Region(0, 0, 500, 500), 2, 100))
        .containsExactly(new Region(0, 200, 100, 100), new Region(400, 200, 100, 100));
  }

  @Test
  void atTheBorderTheyMoveIntoThePhoto() {
    assertThat(Windows.over(PHOTO, new Region(960, 0, 40, 60), 4, 200))
        .containsExactly(
            new Region(781, 0, 200, 200),
            new Region(800, 0, 200, 200),
            new Region(781, 30, 200, 200),
            new Region(800, 30, 200, 200));
    assertThat(Windows.over(PHOTO, new Region(0, 300, 150, 150), 2, 200))
        .containsExactly(new Region(0, 275, 200, 200), new Region(75, 275, 200, 200));
    assertThat(Windows.over(PHOTO, new Region(990, 790, 10, 10), 1, 200))
        .containsExactly(new Region(800, 600, 200, 200));
  }

  @Test
  void aPhotoThatIsTooSmallIsCoveredWhole() {
    assertThat(Windows.over(new ImageSize(50, 300), new Region(100, 10, 30, 30), 4, 64))
        .containsExactly(
            new Region(67, 0, 64, 50),
            new Region(99, 0, 64, 50),
            new Region(67, 0, 64, 50),
            new Region(99, 0, 64, 50));
    assertThat(Windows.over(new ImageSize(1, 1), new Region(0, 0, 1, 1), 2, 224))
        .containsExactly(new Region(0, 0, 1, 1), new Region(0, 0, 1, 1));
  }

  @Test
  void areWithinThePhotoWhateverItsSize() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      ImageSize photo = new ImageSize(1 + random.nextInt(400), 1 + random.nextInt(400));
      int width = 1 + random.nextInt(photo.width());
      int height = 1 + random.nextInt(photo.height());
      Region face =
          new Region(
              random.nextInt(photo.width() - width + 1),
              random.nextInt(photo.height() - height + 1),
              width,
              height);
      int count = 1 + random.nextInt(10);
      int side = 1 + random.nextInt(300);
      List<Region> windows = Windows.over(photo, face, count, side);
      assertThat(windows).hasSize(count);
      for (Region window : windows) {
        assertThat(window.isWithin(photo)).isTrue();
        assertThat(window.width()).isEqualTo(Math.min(side, photo.width()));
        assertThat(window.height()).isEqualTo(Math.min(side, photo.height()));
        // Each shows some of the face.
        assertThat(window.left()).isLessThan(face.right());
        assertThat(window.right()).isGreaterThan(face.left());
        assertThat(window.top()).isLessThan(face.bottom());
        assertThat(window.bottom()).isGreaterThan(face.top());
      }
    }
  }

  @Test
  void sizesNearTheLargestDoNotOverflow() {
    int most = Integer.MAX_VALUE;
    ImageSize photo = new ImageSize(most, most);
    Region face = new Region(most - 2, most - 2, 2, 2);
    assertThat(Windows.over(photo, face, 4, most)).allMatch(photoRegion -> photoRegion.left() == 0);
    assertThat(Windows.over(photo, face, 1, 10))
        .containsExactly(new Region(most - 10, most - 10, 10, 10));
  }

  @Test
  void refusesWhatMakesNoSense() {
    Region face = new Region(0, 0, 10, 10);
    assertThatIllegalArgumentException().isThrownBy(() -> Windows.over(PHOTO, face, 0, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> Windows.over(PHOTO, face, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.over(PHOTO, new Region(995, 0, 10, 10), 1, 9))
        .withMessageContaining("10 x 10 at (995, 0) is not within a picture of 1000 x 800");
  }
}

package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.Face;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceSquareTest {

  @ParameterizedTest
  @CsvSource({
    // in the middle: the longer side, and its margin on both sides
    "10, 12, 20, 18, 0, 10, 10, 10",
    "10, 12, 20, 18, 0.5, 5, 5, 20",
    // at the borders it moves inwards
    "-4, 0, 6, 10, 0.5, 0, 0, 20",
    "92, 72, 102, 82, 0.5, 80, 60, 20",
    // larger than the photo: as large as the photo's shorter side
    "0, 0, 90, 70, 1, 5, 0, 80",
    // a box of no size
    "50, 40, 50, 40, 3, 50, 40, 1",
    // far outside
    "-900, 900, -890, 910, 0, 0, 70, 10",
  })
  void itLiesWithinThePhoto(
      double left, double top, double right, double bottom, double margin, int x, int y, int side) {
    ImageSize photo = new ImageSize(80, 100);
    assertThat(FaceSquare.around(photo, new Face.Box(left, top, right, bottom), margin))
        .isEqualTo(new Region(x, y, side, side));
  }
}

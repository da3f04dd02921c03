package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.Classification.Warning;
import io.unmask.Classification.Warning.Kind;
import io.unmask.spi.Expectation;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

  private final Warnings warnings =
      new Warnings(
          new Expectation(
              Optional.of("crops"),
              OptionalInt.of(100),
              OptionalInt.of(1000),
              Optional.of(new Expectation.Aspect(0.8, 1.25))));

  @ParameterizedTest
  @CsvSource({"100, 100", "100, 125", "125, 100", "1000, 1000", "1000, 800"})
  void imagesWithinTheBoundsGetNone(int height, int width) {
    assertThat(of(warnings, new ImageSize(height, width))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "99, 100, TOO_SMALL",
    "100, 99, TOO_SMALL",
    "1001, 1000, TOO_LARGE",
    "1000, 1001, TOO_LARGE",
    "200, 251, OTHER_ASPECT",
    "251, 200, OTHER_ASPECT",
    "1, 1, TOO_SMALL"
  })
  void othersAreWarnedOf(int height, int width, Kind kind) {
    assertThat(of(warnings, new ImageSize(height, width)))
        .extracting(Warning::kind)
        .containsExactly(kind);
  }

  @Test
  void severalThingsMayBeWrongAndEachSaysWhatToDo() {
    assertThat(of(warnings, new ImageSize(50, 2000)))
        .extracting(Warning::text)
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "2000 x 50 pixels, but the model is for images (crops) of at least 100"
                            + " pixels a side, so that the probability may mean little; use a larger"
                            + " original, not an enlarged one"),
            text -> assertThat(text).contains("at most 1000 pixels a side", "scale it down"),
            text -> assertThat(text).contains("0.8 to 1.25 times as wide as high", "crop it"));
  }

  @Test
  void whereNothingIsExpectedNothingIsSaid() {
    for (ImageSize size : List.of(new ImageSize(1, 1), new ImageSize(1, 30000))) {
      assertThat(of(new Warnings(Expectation.NONE), size)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, mirrored",
    "3, upside down",
    "4, upside down and mirrored",
    "5, on its side and mirrored",
    "6, on its side",
    "7, on its side and mirrored",
    "8, on its side"
  })
  void picturesThatAreStoredTurnedAreWarnedOfUnlessTheyWereTurned(int orientation, String words) {
    assertThat(of(new Photo.Facts("JPEG", orientation, false, 1)))
        .containsExactly(
            new Warning(
                Kind.STORED_TURNED,
                "it is stored %s (EXIF orientation %d) and was judged like that, so that the"
                        .formatted(words, orientation)
                    + " probability may mean little; have it turned upright with --exif, or with"
                    + " DetectorBuilder.upright(true) in Java"));
    assertThat(of(new Photo.Facts("JPEG", orientation, true, 1))).isEmpty();
  }

  @Test
  void theFirstOfSeveralFramesIsWarnedOf() {
    assertThat(of(new Photo.Facts("GIF", 1, false, 12)))
        .containsExactly(
            new Warning(
                Kind.FIRST_FRAME,
                "the GIF is animated, and only the first of its 12 frames was judged; save another"
                    + " one as an image of its own to have it judged"));
    assertThat(of(new Photo.Facts("GIF", 1, false, 1))).isEmpty();
    assertThat(of(new Photo.Facts("WebP", 6, false, 2)))
        .extracting(Warning::kind)
        .containsExactly(Kind.STORED_TURNED, Kind.FIRST_FRAME);
  }

  private static List<Warning> of(Warnings warnings, ImageSize size) {
    return warnings.of(new Picture(size, Optional.empty()));
  }

  private static List<Warning> of(Photo.Facts facts) {
    Picture picture = new Picture(new ImageSize(9, 9), Optional.of(facts));
    return new Warnings(Expectation.NONE).of(picture);
  }

  @Test
  void anAspectThatNoImageHasIsRefused() {
    for (double[] ends : new double[][] {{0, 1}, {2, 1}, {Double.NaN, 1}, {1, 1 / 0.0}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Expectation.Aspect(ends[0], ends[1]));
    }
  }
}

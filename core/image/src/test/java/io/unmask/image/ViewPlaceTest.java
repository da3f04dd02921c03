package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.spi.Face;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Region;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewPlaceTest {

  private static final InputFormat SIX = InputFormat.unitRange(6, 6);

  private static double[] laid(ViewPlace place, double[] map, int rows, Region part, int height) {
    double[] target = new double[height * part.width()];
    place.add(map, rows, target, part, height);
    return target;
  }

  @Test
  void cellsOfAResizedRegionLieWhereItLies() {
    ViewPlace place = new ViewPlace(new Region(2, 1, 4, 2), SIX, false, false);
    double[] photo = laid(place, new double[] {1, 2, 3, 4}, 2, new Region(1, 0, 6, 4), 4);
    assertThat(photo)
        .containsExactly(
            0, 0, 0, 0, 0, 0, //
            0, 0.5, 0.5, 1, 1, 0, //
            0, 1.5, 1.5, 2, 2, 0, //
            0, 0, 0, 0, 0, 0);
    assertThat(place.cellHeight(2)).isEqualTo(1);
    assertThat(place.cellWidth(2)).isEqualTo(2);
  }

  @Test
  void aMirroredImageIsLaidBack() {
    Region region = new Region(0, 0, 2, 1);
    ViewPlace place = new ViewPlace(region, SIX, false, false).inMirror();
    assertThat(laid(place, new double[] {1, 2}, 1, region, 1)).containsExactly(2, 1);
  }

  @Test
  void whatWasContinuedByReflectionBelongsToWhatWasReflected() {
    // Two columns a b, shown as a b a b a b (the middle two are they).
    ViewPlace place = new ViewPlace(new Region(0, 0, 2, 6), SIX, true, false);
    double[] map = {1, 10, 100, 1000, 10_000, 100_000};
    double[] photo = laid(place, map, 1, new Region(0, 0, 2, 6), 1);
    assertThat(photo).usingComparatorWithPrecision(1e-6).containsExactly(10_101, 101_010);
    assertThat(place.cellWidth(6)).isEqualTo(1);
  }

  @Test
  void nothingIsLostHoweverTheCellsFit() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      boolean copied = i % 2 == 0;
      InputFormat format = InputFormat.unitRange(5 + random.nextInt(60), 5 + random.nextInt(60));
      int width = 1 + random.nextInt(copied ? format.width() : 90);
      int height = 1 + random.nextInt(copied ? format.height() : 90);
      Region region = new Region(3 + random.nextInt(9), random.nextInt(9), width, height);
      Region part = region.with(new Region(random.nextInt(3), random.nextInt(20), 7, 5));
      ViewPlace place = new ViewPlace(region, format, copied, i % 3 == 0);
      int rows = 1 + random.nextInt(40);
      double[] map = random.doubles((long) rows * (1 + random.nextInt(40)), -1, 2).toArray();
      int targetRows = 1 + random.nextInt(50);
      double[] target = new double[targetRows * (1 + random.nextInt(50))];
      place.add(map, rows, target, part, targetRows);
      assertThat(Arrays.stream(target).sum()).isEqualTo(Arrays.stream(map).sum(), within(1e-9));
    }
  }

  @Test
  void placesComeInTheOrderOfTheViews() {
    Views views =
        new Views(
            true, 0, 0, List.of(new View.Resize(View.Resampling.ANTIALIASED), new View.Windows(2)));
    Region face = new Region(10, 20, 30, 30);
    List<ViewPlace> places = ViewSampler.places(views, SIX, new ImageSize(100, 100), face);
    assertThat(places).hasSize(views.images());
    assertThat(places.get(0)).isEqualTo(new ViewPlace(face, SIX, false, false));
    assertThat(places.subList(1, 3))
        .extracting(ViewPlace::region)
        .isEqualTo(Windows.over(new ImageSize(100, 100), face, 2, 6));
    assertThat(places.get(1).copied()).isTrue();
  }

  @Test
  void aFramedFaceHasAMarginOfItsOwnAndAPartIsShownAsItIs() {
    Views views =
        new Views(
            true,
            0.5,
            0,
            List.of(
                new View.Resize(View.Resampling.ANTIALIASED),
                new View.Framed(0.1),
                new View.Framed(-0.2)));
    ImageSize photo = new ImageSize(100, 100);
    List<ViewPlace> places = ViewSampler.places(views, SIX, photo, new Face.Box(40, 50, 60, 70));
    assertThat(places)
        .extracting(ViewPlace::region)
        .containsExactly(
            new Region(30, 40, 40, 40), new Region(38, 48, 24, 24), new Region(44, 54, 12, 12));
    Region part = new Region(10, 20, 30, 30);
    assertThat(ViewSampler.places(views, SIX, photo, part))
        .extracting(ViewPlace::region)
        .containsExactly(part, part, part);
  }
}

package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.training.data.FaceImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

  /** Real: 30 of one camera, 6 of another; fake: 60 of one generator, 4 of another. */
  private static List<FaceImage> faces() {
    List<FaceImage> faces = new ArrayList<>();
    int[] counts = {30, 6, 60, 4};
    for (int source = 0; source < counts.length; source++) {
      for (int i = 0; i < counts[source]; i++) {
        faces.add(new FaceImage(Path.of(source + "/" + i), source > 1, "source " + source));
      }
    }
    return faces;
  }

  private static final int[] ALL = IntStream.range(0, 100).toArray();

  @Test
  void anEpochHasEachImageOnce() {
    Draws draws = Draws.shuffled(ALL, 7, 3);
    assertThat(images(draws)).containsExactlyInAnyOrder(ALL).isNotEqualTo(ALL);
    assertThat(draws.draws()).allMatch(draw -> draw.round() == 3 && !draw.remade());
    assertThat(Draws.shuffled(ALL, 7, 3)).isEqualTo(draws);
    assertThat(images(Draws.shuffled(ALL, 7, 4))).isNotEqualTo(images(draws));
  }

  @Test
  void balancedSourcesComeEquallyOftenAndClassesToo() {
    List<FaceImage> faces = faces();
    int[] taken = new int[faces.size()];
    for (int epoch = 0; epoch < 12; epoch++) {
      Draws draws = Draws.balanced(ALL, faces, 7, epoch);
      assertThat(draws.size()).isEqualTo(100);
      int[] ofSource = new int[4];
      for (int image : images(draws)) {
        ofSource[Integer.parseInt(faces.get(image).source().substring(7))]++;
      }
      assertThat(ofSource).containsOnly(25);
      // In the order of the draws rounds never lead: an image's rounds are counted without gaps.
      draws.draws().stream()
          .sorted(Comparator.comparingInt(Draw::round))
          .forEach(draw -> assertThat(draw.round()).isEqualTo(taken[draw.image()]++));
    }
    // 12 epochs of 25: of 30 photographs each came 10 times, of 4 fakes each 75 times.
    assertThat(IntStream.range(0, 30).map(i -> taken[i])).containsOnly(10);
    assertThat(IntStream.range(30, 36).map(i -> taken[i])).containsOnly(50);
    assertThat(IntStream.range(36, 96).map(i -> taken[i])).containsOnly(5);
    assertThat(IntStream.range(96, 100).map(i -> taken[i])).containsOnly(75);
  }

  @Test
  void anEpochDoesNotDependOnThoseBefore() {
    assertThat(Draws.balanced(ALL, faces(), 7, 5))
        .isEqualTo(Draws.balanced(ALL, faces(), 7, 5))
        .isNotEqualTo(Draws.balanced(ALL, faces(), 7, 6))
        .isNotEqualTo(Draws.balanced(ALL, faces(), 8, 5));
  }

  @Test
  void someOfTheFakesAreWhatWasMadeOfThePhotographsBeforeThem() {
    List<FaceImage> faces = new ArrayList<>(faces());
    for (int i = 0; i < 30; i++) { // of the first camera only
      FaceImage face = faces.get(i);
      faces.set(i, new FaceImage(face.file(), false, face.source(), Optional.of(Path.of("r" + i))));
    }
    int[] taken = new int[faces.size()];
    int remade = 0;
    for (int epoch = 0; epoch < 40; epoch++) {
      List<Draw> draws = Draws.balanced(ALL, faces, 0.4, 7, epoch).draws();
      for (int i = 0; i < draws.size(); i++) {
        if (draws.get(i).remade()) {
          remade++;
          assertThat(draws.get(i)).isEqualTo(draws.get(i - 1).twin());
        } else {
          taken[draws.get(i).image()]++;
        }
      }
    }
    // 40 epochs of 25 photographs of the first camera, two in five of them remade; of each
    // generator so many fewer than 25 that the classes stay equal: 20.
    assertThat(remade).isBetween(350, 450);
    assertThat(IntStream.range(0, 36).map(i -> taken[i]).sum()).isEqualTo(40 * 50);
    assertThat(IntStream.range(36, 96).map(i -> taken[i]).sum()).isEqualTo(40 * 20);
    assertThat(IntStream.range(96, 100).map(i -> taken[i]).sum()).isEqualTo(40 * 20);
  }

  private static int[] images(Draws draws) {
    return draws.draws().stream().mapToInt(Draw::image).toArray();
  }
}

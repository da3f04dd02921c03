package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.training.data.FaceImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(draws.images()).containsExactlyInAnyOrder(ALL).isNotEqualTo(ALL);
    assertThat(draws.rounds()).containsOnly(3);
    assertThat(Draws.shuffled(ALL, 7, 3).images()).isEqualTo(draws.images());
    assertThat(Draws.shuffled(ALL, 7, 4).images()).isNotEqualTo(draws.images());
  }

  @Test
  void balancedSourcesComeEquallyOftenAndClassesToo() {
    List<FaceImage> faces = faces();
    int[] taken = new int[faces.size()];
    for (int epoch = 0; epoch < 12; epoch++) {
      Draws draws = Draws.balanced(ALL, faces, 7, epoch);
      assertThat(draws.size()).isEqualTo(100);
      int[] ofSource = new int[4];
      for (int i = 0; i < draws.size(); i++) {
        int image = draws.images()[i];
        ofSource[Integer.parseInt(faces.get(image).source().substring(7))]++;
      }
      assertThat(ofSource).containsOnly(25);
      // In the order of the draws rounds never lead: an image's rounds are counted without gaps.
      IntStream.range(0, draws.size())
          .mapToObj(i -> new int[] {draws.images()[i], draws.rounds()[i]})
          .sorted((a, b) -> Integer.compare(a[1], b[1]))
          .forEach(draw -> assertThat(draw[1]).isEqualTo(taken[draw[0]]++));
    }
    // 12 epochs of 25: of 30 photographs each came 10 times, of 4 fakes each 75 times.
    assertThat(IntStream.range(0, 30).map(i -> taken[i])).containsOnly(10);
    assertThat(IntStream.range(30, 36).map(i -> taken[i])).containsOnly(50);
    assertThat(IntStream.range(36, 96).map(i -> taken[i])).containsOnly(5);
    assertThat(IntStream.range(96, 100).map(i -> taken[i])).containsOnly(75);
  }

  @Test
  void anEpochDoesNotDependOnThoseBefore() {
    assertThat(Draws.balanced(ALL, faces(), 7, 5).images())
        .isEqualTo(Draws.balanced(ALL, faces(), 7, 5).images())
        .isNotEqualTo(Draws.balanced(ALL, faces(), 7, 6).images())
        .isNotEqualTo(Draws.balanced(ALL, faces(), 8, 5).images());
  }
}

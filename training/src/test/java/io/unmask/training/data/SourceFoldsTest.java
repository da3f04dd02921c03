package io.unmask.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFoldsTest {

  private static List<FaceImage> images(int[] real, int[] fake) {
    List<FaceImage> images = new ArrayList<>();
    for (boolean label : new boolean[] {false, true}) {
      int[] counts = label ? fake : real;
      for (int source = 0; source < counts.length; source++) {
        for (int i = 0; i < counts[source]; i++) {
          // Both classes have sources of the same names, which are different ones.
          images.add(new FaceImage(Path.of(source + "/" + i), label, "source " + source));
        }
      }
    }
    return images;
  }

  private static List<String> sources(List<FaceImage> images, int[] indices) {
    TreeSet<String> sources = new TreeSet<>();
    for (int index : indices) {
      sources.add((images.get(index).fake() ? "fake " : "real ") + images.get(index).source());
    }
    return List.copyOf(sources);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 42, 4294967295L})
  void everySourceIsOutOnceAndEachFoldHasBothClasses(long seed) {
    Random random = new Random(seed);
    int[] real = random.ints(7, 1, 60).toArray();
    int[] fake = random.ints(9, 1, 60).toArray();
    List<FaceImage> images = images(real, fake);
    List<Fold> folds = CrossValidation.bySource(5, seed).split(images);
    List<String> out = new ArrayList<>();
    for (Fold fold : folds) {
      List<String> validating = sources(images, fold.validation());
      assertThat(validating).anyMatch(name -> name.startsWith("real"));
      assertThat(validating).anyMatch(name -> name.startsWith("fake"));
      assertThat(sources(images, fold.training())).doesNotContainAnyElementsOf(validating);
      assertThat(fold.training().length + fold.validation().length).isEqualTo(images.size());
      out.addAll(validating);
    }
    assertThat(out).hasSize(16).doesNotHaveDuplicates();
    assertThat(CrossValidation.bySource(5, seed).split(images))
        .extracting(fold -> Arrays.toString(fold.validation()))
        .isEqualTo(folds.stream().map(fold -> Arrays.toString(fold.validation())).toList());
  }

  /** Two bins of 20: the largest first, each to the smaller bin, gives 22 and 18. */
  @Test
  void imagesAreBalancedByMovingAndExchangingSources() {
    List<FaceImage> images = images(new int[] {12, 10, 8, 6, 4}, new int[] {9, 8, 7, 6, 5, 5});
    List<Fold> folds = CrossValidation.bySource(2, 42).split(images);
    for (Fold fold : folds) {
      long fakes =
          IntStream.of(fold.validation()).filter(index -> images.get(index).fake()).count();
      assertThat(fakes).isEqualTo(20);
      assertThat(fold.validation()).hasSize(40);
    }
  }

  @Test
  void theFoldWithTheMostPhotographsGetsTheFewestFakes() {
    List<FaceImage> images = images(new int[] {30, 20, 10}, new int[] {11, 21, 31});
    assertThat(CrossValidation.bySource(3, 42).split(images))
        .allSatisfy(fold -> assertThat(fold.validation()).hasSize(41));
  }

  @Test
  void theSeedNumbersTheFolds() {
    List<FaceImage> images = images(new int[] {3, 3, 3, 3}, new int[] {3, 3, 3, 3});
    assertThat(
            IntStream.range(0, 20)
                .mapToObj(
                    seed ->
                        CrossValidation.bySource(4, seed).split(images).stream()
                            .map(fold -> sources(images, fold.validation()).toString())
                            .collect(Collectors.joining()))
                .distinct())
        .hasSizeGreaterThan(5);
  }

  @Test
  void tooFewSourcesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CrossValidation.bySource(3, 42)
                    .split(images(new int[] {3, 3, 3}, new int[] {3, 3})))
        .withMessageContaining("3 folds by source need at least 3 sources of each class")
        .withMessageContaining("3 real (source 0, source 1, source 2)")
        .withMessageContaining("2 fake (source 0, source 1)");
  }
}

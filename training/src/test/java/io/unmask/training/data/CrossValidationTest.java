package io.unmask.training.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/golden/make_folds_golden.py} wrote the folds with scikit-learn. */
class CrossValidationTest {

  static Stream<String> golden() throws IOException {
    try (InputStream stream = CrossValidationTest.class.getResourceAsStream("/folds/golden.txt")) {
      return new String(stream.readAllBytes(), UTF_8).lines();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void foldsAreThoseOfScikitLearn(String line) {
    String[] words = line.split(" ", 6);
    int images = Integer.parseInt(words[1]);
    int folds = Integer.parseInt(words[2]);
    long seed = Long.parseLong(words[3]);
    CrossValidation splitter =
        words[0].equals("shuffled")
            ? CrossValidation.shuffled(folds, seed)
            : CrossValidation.stratified(folds, seed);
    Fold fold = splitter.split(labels(images)).get(Integer.parseInt(words[4]) - 1);
    assertThat(text(fold.validation(), words[5].startsWith("crc32"))).isEqualTo(words[5]);
    assertThat(fold.training()).isSorted();
    assertThat(IntStream.concat(IntStream.of(fold.training()), IntStream.of(fold.validation())))
        .hasSize(images)
        .doesNotHaveDuplicates();
  }

  @Test
  void foldsAreNumberedFromOne() {
    List<Fold> folds = CrossValidation.shuffled(3, 42).split(labels(10));
    assertThat(folds).extracting(Fold::number).containsExactly(1, 2, 3);
    assertThat(folds.get(0)).hasToString("Fold[1: 6 to train, 4 to validate]");
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> CrossValidation.shuffled(1, 42));
    assertThatIllegalArgumentException().isThrownBy(() -> CrossValidation.shuffled(5, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> CrossValidation.stratified(5, 1L << 32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossValidation.shuffled(5, 42).split(labels(4)))
        .withMessage("5 folds need at least 5 images, but there are 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossValidation.stratified(5, 42).split(images(new boolean[100])))
        .withMessageContaining("images of a class, but there are 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossValidation.stratified(5, 42).split(List.of()));
  }

  private static List<FaceImage> labels(int images) {
    boolean[] fakes = new boolean[images];
    for (int i = 0; i < images; i++) {
      fakes[i] = (i * 2654435761L & 0xFFFF_FFFFL) < 0.4 * (1L << 32);
    }
    return images(fakes);
  }

  private static List<FaceImage> images(boolean[] fakes) {
    return IntStream.range(0, fakes.length)
        .mapToObj(i -> new FaceImage(Path.of(String.valueOf(i)), fakes[i], "any"))
        .toList();
  }

  private static String text(int[] indices, boolean shortened) {
    String list = IntStream.of(indices).mapToObj(String::valueOf).collect(Collectors.joining(","));
    if (!shortened) {
      return list;
    }
    CRC32 crc = new CRC32();
    crc.update(list.getBytes(UTF_8));
    return String.format("crc32 %08x", crc.getValue());
  }
}

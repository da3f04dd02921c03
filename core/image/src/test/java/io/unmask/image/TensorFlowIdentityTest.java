package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.Golden.Expectation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values come from TensorFlow 2.21, see core/image/src/test/golden/make_image_golden.py. */
class TensorFlowIdentityTest {

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  static Stream<Expectation> exact() {
    return Golden.expectations().stream();
  }

  @ParameterizedTest
  @MethodSource
  void exact(Expectation expected) {
    float[] floats = Golden.process(preprocessor, Golden.bytes(expected.file()), expected.format());
    assertThat(Golden.samples(floats)).isEqualTo(expected.samples());
    assertThat(Golden.crc32(floats)).isEqualTo(expected.crc32());
  }

  @Test
  void isTheSameFromEightThreadsAsFromOne() {
    List<Expectation> all = exact().toList();
    List<String> sums =
        IntStream.range(0, 4 * all.size())
            .parallel()
            .mapToObj(i -> all.get(i % all.size()))
            .map(e -> Golden.process(preprocessor, Golden.bytes(e.file()), e.format()))
            .map(Golden::crc32)
            .toList();
    assertThat(sums)
        .isEqualTo(
            IntStream.range(0, 4 * all.size())
                .mapToObj(i -> all.get(i % all.size()).crc32())
                .toList());
  }
}

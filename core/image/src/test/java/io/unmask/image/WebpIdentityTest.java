package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All pixels are libwebp's and TensorFlow's, see core/image/src/test/golden/make_webp_golden.py.
 * Files named "reported" were refused once, or came out with other colours.
 */
class WebpIdentityTest {

  static Stream<Arguments> sums() {
    return new String(Golden.bytes("webp/sums.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .map(fields -> Arguments.of(fields[0], fields[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void sums(String file, String sum) {
    assertThat(PixelSums.of(Golden.bytes("webp/" + file))).isEqualTo(sum);
  }
}

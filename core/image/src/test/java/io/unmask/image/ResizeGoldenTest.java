package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Photo;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views.View.Resampling;
import io.unmask.spi.Views.View.Resize;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floats that Keras, Pillow and OpenCV make, by make_resize_golden.py. */
class ResizeGoldenTest {

  static Stream<String> cases() {
    return Stream.of("resized-pillow.tsv", "resized-opencv.tsv")
        .flatMap(file -> new String(Golden.bytes(file), StandardCharsets.UTF_8).lines());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFloatsAreTheOriginals(String line) {
    String[] fields = line.split("\t", -1);
    int[] size = Arrays.stream(fields, 4, 8).mapToInt(Integer::parseInt).toArray();
    ChannelOrder order = ChannelOrder.valueOf(fields[3]);
    Scaling scaling = Scaling.Named.byName(fields[2]).orElseThrow();
    InputFormat format = new InputFormat(size[2], size[3], scaling.of(order), order);
    Resampling resampling =
        Resampling.valueOf(fields[0].replace('-', '_').toUpperCase(Locale.ROOT));
    Photo photo = new FormulaImage(size[0], size[1]);
    float[] floats = new float[format.size()];
    new JavaPreprocessor()
        .resize(
            photo,
            photo.whole(),
            new Resize(resampling, fields[1].equals("crop")),
            format,
            FloatBuffer.wrap(floats));
    List<Float> samples = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      samples.add(floats[(int) (i * (floats.length - 1L) / 23)]);
    }
    assertThat(samples).isEqualTo(Arrays.stream(fields, 9, 33).map(Float::parseFloat).toList());
    assertThat(Golden.crc32(floats)).isEqualTo(fields[8]);
  }
}

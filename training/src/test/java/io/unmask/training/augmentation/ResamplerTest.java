package io.unmask.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  private static final float[] ROW = {0.1f, 0.9f, 0.3f, 0.7f, 0.2f};

  /** What Pillow 12 makes of the same row (Image.resize of mode F). */
  @ParameterizedTest
  @CsvSource({
    "BOX, 0.5 0.3 0.45",
    "BOX, 0.1 0.1 0.9 0.3 0.3 0.7 0.2 0.2",
    "TRIANGLE, 0.442857 0.522222 0.414286",
    "TRIANGLE, 0.1 0.45 0.8625 0.4875 0.425 0.675 0.41875 0.2",
    "CUBIC, 0.438462 0.557674 0.401538",
    "CUBIC, 0.042435 0.446044 0.899121 0.460645 0.381360 0.697888 0.417536 0.164022",
    "LANCZOS, 0.431461 0.597073 0.381219",
    "LANCZOS, -0.000456 0.465982 0.906627 0.470892 0.358050 0.697989 0.437358 0.136435",
  })
  void isPillows(Resampler filter, String expected) {
    String[] values = expected.split(" ", -1);
    FloatImage across = new FloatImage(1, ROW.length, grey(ROW));
    FloatImage down = new FloatImage(ROW.length, 1, grey(ROW));
    float[] wider = filter.resize(across, 1, values.length).pixels();
    assertThat(filter.resize(down, values.length, 1).pixels()).containsExactly(wider);
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(wider[i * 3 + c]).isEqualTo(Float.parseFloat(values[i]), within(1e-5f));
      }
    }
  }

  private static float[] grey(float[] row) {
    float[] pixels = new float[row.length * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = row[i / 3];
    }
    return pixels;
  }
}

package io.unmask.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DegradationsTest {

  private static final FloatImage NOISE = AugmentationTest.image(32, 24);

  @Test
  void resizingIsThatOfThePreprocessor() {
    BufferedImage levels = new BufferedImage(24, 32, BufferedImage.TYPE_INT_RGB);
    FloatImage image = new FloatImage(32, 24, new float[32 * 24 * 3]);
    for (int i = 0; i < 32 * 24; i++) {
      int rgb = (i * 0x9E3779B9) >>> 8;
      levels.setRGB(i % 24, i / 24, rgb);
      for (int c = 0; c < 3; c++) {
        image.pixels()[i * 3 + c] = ((rgb >> (16 - 8 * c)) & 255) / 255f;
      }
    }
    for (int[] size : new int[][] {{32, 24}, {13, 17}, {50, 70}}) {
      InputFormat format = InputFormat.unitRange(size[0], size[1]);
      float[] expected = new float[format.size()];
      new JavaPreprocessor().process(levels, format, FloatBuffer.wrap(expected));
      assertThat(Degradations.resize(image, size[0], size[1]).pixels())
          .containsExactly(expected, within(2e-6f));
    }
  }

  @Test
  void jpegLosesMoreTheLowerTheQuality() {
    double high = distance(NOISE, Degradations.jpeg(NOISE, 95));
    double low = distance(NOISE, Degradations.jpeg(NOISE, 30));
    assertThat(high).isPositive().isLessThan(low);
    float[] grey = new float[16 * 16 * 3];
    Arrays.fill(grey, 128 / 255f);
    assertThat(Degradations.jpeg(new FloatImage(16, 16, grey), 50).pixels()).containsExactly(grey);
  }

  @Test
  void blurKeepsTheMeanAndLowersTheVariance() {
    float[] flat = new float[8 * 8 * 3];
    Arrays.fill(flat, 0.25f);
    assertThat(Degradations.blur(new FloatImage(8, 8, flat), 1.5).pixels())
        .containsExactly(flat, within(1e-6f));
    assertThat(variance(Degradations.blur(NOISE, 1))).isLessThan(variance(NOISE) / 4);
  }

  @Test
  void operationsKeepTheSizeAndFollowTheirGenerator() {
    for (Operation operation :
        new Operation[] {
          Operations.jpeg(60, 95), Operations.blur(0.3f, 1.5f), Operations.rescale(0.5f, 1.5f)
        }) {
      FloatImage once = operation.apply(NOISE, new SplittableRandom(9));
      assertThat(once.height()).isEqualTo(32);
      assertThat(once.width()).isEqualTo(24);
      assertThat(operation.apply(NOISE, new SplittableRandom(9)).pixels())
          .containsExactly(once.pixels());
      assertThat(distance(NOISE, once)).isPositive();
    }
  }

  @Test
  void amountsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Degradations.jpeg(NOISE, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Degradations.blur(NOISE, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Degradations.resize(NOISE, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.jpeg(90, 80));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.blur(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.rescale(0, 1));
  }

  private static double distance(FloatImage a, FloatImage b) {
    double sum = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      sum += Math.abs(a.pixels()[i] - b.pixels()[i]);
    }
    return sum / a.pixels().length;
  }

  private static double variance(FloatImage image) {
    double sum = 0;
    for (float pixel : image.pixels()) {
      sum += (pixel - 0.5) * (pixel - 0.5);
    }
    return sum / image.pixels().length;
  }
}

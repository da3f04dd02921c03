package io.unmask.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TravelsTest {

  private static final FloatImage NOISE = AugmentationTest.image(64, 48);

  @Test
  void anImageStaysAsLargeAsTheCrop() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FloatImage resized = Travels.resize(0.2, 1.3, 40).apply(NOISE, random);
      assertThat(resized.height()).isBetween(53, 84);
      assertThat(resized.width()).isBetween(40, 63);
      assertThat(Augmentations.TRAVELLED.cropped(40).apply(NOISE, seed, 0, 0).pixels())
          .hasSize(40 * 40 * 3);
    }
  }

  @Test
  void withoutCropsAnImageKeepsItsSize() {
    for (int index = 0; index < 40; index++) {
      FloatImage changed = Augmentations.TRAVELLED.cropped(0).apply(NOISE, 1, 0, index);
      assertThat(changed.height()).isEqualTo(64);
      assertThat(changed.width()).isEqualTo(48);
    }
  }

  @Test
  void pixelsStayInTheirRange() {
    for (int index = 0; index < 40; index++) {
      for (float value : Augmentations.TRAVELLED.cropped(32).apply(NOISE, 1, 0, index).pixels()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void aFlatImageIsFlatAfterResizing() {
    float[] pixels = new float[20 * 20 * 3];
    Arrays.fill(pixels, 0.4f);
    FloatImage flat = new FloatImage(20, 20, pixels);
    Operation resize = Travels.resize(0.5, 1.3, 1);
    for (int seed = 0; seed < 20; seed++) {
      for (float value : resize.apply(flat, new SplittableRandom(seed)).pixels()) {
        assertThat(value).isEqualTo(0.4f, within(1e-5f));
      }
    }
  }
}

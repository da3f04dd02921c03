package io.unmask.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final FloatImage IMAGE = image(12, 10);

  @Test
  void whatBecomesOfAnImageDependsOnSeedEpochAndNumberOnly() {
    List<float[]> inOrder = IntStream.range(0, 40).mapToObj(i -> augmented(7, 3, i)).toList();
    List<float[]> inParallel =
        IntStream.range(0, 40).parallel().mapToObj(i -> augmented(7, 3, i)).toList();
    for (int i = 0; i < 40; i++) {
      assertThat(inParallel.get(i)).containsExactly(inOrder.get(i));
    }
    assertThat(augmented(7, 3, 0)).isNotEqualTo(augmented(7, 3, 1));
    assertThat(augmented(7, 3, 0)).isNotEqualTo(augmented(7, 4, 0));
    assertThat(augmented(7, 3, 0)).isNotEqualTo(augmented(8, 3, 0));
    assertThat(augmented(7, 3, 4)).isNotEqualTo(augmented(7, 4, 3));
  }

  @Test
  void neighbouringImagesDrawUnrelatedNumbers() {
    double[] first = new double[10_000];
    for (int i = 0; i < first.length; i++) {
      first[i] = Augmentation.random(42, i % 10, i / 10).nextDouble();
    }
    double mean = Arrays.stream(first).average().orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(0.01));
    double product = 0;
    for (int i = 1; i < first.length; i++) {
      product += (first[i] - 0.5) * (first[i - 1] - 0.5);
    }
    // Of independent numbers the correlation's standard deviation is 0.01.
    assertThat(product / first.length * 12).isCloseTo(0, within(0.04));
  }

  @Test
  void aboutEveryOtherImageIsMirrored() {
    Operation flip = Operations.flipLeftRight();
    long mirrored =
        IntStream.range(0, 1000)
            .filter(i -> flip.apply(IMAGE, Augmentation.random(1, 0, i)).pixels() != IMAGE.pixels())
            .count();
    assertThat(mirrored).isBetween(440L, 560L);
  }

  @Test
  void nothingIsDoneWithoutOperations() {
    assertThat(Augmentation.NONE.apply(IMAGE, 1, 1, 1)).isSameAs(IMAGE);
  }

  @Test
  void aCropIsAPartOfTheImage() {
    Augmentation crop = Augmentation.NONE.then(Operations.crop(5, 4));
    FloatImage part = crop.apply(IMAGE, 42, 0, 0);
    assertThat(part.height()).isEqualTo(5);
    assertThat(part.width()).isEqualTo(4);
    boolean found = false;
    for (int start = 0; start + 12 <= IMAGE.pixels().length; start += 3) {
      found |= Arrays.equals(part.pixels(), 0, 12, IMAGE.pixels(), start, start + 12);
    }
    assertThat(found).isTrue();
    assertThat(Operations.crop(12, 10).apply(IMAGE, new SplittableRandom(1)).pixels())
        .containsExactly(IMAGE.pixels());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.crop(13, 4).apply(IMAGE, new SplittableRandom(1)))
        .withMessage("a crop of 13 x 4 from an image of 12 x 10");
  }

  @Test
  void aShareOfTheImagesIsLeftAlone() {
    Operation rarely = Operations.sometimes(0.25, Operations.brightness(0.5f));
    long changed =
        IntStream.range(0, 1000)
            .filter(
                i -> rarely.apply(IMAGE, Augmentation.random(1, 0, i)).pixels() != IMAGE.pixels())
            .count();
    assertThat(changed).isBetween(200L, 300L);
  }

  @Test
  void rangesThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.brightness(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.contrast(1.2f, 0.8f));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.saturation(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.hue(0.6f));
    assertThatIllegalArgumentException().isThrownBy(() -> Operations.crop(0, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operations.sometimes(2, Operations.flipLeftRight()));
    assertThatIllegalArgumentException().isThrownBy(() -> new FloatImage(2, 2, new float[11]));
  }

  private static float[] augmented(long seed, int epoch, int index) {
    return Augmentation.REFERENCE.apply(IMAGE, seed, epoch, index).pixels();
  }

  static FloatImage image(int height, int width) {
    Random random = new Random(5);
    float[] pixels = new float[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new FloatImage(height, width, pixels);
  }
}

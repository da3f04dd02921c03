package io.unmask.training.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/golden/make_augmentation_golden.py} wrote the values with TensorFlow. */
class AdjustmentsTest {

  private static final int HEIGHT = 9;
  private static final int WIDTH = 7;

  /**
   * An operation and how far it may be from TensorFlow.
   *
   * @param name of it
   * @param bound the largest absolute difference
   */
  record Case(int number, String name, float bound, UnaryOperator<FloatImage> operation) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> all =
        List.of(
            exact("flip", Adjustments::flipLeftRight),
            exact("brightness 0.15", image -> Adjustments.brightness(image, 0.15f)),
            exact("brightness -0.2", image -> Adjustments.brightness(image, -0.2f)),
            summed("contrast 0.8", image -> Adjustments.contrast(image, 0.8f)),
            summed("contrast 1.17", image -> Adjustments.contrast(image, 1.17f)),
            exact("saturation 0.8", image -> Adjustments.saturation(image, 0.8f)),
            exact("saturation 1.19", image -> Adjustments.saturation(image, 1.19f)),
            exact("hue 0.05", image -> Adjustments.hue(image, 0.05f)),
            exact("hue -0.043", image -> Adjustments.hue(image, -0.043f)),
            exact("hue 0.9", image -> Adjustments.hue(image, 0.9f)),
            summed("all, in the reference's order", AdjustmentsTest::all));
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> new Case(i + 1, all.get(i).name(), all.get(i).bound(), all.get(i).operation()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWhatTensorFlowMakes(Case tested) throws IOException {
    List<FloatImage> golden = golden();
    float[] before = golden.get(0).pixels().clone();
    FloatImage result = tested.operation().apply(golden.get(0));
    assertThat(golden.get(0).pixels()).containsExactly(before);
    float[] expected = golden.get(tested.number()).pixels();
    if (tested.bound() == 0) {
      assertThat(result.pixels()).containsExactly(expected);
    } else {
      assertThat(result.pixels()).containsExactly(expected, within(tested.bound()));
    }
  }

  private static FloatImage all(FloatImage image) {
    FloatImage darker = Adjustments.brightness(Adjustments.flipLeftRight(image), -0.11f);
    return Adjustments.hue(Adjustments.saturation(Adjustments.contrast(darker, 1.1f), 0.9f), 0.02f);
  }

  private static Case exact(String name, UnaryOperator<FloatImage> operation) {
    return new Case(0, name, 0, operation);
  }

  /**
   * The mean is a sum, which TensorFlow adds up in floats and in an order of its own: some ulps.
   */
  private static Case summed(String name, UnaryOperator<FloatImage> operation) {
    return new Case(0, name, 1e-6f, operation);
  }

  private static List<FloatImage> golden() throws IOException {
    try (InputStream stream =
            AdjustmentsTest.class.getResourceAsStream("/augmentation/golden.bin");
        DataInputStream data = new DataInputStream(stream)) {
      int size = HEIGHT * WIDTH * 3;
      FloatImage[] images = new FloatImage[data.available() / size / Float.BYTES];
      for (int i = 0; i < images.length; i++) {
        float[] pixels = new float[size];
        for (int k = 0; k < size; k++) {
          pixels[k] = data.readFloat();
        }
        images[i] = new FloatImage(HEIGHT, WIDTH, pixels);
      }
      return List.of(images);
    }
  }
}

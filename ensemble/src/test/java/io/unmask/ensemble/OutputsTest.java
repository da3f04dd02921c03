package io.unmask.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Label;
import io.unmask.error.ModelFormatException;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file whose outputs judge a view each: its manifest fuses them as it does several files. */
class OutputsTest {

  private static final double A = 1 / (1 + Math.exp(-2));
  private static final double B = 1 / (1 + Math.exp(1));

  private static final String VIEWS =
      """
      {"version": 1,
       "views": [{"view": "resize", "output": "a"}, {"view": "shrink", "output": "b"}]
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Network.Builder builder = Network.builder("two");
    int input = builder.add("input", new Layer.Input(Shape.of(8, 8, 3)));
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), input);
    int a = builder.add("a", always(2), pool);
    int b = builder.add("b", always(-1), pool);
    KerasWriter.write(builder.build(a, b), folder.resolve("two.keras"));
  }

  /** Says the same of each image. */
  private static Layer.Dense always(float logit) {
    return new Layer.Dense(
        Weights.of(Shape.of(3, 1), new float[3]),
        Weights.of(Shape.of(1), new float[] {logit}),
        Activations.SIGMOID);
  }

  @Test
  void theyAreAveragedAsLogitsUnlessSomebodySaysOtherwise() throws IOException {
    double mean = 1 / (1 + Math.exp(-0.5));
    assertThat(probability("", opening())).isEqualTo(mean, within(1e-6));
    assertThat(probability(", \"fusion\": \"max\"", opening())).isEqualTo(A, within(1e-6));
    assertThat(probability(", \"fusion\": \"max\", \"members\": [\"two.keras\"]", opening()))
        .isEqualTo(A, within(1e-6));
    assertThat(probability("", opening().fusion("noisy-or")))
        .isEqualTo(1 - (1 - A) * (1 - B), within(1e-6));
    assertThat(probability("", Detector.builder().model(folder.resolve("two.keras"))))
        .isEqualTo(mean, within(1e-6));
  }

  @Test
  void aCalibrationHoldsForTheRuleThatItWasFittedTo() throws IOException {
    String calibrated = ", \"calibration\": {\"scale\": 2}";
    assertThat(probability(calibrated, opening())).isEqualTo(1 / (1 + Math.exp(-1)), within(1e-6));
    assertThat(probability(calibrated, opening().fusion("mean-logit")))
        .isEqualTo(1 / (1 + Math.exp(-1)), within(1e-6));
    assertThat(probability(calibrated, opening().fusion("max"))).isEqualTo(A, within(1e-6));
    assertThat(probability(calibrated + ", \"fusion\": \"max\"", opening()))
        .isEqualTo(1 / (1 + Math.exp(-4)), within(1e-6));
    assertThat(probability(calibrated + ", \"fusion\": \"max\"", opening().fusion("mean-logit")))
        .isEqualTo(1 / (1 + Math.exp(-0.5)), within(1e-6));
  }

  @Test
  void theWeightOfAFileIsThatOfEachOfItsOutputs() throws IOException {
    String weights = ", \"weights\": {\"two.keras\": 3}";
    assertThat(probability(weights, opening())).isEqualTo((A + B) / 2, within(1e-6));
    Files.copy(folder.resolve("two.keras"), folder.resolve("more.keras"));
    assertThat(probability(", \"weights\": {\"two.keras\": 3, \"more.keras\": 1}", opening()))
        .isEqualTo((A + B) / 2, within(1e-6));
  }

  @Test
  void aRuleWithoutItsWeightsIsRefused() throws IOException {
    manifest(", \"fusion\": \"weighted-mean\"");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> opening().open().close())
        .withMessageContaining("has no weight for the fusion rule 'weighted-mean'");
  }

  @Test
  void outputsThatAreFarApartLeaveAPhotoUndecided() throws IOException {
    manifest(", \"maxSpread\": 0.5");
    try (Detector detector = opening().open()) {
      assertThat(detector.classify(photo()).label()).isEqualTo(Label.UNCERTAIN);
    }
    manifest(", \"maxSpread\": 0.7");
    try (Detector detector = opening().open()) {
      assertThat(detector.classify(photo()).label()).isEqualTo(Label.FAKE);
    }
  }

  private DetectorBuilder opening() {
    return Detector.builder().model(folder);
  }

  private double probability(String keys, DetectorBuilder builder) throws IOException {
    manifest(keys);
    try (Detector detector = builder.open()) {
      return detector.classify(photo()).probability();
    }
  }

  private void manifest(String keys) throws IOException {
    Files.writeString(folder.resolve("unmask.json"), VIEWS + keys + "}");
  }

  private static BufferedImage photo() {
    return new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
  }
}

package io.unmask.training.plan;

import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.architecture.BackboneClassifier;
import io.unmask.network.architecture.WeightInitializer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A trained network whose features a new head looks at. Immutable.
 *
 * @param file a Keras file of a whole model, with or without its top
 * @param classifier what is made of it
 */
public record Backbone(Path file, BackboneClassifier classifier) {

  /** The side of images where neither the file nor the user says one: that of ImageNet's crops. */
  private static final int USUAL_SIDE = 224;

  /**
   * The network.
   *
   * @throws io.unmask.error.ModelFormatException if the file cannot be read
   * @throws io.unmask.error.UnsupportedLayerException if it has a layer that is not supported
   * @throws IllegalArgumentException if it has no layer with places of the image
   */
  Network build(WeightInitializer initializer) {
    int side = classifier.side() == 0 ? USUAL_SIDE : classifier.side();
    Network whole = KerasReader.read(file, Shape.of(side, side, 3)).inMemory();
    try {
      return classifier.build(whole, initializer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** All that it consists of but the file, as text. */
  public String description() {
    return "a head of %s units, dropout %s; side %s; range %s"
        .formatted(
            String.join(" and ", classifier.head().stream().map(String::valueOf).toList()),
            classifier.dropout(),
            classifier.side() == 0 ? "of the backbone" : String.valueOf(classifier.side()),
            classifier.range().name().toLowerCase(Locale.ROOT));
  }

  /** The layers whose kernels are regularised where the plan says so. */
  static List<String> regularised() {
    return List.of("dense_");
  }
}

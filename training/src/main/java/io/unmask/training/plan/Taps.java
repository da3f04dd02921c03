package io.unmask.training.plan;

import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.WeightInitializer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which layers of which trunk a head looks at. Immutable.
 *
 * @param trunk a Keras file
 * @param classifier what is made of it
 */
public record Taps(Path trunk, TapsClassifier classifier) {

  /**
   * The network.
   *
   * @throws io.unmask.error.ModelFormatException if the file cannot be read
   * @throws io.unmask.error.UnsupportedLayerException if the trunk has a layer that is not
   *     supported
   * @throws IllegalArgumentException if it has no such layers
   */
  Network build(WeightInitializer initializer) {
    Network whole = KerasReader.read(trunk).inMemory(); // the file may change while it is in use
    try {
      return classifier.build(whole, initializer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(trunk + ": " + e.getMessage(), e);
    }
  }

  /** All that it consists of but the trunk, as text. */
  public String description() {
    return "%s of %s; %s head, dropout %s; side %s; range %s"
        .formatted(
            classifier.variance() ? "mean and variance" : "mean",
            String.join(", ", classifier.taps()),
            classifier.hidden() == 0 ? "linear" : classifier.hidden() + " units in the",
            classifier.dropout(),
            classifier.side() == 0 ? "of the trunk" : String.valueOf(classifier.side()),
            classifier.range().name().toLowerCase(Locale.ROOT));
  }
}

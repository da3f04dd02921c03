package io.unmask.keras.file;

import io.unmask.keras.config.Generation;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.layers.GraphBuilder;
import io.unmask.keras.layers.WeightDemand;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Network;
import java.util.OptionalInt;

/**
 * The weights of a file, which are put into a model that the file does not describe, as Keras's
 * {@code load_weights} does: by the order of layers and arrays, whatever they are called.
 */
interface LooseWeights {

  /** What to do about weights that do not fit. */
  String ADVICE =
      "; the weights are those of another model, or the architecture is: name the one that they"
          + " were saved from, or write its JSON with model.to_json()";

  /** The largest number of classes that a file is believed to have. */
  int MOST_CLASSES = 100_000;

  /** The last extent of the last array of a model that asks for so much, if it is there. */
  OptionalInt lastExtent(WeightDemand demand);

  /**
   * The weights for a model.
   *
   * @throws MisfitException if they are of another number of layers
   */
  WeightSource source(ModelConfig model, WeightDemand demand);

  /** A model with these weights. */
  static Network fill(Blueprint blueprint, LooseWeights weights) {
    Generation generation = blueprint.generation();
    ModelConfig model = blueprint.model(2);
    WeightDemand demand = WeightDemand.of(model, generation);
    if (blueprint.open()) {
      int classes = weights.lastExtent(demand).orElse(2);
      if (classes >= 1 && classes <= MOST_CLASSES && classes != 2) {
        model = blueprint.model(classes);
        demand = WeightDemand.of(model, generation);
      }
    }
    try {
      WeightSource source = weights.source(model, demand);
      return GraphBuilder.build(
          model,
          (layer, variables) -> {
            try {
              return source.read(layer, variables);
            } catch (MisfitException e) {
              throw e.advising(ADVICE);
            }
          },
          () -> generation,
          null);
    } catch (MisfitException e) {
      throw e.advising(ADVICE);
    }
  }
}

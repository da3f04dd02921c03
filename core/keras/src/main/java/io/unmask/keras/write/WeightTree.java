package io.unmask.keras.write;

import io.unmask.keras.config.ConfigParser;
import io.unmask.keras.hdf5.Hdf5Writer;
import io.unmask.network.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where the weights of a model go in its archive; {@code ArchiveWeights} finds them there. */
public final class WeightTree {

  private WeightTree() {}

  /**
   * Lays the weights out.
   *
   * @param halves which arrays are stored as 16-bit floats
   */
  public static Hdf5Writer.Group of(WrittenModel model, Predicate<Weights> halves) {
    Hdf5Writer.Group root = new Hdf5Writer.Group(null);
    add(model, halves, root);
    return root;
  }

  private static void add(WrittenModel model, Predicate<Weights> halves, Hdf5Writer.Group place) {
    place.group("vars", model.name());
    Hdf5Writer.Group layers = place.group("layers", null);
    Map<String, Integer> counts = new HashMap<>();
    for (WrittenLayer layer : model.layers()) {
      String container = ConfigParser.container(ConfigWriter.className(layer), counts);
      Hdf5Writer.Group own = layers.group(container, null);
      WrittenModel nested = layer.nested();
      if (nested != null) {
        add(nested, halves, own);
      } else {
        Hdf5Writer.Group variables = own.group("vars", layer.name());
        List<Weights> weights = layer.layer().weights();
        for (int i = 0; i < weights.size(); i++) {
          Weights each = weights.get(i);
          variables.dataset(Integer.toString(i), each, halves.test(each));
        }
      }
    }
  }
}

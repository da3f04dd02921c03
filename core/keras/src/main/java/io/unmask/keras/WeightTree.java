package io.unmask.keras;

import io.unmask.network.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the weights of a model go in its archive; {@link ArchiveWeights} finds them there. */
final class WeightTree {

  private WeightTree() {}

  static Hdf5Writer.Group of(WrittenModel model, Precision precision) {
    Hdf5Writer.Group root = new Hdf5Writer.Group(null);
    add(model, precision, root);
    return root;
  }

  private static void add(WrittenModel model, Precision precision, Hdf5Writer.Group place) {
    place.group("vars", model.name());
    Hdf5Writer.Group layers = place.group("layers", null);
    Map<String, Integer> counts = new HashMap<>();
    for (WrittenLayer layer : model.layers()) {
      String container = ConfigParser.container(ConfigWriter.className(layer), counts);
      Hdf5Writer.Group own = layers.group(container, null);
      WrittenModel nested = layer.nested();
      if (nested != null) {
        add(nested, precision, own);
      } else {
        Hdf5Writer.Group variables = own.group("vars", layer.name());
        List<Weights> weights = layer.layer().weights();
        for (int i = 0; i < weights.size(); i++) {
          variables.dataset(Integer.toString(i), weights.get(i), precision);
        }
      }
    }
  }
}

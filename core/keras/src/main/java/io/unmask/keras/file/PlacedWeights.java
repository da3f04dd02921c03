package io.unmask.keras.file;

import io.unmask.jhdf.api.Dataset;
import io.unmask.jhdf.api.Group;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.Variable;
import io.unmask.keras.layers.WeightDemand;
import io.unmask.keras.layers.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@code .weights.h5} of Keras 3: places are numbered by the classes of the layers, in their
 * order.
 *
 * @param root where the places are
 * @param arrays reads the file
 */
record PlacedWeights(Group root, ArrayReader arrays) implements LooseWeights {

  @Override
  public OptionalInt lastExtent(WeightDemand demand) {
    OptionalInt extent = OptionalInt.empty();
    for (Map.Entry<LayerConfig, List<Variable>> each : demand.variables().entrySet()) {
      List<String> path =
          new ArrayList<>(ArchiveWeights.path(each.getKey(), ArchiveWeights.isOld(root)));
      path.add(Integer.toString(each.getValue().size() - 1));
      int[] extents =
          Hdf5.find(root, path) instanceof Dataset dataset ? dataset.getDimensions() : new int[0];
      extent =
          extents.length == 0 ? OptionalInt.empty() : OptionalInt.of(extents[extents.length - 1]);
    }
    return extent;
  }

  @Override
  public WeightSource source(ModelConfig model, WeightDemand demand) {
    Set<String> wanted =
        demand.variables().keySet().stream()
            .map(layer -> String.join("/", layer.containers()))
            .collect(Collectors.toSet());
    List<String> others =
        WeightsOnly.places(root).stream().filter(place -> !wanted.contains(place)).toList();
    if (!others.isEmpty()) {
      throw new MisfitException(
          "it holds weights for %s%s, which the architecture has no layers for"
              .formatted(
                  others.get(0), others.size() > 1 ? " and " + (others.size() - 1) + " more" : ""));
    }
    return new ArchiveWeights(root, arrays, false);
  }
}

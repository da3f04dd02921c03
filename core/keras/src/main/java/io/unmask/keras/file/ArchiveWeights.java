package io.unmask.keras.file;

import io.unmask.jhdf.api.Group;
import io.unmask.jhdf.api.Node;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.Variable;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a {@code .keras} archive, which lie at the path that the classes and the order of
 * the layers make: {@code layers/conv2d_1/vars/0}.
 */
final class ArchiveWeights implements WeightSource {

  static final String LAYERS = "layers";
  static final String VARIABLES = "vars";

  /** What early versions of Keras called {@code layers}. */
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private final Group root;
  private final ArrayReader arrays;
  private final boolean old;
  private final boolean ofThisModel;

  ArchiveWeights(Group root, ArrayReader arrays) {
    this(root, arrays, true);
  }

  /**
   * Weights at their places.
   *
   * @param ofThisModel whether they were saved with the model that asks for them, so that the
   *     layers' names are the same
   */
  ArchiveWeights(Group root, ArrayReader arrays, boolean ofThisModel) {
    this.root = root;
    this.arrays = arrays;
    this.ofThisModel = ofThisModel;
    this.old = isOld(root);
  }

  static boolean isOld(Group root) {
    return Hdf5.group(root, List.of(OLD_LAYERS)) != null;
  }

  /** Where a layer's variables lie. */
  static List<String> path(LayerConfig layer, boolean old) {
    List<String> path = new ArrayList<>();
    for (String container : layer.containers()) {
      path.add(old ? OLD_LAYERS : LAYERS);
      path.addAll(List.of(container.split("/", -1)));
    }
    path.add(VARIABLES);
    return path;
  }

  @Override
  public List<Weights> read(LayerConfig layer, List<Variable> variables) {
    List<String> path = path(layer, old);
    Group group = Hdf5.group(root, path);
    if (group == null && !ofThisModel) {
      throw new MisfitException(
          "the file has no weights for it (%s)".formatted(String.join("/", path)));
    }
    if (group == null) {
      throw new DefectException(
          "its weights are missing (%s is not in model.weights.h5); save the model again"
              .formatted(String.join("/", path)));
    }
    String owner = Hdf5.text(group, "name");
    if (ofThisModel && owner != null && !owner.equals(layer.name())) {
      throw new DefectException(
          "%s should hold its weights, but holds those of '%s'; save the model again"
              .formatted(String.join("/", path), owner));
    }
    List<Weights> weights = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      Node node = Hdf5.find(group, List.of(Integer.toString(i)));
      if (node == null) {
        throw new MisfitException(what(variable, path, i) + " is missing");
      }
      if (!variable.read()) {
        continue;
      }
      try {
        weights.add(arrays.read(node, variable.shape()));
      } catch (DefectException e) {
        throw e.of(what(variable, path, i));
      }
    }
    int stored = group.getChildren().size();
    if (stored != variables.size()) {
      throw new MisfitException(
          "%s holds %d arrays, but the layer asks for %d"
              .formatted(String.join("/", path), stored, variables.size()));
    }
    return weights;
  }

  private static String what(Variable variable, List<String> path, int index) {
    return variable.name() + " (" + String.join("/", path) + "/" + index + ")";
  }
}

package io.unmask.keras.file;

import io.unmask.jhdf.api.Group;
import io.unmask.jhdf.api.Node;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.ChunkedAttribute;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.Variable;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a legacy {@code .h5} file: one group for each layer of the outermost model, whose
 * attribute {@code weight_names} lists what it holds. A nested model is one group with the weights
 * of all its layers, trainable ones first, so that only the names tell whose they are. Keras 1
 * called the arrays {@code layer_W} and the like, which only their order explains.
 */
final class LegacyWeights implements WeightSource {

  /**
   * An array of a group.
   *
   * @param storedName its path in the group
   * @param name the same without Keras 2's {@code :0}
   * @param owner what stands before the variable's name, each part with a slash before it
   */
  record Entry(String storedName, String name, String owner) {
    private static Entry of(String storedName) {
      boolean numbered = storedName.endsWith(":0");
      String name = numbered ? storedName.substring(0, storedName.length() - 2) : storedName;
      int slash = name.lastIndexOf('/');
      return new Entry(storedName, name, slash < 0 ? "" : "/" + name.substring(0, slash));
    }
  }

  private final Group groups;
  private final ArrayReader arrays;
  private final Map<String, List<Entry>> entries = new HashMap<>();

  LegacyWeights(Group groups, ArrayReader arrays) {
    this.groups = groups;
    this.arrays = arrays;
  }

  @Override
  public List<Weights> read(LayerConfig layer, List<Variable> variables) {
    String outermost = layer.ancestry().get(0);
    Group group = group(outermost);
    List<Entry> own = own(entries.computeIfAbsent(outermost, name -> list(group)), layer);
    if (own.size() != variables.size()) {
      throw new MisfitException(
          "the layer asks for %d weights, but '%s' lists %d of its own: %s"
              .formatted(
                  variables.size(), outermost, own.size(), own.stream().map(Entry::name).toList()));
    }
    List<Weights> weights = new ArrayList<>();
    boolean byPosition =
        own.stream().allMatch(entry -> entry.owner().isEmpty())
            || (own.size() == 1 && isAutomatic(last(own.get(0).name())));
    for (int i = 0; i < own.size(); i++) {
      Variable variable = variables.get(i);
      Entry found = byPosition ? own.get(i) : named(own, variable);
      if (variable.read()) {
        weights.add(read(group, found, variable));
      }
    }
    return weights;
  }

  /** The owners of a group's arrays, each part without the slash before it; one for each array. */
  List<String> owners(String name) {
    return entries(name).stream()
        .map(entry -> entry.owner().isEmpty() ? "" : entry.owner().substring(1))
        .toList();
  }

  /** The arrays of a group, in their order. */
  List<Entry> entries(String name) {
    Group group = group(name);
    return entries.computeIfAbsent(name, key -> list(group));
  }

  Group group(String outermost) {
    Group group = Hdf5.group(groups, Arrays.asList(outermost.split("/")));
    if (group == null) {
      throw new DefectException(
          "its weights are missing (%s has no '%s'); save the model again"
              .formatted(Hdf5.where(groups), outermost));
    }
    return group;
  }

  private static @Nullable Entry named(List<Entry> own, Variable variable) {
    Entry found = null;
    for (Entry entry : own) {
      if (variable.names().contains(last(entry.name()))) {
        if (found != null) {
          throw new DefectException(
              "'%s' and '%s' could both be its %s; give the layers different names and save again"
                  .formatted(found.name(), entry.name(), variable.name()));
        }
        found = entry;
      }
    }
    return found;
  }

  private Weights read(Group group, @Nullable Entry found, Variable variable) {
    String missing = "its %s is missing in %s".formatted(variable.name(), Hdf5.where(group));
    if (found == null) {
      throw new MisfitException(missing);
    }
    Node node = node(group, found);
    if (node == null) {
      throw new DefectException(missing + "; save the model again");
    }
    try {
      return arrays.read(node, variable.shape());
    } catch (DefectException e) {
      throw e.of(found.name());
    }
  }

  static @Nullable Node node(Group group, Entry entry) {
    return Hdf5.find(group, Arrays.asList(entry.storedName().split("/")));
  }

  private static List<Entry> list(Group group) {
    List<String> names = ChunkedAttribute.read(group, "weight_names");
    if (names == null) {
      throw new DefectException(
          "%s has no weight_names; save the model again".formatted(Hdf5.where(group)));
    }
    return names.stream().map(Entry::of).toList();
  }

  /**
   * Those of a group's arrays that belong to the layer. In the group of a plain layer these are all
   * of them, whatever the layer was called when it was made. In that of a nested model those count
   * that name it as their owner, or, in files that name more or less of the nesting, whose owner
   * ends with its name: {@code conv1/bn} is not {@code bn}.
   */
  static List<Entry> own(List<Entry> all, LayerConfig layer) {
    List<String> ancestry = layer.ancestry();
    if (ancestry.size() == 1) {
      return all;
    }
    for (int i = 0; i < ancestry.size(); i++) {
      String owner = "/" + String.join("/", ancestry.subList(i, ancestry.size()));
      String ascii = Hdf5.asAscii(owner);
      List<Entry> exact =
          all.stream()
              .filter(entry -> entry.owner().equals(owner) || entry.owner().equals(ascii))
              .toList();
      if (!exact.isEmpty()) {
        return exact;
      }
    }
    List<Entry> own = all;
    StringBuilder suffix = new StringBuilder();
    for (int i = ancestry.size() - 1; i >= 0; i--) { // more of the nesting only where it is needed
      suffix.insert(0, "/" + ancestry.get(i));
      String name = suffix.toString();
      String ascii = Hdf5.asAscii(name);
      List<Entry> narrower =
          own.stream()
              .filter(entry -> entry.owner().endsWith(name) || entry.owner().endsWith(ascii))
              .toList();
      if (narrower.isEmpty() && i < ancestry.size() - 1) {
        break;
      }
      own = narrower;
      if (own.stream().map(entry -> last(entry.name())).distinct().count() == own.size()) {
        break;
      }
    }
    return own;
  }

  /** Whether a variable was given no name, so that Keras made one up. */
  private static boolean isAutomatic(String name) {
    return name.matches("[Vv]ariable(_[0-9]+)?");
  }

  static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}

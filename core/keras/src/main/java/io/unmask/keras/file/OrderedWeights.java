package io.unmask.keras.file;

import io.unmask.jhdf.api.Dataset;
import io.unmask.jhdf.api.Group;
import io.unmask.jhdf.api.Node;
import io.unmask.jhdf.object.datatype.FloatingPoint;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.file.LegacyWeights.Entry;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.Variable;
import io.unmask.keras.layers.WeightDemand;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .h5} that Keras 1 and 2 save weights in, and Keras 3 saves models in: one group a
 * layer of the outermost model, in the order of the layers. The arrays of a nested model are found
 * by the names of its layers, or, where these are others, by their order, trainable ones first.
 * Arrays that are no numbers with a point, such as the states of random generators, do not count.
 */
final class OrderedWeights implements LooseWeights {

  private final Group groups;
  private final List<String> names;
  private final LegacyWeights entries;
  private final ArrayReader arrays;

  /** How many layers a message names. */
  private static final int NAMED = 6;

  OrderedWeights(Group groups, List<String> names, ArrayReader arrays) {
    this.groups = groups;
    this.names = names;
    this.arrays = arrays;
    this.entries = new LegacyWeights(groups, arrays);
  }

  /**
   * A layer, or a part of one, and the arrays that it asks for.
   *
   * @param layer which
   * @param variables those whose numbers are read
   */
  private record Leaf(LayerConfig layer, List<Variable> variables) {}

  /**
   * A layer of the file.
   *
   * @param name what it is called there
   * @param group where its arrays are
   * @param arrays their names, in their order
   */
  private record Stored(String name, Group group, List<Entry> arrays) {}

  @Override
  public OptionalInt lastExtent(WeightDemand demand) {
    List<Stored> stored = stored();
    if (stored.isEmpty()) {
      return OptionalInt.empty();
    }
    Stored last = stored.get(stored.size() - 1);
    Entry array = last.arrays().get(last.arrays().size() - 1);
    int[] extents =
        LegacyWeights.node(last.group(), array) instanceof Dataset dataset
            ? dataset.getDimensions()
            : new int[0];
    return extents.length == 0 ? OptionalInt.empty() : OptionalInt.of(extents[extents.length - 1]);
  }

  @Override
  public WeightSource source(ModelConfig model, WeightDemand demand) {
    Map<List<String>, List<Leaf>> leaves = leaves(model, demand);
    List<LayerConfig> weighted =
        model.layers().stream().filter(layer -> !below(layer, leaves).isEmpty()).toList();
    List<Stored> stored = stored();
    if (weighted.size() != stored.size()) {
      throw new MisfitException(
          "the architecture '%s' has %d layers with weights%s, but the file has %d%s"
              .formatted(
                  model.name(),
                  weighted.size(),
                  some(weighted.stream().map(LayerConfig::name).toList()),
                  stored.size(),
                  some(stored.stream().map(Stored::name).toList())));
    }
    Map<LayerConfig, List<Found>> found = new HashMap<>();
    for (int i = 0; i < stored.size(); i++) {
      assign(i, weighted.get(i), leaves, stored.get(i), found);
    }
    return (layer, variables) -> read(variables, found.getOrDefault(layer, List.of()));
  }

  private static String some(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.isEmpty() ? "" : " (" + listed + (names.size() > NAMED ? ", ...)" : ")");
  }

  /**
   * An array of the file.
   *
   * @param group where it lies
   * @param entry its name there
   */
  private record Found(Group group, Entry entry) {}

  private List<Weights> read(List<Variable> variables, List<Found> found) {
    List<Weights> weights = new ArrayList<>();
    int next = 0;
    for (Variable variable : variables) {
      if (!variable.read()) {
        continue;
      }
      Found array = found.get(next++);
      @Nullable Node node = LegacyWeights.node(array.group(), array.entry());
      if (node == null) {
        throw new DefectException(
            "its %s (%s) is listed in %s, but is not there; save the weights again"
                .formatted(variable.name(), array.entry().name(), Hdf5.where(array.group())));
      }
      try {
        weights.add(arrays.read(node, variable.shape()));
      } catch (DefectException e) {
        throw e.of(array.entry().name());
      }
    }
    return weights;
  }

  /** The layers of the file that have weights, in their order. */
  private List<Stored> stored() {
    List<Stored> stored = new ArrayList<>();
    for (String name : names) {
      Group group = entries.group(name);
      List<Entry> numbers =
          entries.entries(name).stream().filter(entry -> isNumbers(group, entry)).toList();
      if (!numbers.isEmpty()) {
        stored.add(new Stored(name, group, numbers));
      }
    }
    return stored;
  }

  /** What is listed and missing counts, so that it is missed. */
  private static boolean isNumbers(Group group, Entry entry) {
    return !(LegacyWeights.node(group, entry) instanceof Dataset dataset)
        || dataset.getDataType() instanceof FloatingPoint;
  }

  /** What each layer asks for, with its parts, by its ancestry. */
  private static Map<List<String>, List<Leaf>> leaves(ModelConfig model, WeightDemand demand) {
    Set<List<String>> known = new HashSet<>();
    collect(model, known);
    Map<List<String>, List<Leaf>> leaves = new HashMap<>();
    demand
        .variables()
        .forEach(
            (layer, variables) -> {
              List<String> path = layer.ancestry();
              List<String> owner = known.contains(path) ? path : path.subList(0, path.size() - 1);
              List<Variable> read = variables.stream().filter(Variable::read).toList();
              leaves.computeIfAbsent(owner, key -> new ArrayList<>()).add(new Leaf(layer, read));
            });
    return leaves;
  }

  private static void collect(ModelConfig model, Set<List<String>> paths) {
    for (LayerConfig layer : model.layers()) {
      paths.add(layer.ancestry());
      @Nullable ModelConfig nested = layer.nested();
      if (nested != null) {
        collect(nested, paths);
      }
    }
  }

  private static List<Leaf> below(LayerConfig layer, Map<List<String>, List<Leaf>> leaves) {
    @Nullable ModelConfig nested = layer.nested();
    if (nested == null) {
      return leaves.getOrDefault(layer.ancestry(), List.of());
    }
    List<Leaf> all = new ArrayList<>();
    nested.layers().forEach(each -> all.addAll(below(each, leaves)));
    return all;
  }

  private static void assign(
      int index,
      LayerConfig layer,
      Map<List<String>, List<Leaf>> leaves,
      Stored stored,
      Map<LayerConfig, List<Found>> found) {
    List<Leaf> below = below(layer, leaves);
    int asked = below.stream().mapToInt(leaf -> leaf.variables().size()).sum();
    if (asked != stored.arrays().size()) {
      throw new MisfitException(
          "%s, number %d of those with weights, asks for %d arrays, but '%s' in the file has %d"
              .formatted(
                  layer.described(), index + 1, asked, stored.name(), stored.arrays().size()));
    }
    if (layer.nested() != null && assignByNames(below, stored, found)) {
      return;
    }
    List<Leaf> order = new ArrayList<>();
    List<Leaf> later = new ArrayList<>();
    inOrder(layer, false, leaves, order, later);
    order.addAll(later);
    int next = 0;
    for (Leaf part : order) {
      for (Variable variable : part.variables()) {
        Entry entry = stored.arrays().get(next++);
        requireLike(part.layer(), layer, variable, entry);
        found
            .computeIfAbsent(part.layer(), key -> new ArrayList<>())
            .add(new Found(stored.group(), entry));
      }
    }
  }

  /** In a nested model an array of another kind would be taken for one of the same shape. */
  private static void requireLike(
      LayerConfig layer, LayerConfig outermost, Variable variable, Entry entry) {
    boolean named = !entry.owner().isEmpty() && outermost.nested() != null;
    if (named && !variable.names().contains(LegacyWeights.last(entry.name()))) {
      throw new MisfitException(
          "%s: in the order of Keras its %s would be '%s'"
              .formatted(layer.described(), variable.name(), entry.name()));
    }
  }

  /** Whether the file calls all layers of a nested model as the architecture does. */
  private static boolean assignByNames(
      List<Leaf> leaves, Stored stored, Map<LayerConfig, List<Found>> found) {
    Map<LayerConfig, List<Found>> named = new HashMap<>();
    for (Leaf leaf : leaves) {
      List<Entry> own = LegacyWeights.own(stored.arrays(), leaf.layer());
      List<Found> arrays = new ArrayList<>();
      for (Variable variable : leaf.variables()) {
        List<Entry> like =
            own.stream()
                .filter(entry -> variable.names().contains(LegacyWeights.last(entry.name())))
                .toList();
        if (own.size() != leaf.variables().size() || like.size() != 1) {
          return false;
        }
        arrays.add(new Found(stored.group(), like.get(0)));
      }
      named.put(leaf.layer(), arrays);
    }
    found.putAll(named);
    return true;
  }

  /**
   * The order in which Keras lists the arrays of a layer: those that are trained, and then the
   * others; of what is frozen, all of a layer together.
   */
  private static void inOrder(
      LayerConfig layer,
      boolean frozenAround,
      Map<List<String>, List<Leaf>> leaves,
      List<Leaf> trained,
      List<Leaf> others) {
    boolean frozen = frozenAround || !layer.isTrainable();
    @Nullable ModelConfig nested = layer.nested();
    if (nested != null) {
      nested.layers().forEach(each -> inOrder(each, frozen, leaves, trained, others));
      return;
    }
    for (Leaf leaf : leaves.getOrDefault(layer.ancestry(), List.of())) {
      if (frozen) {
        others.add(leaf);
      } else {
        trained.add(part(leaf, true));
        others.add(part(leaf, false));
      }
    }
  }

  private static Leaf part(Leaf leaf, boolean trained) {
    return new Leaf(
        leaf.layer(),
        leaf.variables().stream().filter(each -> each.isTrained() == trained).toList());
  }

  @Override
  public String toString() {
    return "weights of " + names.size() + " layers in " + Hdf5.where(groups);
  }
}

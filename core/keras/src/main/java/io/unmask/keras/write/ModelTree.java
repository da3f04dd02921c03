package io.unmask.keras.write;

import io.unmask.keras.write.WrittenLayer.Use;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the models that {@code KerasReader} inlined out of a network again: nodes whose names begin
 * alike ({@code xception/}) become a nested model, {@code layer#2} the second use of {@code layer}.
 * Where the graph does not allow it, they become layers of their own under another name.
 */
public final class ModelTree {

  private final Network network;
  private final String prefix;
  private final List<Integer> members;
  private final Map<String, List<Integer>> groups = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<WrittenLayer> layers = new ArrayList<>();
  private final Map<String, WrittenLayer> byName = new HashMap<>();
  private final Map<Integer, Use> values = new HashMap<>();

  private ModelTree(Network network, String prefix, List<Integer> members) {
    this.network = network;
    this.prefix = prefix;
    this.members = members;
    findGroups();
    members.stream().map(this::localName).filter(ModelTree::isSound).forEach(names::add);
    names.addAll(groups.keySet());
  }

  public static WrittenModel of(Network network) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      all.add(i);
    }
    ModelTree tree = new ModelTree(network, "", all);
    return tree.build(sound(network.name(), "model"), network.outputs());
  }

  private static WrittenModel nested(
      Network network, String prefix, String name, List<Integer> members, int entry, int exit) {
    ModelTree tree = new ModelTree(network, prefix, members);
    Layer input = new Layer.Input(network.node(entry).shape());
    tree.use(entry, tree.add(WrittenLayer.of(tree.free("input_layer"), input)), List.of());
    return tree.build(name, List.of(exit));
  }

  private WrittenModel build(String name, List<Integer> outputs) {
    for (int index : members) {
      String group = group(index);
      if (group == null) {
        leaf(index);
      } else if (done.add(group)) {
        group(group, groups.getOrDefault(group, List.of()));
      }
    }
    WrittenLayer input = layers.stream().filter(WrittenLayer::isInput).findFirst().orElseThrow();
    return new WrittenModel(name, layers, input, outputs.stream().map(values::get).toList());
  }

  private String localName(int index) {
    return network.node(index).name().substring(prefix.length());
  }

  /** The first part of a member's name, if there are several. */
  private @Nullable String firstPart(int index) {
    String name = localName(index);
    int slash = name.indexOf('/');
    return slash > 0 ? name.substring(0, slash) : null;
  }

  /** The nested model that a member is to be part of. */
  private @Nullable String group(int index) {
    String part = firstPart(index);
    return part != null && groups.containsKey(part) ? part : null;
  }

  private void findGroups() {
    Set<String> whole = members.stream().map(this::localName).collect(Collectors.toSet());
    for (int index : members) {
      String part = firstPart(index);
      if (part != null && !whole.contains(part)) {
        groups.computeIfAbsent(part, key -> new ArrayList<>()).add(index);
      }
    }
    groups.values().removeIf(group -> entries(group).size() != 1 || exits(group).size() != 1);
  }

  /** What the nodes of a group read that is not of the group; the input counts as two. */
  private Set<Integer> entries(List<Integer> group) {
    Set<Integer> inside = new HashSet<>(group);
    Set<Integer> entries = new HashSet<>();
    for (int index : group) {
      entries.addAll(network.node(index).inputs());
      if (network.node(index).layer() instanceof Layer.Input) {
        entries.addAll(List.of(-1, -2));
      }
    }
    entries.removeAll(inside);
    return entries;
  }

  /** The nodes of a group that others read. */
  private Set<Integer> exits(List<Integer> group) {
    Set<Integer> inside = new HashSet<>(group);
    Set<Integer> exits = new HashSet<>(network.outputs());
    for (int i = 0; i < network.nodes().size(); i++) {
      if (!inside.contains(i)) {
        exits.addAll(network.node(i).inputs());
      }
    }
    exits.retainAll(inside);
    return exits;
  }

  private void leaf(int index) {
    Node node = network.node(index);
    String name = localName(index);
    WrittenLayer earlier = earlier(name);
    boolean again =
        earlier != null && earlier.nested() == null && earlier.layer().equals(node.layer());
    WrittenLayer layer =
        again && earlier != null ? earlier : add(WrittenLayer.of(exact(name), node.layer()));
    byName.putIfAbsent(name, layer);
    use(index, layer, node.inputs());
  }

  private void group(String name, List<Integer> group) {
    int entry = entries(group).iterator().next();
    int exit = exits(group).iterator().next();
    WrittenLayer layer = earlier(name);
    if (layer == null || layer.nested() == null || !isAgain(name, group)) {
      String chosen = exact(name);
      layer =
          add(
              WrittenLayer.of(
                  chosen, nested(network, prefix + name + "/", chosen, group, entry, exit)));
    }
    use(exit, layer, List.of(entry));
  }

  private void use(int index, WrittenLayer layer, List<Integer> inputs) {
    List<Use> read = inputs.stream().map(values::get).toList();
    values.put(index, layer.call(read, network.node(index).shape()));
  }

  private WrittenLayer add(WrittenLayer layer) {
    layers.add(layer);
    byName.put(layer.name(), layer);
    return layer;
  }

  /**
   * The layer that has been used n - 1 times, for the name {@code layer#n}, or {@code layer#n/part}
   * where a layer of Keras's has become several.
   */
  private @Nullable WrittenLayer earlier(String name) {
    int mark = name.lastIndexOf('#');
    if (mark < 0) {
      return null;
    }
    int slash = name.indexOf('/', mark);
    int end = slash < 0 ? name.length() : slash;
    WrittenLayer earlier = byName.get(name.substring(0, mark) + name.substring(end));
    return earlier != null
            && name.substring(mark + 1, end).equals("" + (earlier.calls().size() + 1))
        ? earlier
        : null;
  }

  /** Whether a group {@code model#n} computes what the group {@code model} does. */
  private boolean isAgain(String name, List<Integer> group) {
    String first = name.substring(0, name.lastIndexOf('#'));
    List<Integer> original =
        members.stream().filter(index -> first.equals(firstPart(index))).toList();
    if (original.size() != group.size()) {
      return false;
    }
    Map<Integer, Integer> image = new HashMap<>();
    image.put(entries(original).iterator().next(), entries(group).iterator().next());
    for (int i = 0; i < group.size(); i++) {
      Node one = network.node(original.get(i));
      Node two = network.node(group.get(i));
      image.put(original.get(i), group.get(i));
      boolean same =
          localName(original.get(i))
                  .substring(first.length())
                  .equals(localName(group.get(i)).substring(name.length()))
              && one.layer().equals(two.layer())
              && one.inputs().stream().map(image::get).toList().equals(two.inputs());
      if (!same) {
        return false;
      }
    }
    return exits(group).contains(image.get(exits(original).iterator().next()));
  }

  /** The name itself, if Keras takes it. */
  private String exact(String name) {
    return isSound(name) ? name : free(sound(name, "layer"));
  }

  private String free(String name) {
    String free = name;
    for (int n = 1; !names.add(free); n++) {
      free = name + "_" + n;
    }
    return free;
  }

  private static boolean isSound(String name) {
    return sound(name, "").equals(name);
  }

  /** Keras's names have no slash, and TensorFlow's scopes take none of the others. */
  private static String sound(String name, String fallback) {
    return name.isBlank() ? fallback : name.replaceAll("[/#'\\p{Cntrl}]", "_");
  }
}

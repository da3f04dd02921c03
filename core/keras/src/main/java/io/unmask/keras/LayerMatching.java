package io.unmask.keras;

import io.unmask.keras.config.AutomaticName;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.layers.FunctionalModel;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layers of a network among those of a file. Those of one model, such as the ones whose
 * names begin with {@code xception/}, are looked for in one model of the file, nested or not and of
 * whatever name. Automatic names vary by session, so that such layers are matched by their rank
 * within their kind.
 */
final class LayerMatching {

  /** A model of the file. */
  private static final class Stored {

    private final Map<String, LayerConfig> layers = new LinkedHashMap<>();

    /** The layers with automatic names, by kind, in the order of their numbers. */
    private final Map<String, List<LayerConfig>> automatic = new HashMap<>();

    void rank() {
      ranked(layers.keySet())
          .forEach((kind, names) -> automatic.put(kind, names.stream().map(layers::get).toList()));
    }

    @Nullable LayerConfig find(Wanted wanted) {
      if (wanted.kind() == null) {
        return layers.get(wanted.name());
      }
      List<LayerConfig> candidates = automatic.getOrDefault(wanted.kind(), List.of());
      return wanted.rank() < candidates.size() ? candidates.get(wanted.rank()) : null;
    }
  }

  /** A layer of the network: the last part of its name, and its kind and rank if automatic. */
  private record Wanted(String name, @Nullable String kind, int rank) {}

  /** The file's models, by the names of those that they are nested in and their own. */
  private final Map<List<String>, Stored> models = new LinkedHashMap<>();

  LayerMatching(List<LayerConfig> layers) {
    for (LayerConfig layer : layers) {
      Stored model = models.computeIfAbsent(parent(layer.ancestry()), key -> new Stored());
      if (model.layers.put(layer.name(), layer) != null) {
        throw FunctionalModel.namesake(layer);
      }
    }
    models.values().forEach(Stored::rank);
  }

  /** What was found of the network's layers that have weights, by their names in the network. */
  Map<String, LayerConfig> match(Network network) {
    Map<List<String>, List<String>> wanted = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (!node.layer().weights().isEmpty()) {
        List<String> path = Arrays.asList(node.name().split("/"));
        wanted
            .computeIfAbsent(parent(path), key -> new ArrayList<>())
            .add(path.get(path.size() - 1));
      }
    }
    Map<String, LayerConfig> found = new HashMap<>();
    wanted.forEach(
        (model, names) -> {
          String prefix = String.join("/", model) + (model.isEmpty() ? "" : "/");
          best(model, wanted(names)).forEach((name, layer) -> found.put(prefix + name, layer));
        });
    return found;
  }

  private static List<String> parent(List<String> path) {
    return path.subList(0, path.size() - 1);
  }

  private static List<Wanted> wanted(List<String> names) {
    Map<String, List<String>> ranked = ranked(names);
    return names.stream()
        .map(
            name -> {
              AutomaticName automatic = AutomaticName.of(name);
              return automatic == null
                  ? new Wanted(name, null, 0)
                  : new Wanted(
                      name,
                      automatic.kind(),
                      ranked.getOrDefault(automatic.kind(), List.of()).indexOf(name));
            })
        .toList();
  }

  /** What the model finds that has most of them; among equals first the one of the same name. */
  private Map<String, LayerConfig> best(List<String> model, List<Wanted> layers) {
    List<List<String>> candidates = new ArrayList<>(List.of(model, List.of()));
    candidates.addAll(models.keySet());
    Map<String, LayerConfig> best = Map.of();
    for (List<String> candidate : candidates) {
      Stored stored = models.get(candidate);
      Map<String, LayerConfig> found = stored == null ? Map.of() : find(stored, layers);
      if (found.size() > best.size()) {
        best = found;
      }
    }
    return best;
  }

  private static Map<String, LayerConfig> find(Stored model, List<Wanted> layers) {
    Map<String, LayerConfig> found = new HashMap<>();
    for (Wanted wanted : layers) {
      LayerConfig layer = model.find(wanted);
      if (layer != null) {
        found.put(wanted.name(), layer);
      }
    }
    return found;
  }

  /** The automatic names of each kind in the order of their numbers. */
  private static Map<String, List<String>> ranked(Collection<String> names) {
    Map<String, List<String>> ranked = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (String name : names) {
      AutomaticName automatic = AutomaticName.of(name);
      if (automatic != null) {
        ranked.computeIfAbsent(automatic.kind(), key -> new ArrayList<>()).add(name);
        numbers.put(name, automatic.number());
      }
    }
    ranked.values().forEach(list -> list.sort(Comparator.comparing(numbers::get)));
    return ranked;
  }
}

package io.unmask.keras;

import io.unmask.error.ModelFormatException;
import io.unmask.error.UnsupportedLayerException;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.keras.file.StoredLayers;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network whose first weights come from a file: a whole model ({@code .keras} or {@code .h5}), or
 * weights alone, as Keras publishes them for {@code keras.applications} ({@code .h5}) and as {@code
 * save_weights} writes them ({@code .weights.h5}). Layers are found by their names; layers of a
 * trunk ({@code xception/block1_conv1}) wherever the file has that trunk, on its own, with another
 * head, or nested under another name; layers with automatic names ({@code conv2d_4}) by their rank
 * within their kind. Layers that the network lacks do not matter, and need not be supported.
 *
 * <p>As with {@link KerasReader}, large arrays are read from the file whenever they are asked for;
 * {@link Network#inMemory} makes the network independent of it. Immutable and thread-safe.
 *
 * @param network the network, with the file's weights as far as they were taken
 * @param layers the names of its layers whose weights are the file's
 */
public record StartWeights(Network network, Set<String> layers) {

  private static final String ADVICE =
      "; take a file of the same architecture and width, or start without it";

  /** How many of a file's layers a message names. */
  private static final int NAMED = 12;

  /** Copies the set. */
  public StartWeights {
    layers = Set.copyOf(layers);
  }

  /**
   * Takes all weights from a file, such as an earlier model of the same architecture.
   *
   * @throws ModelFormatException if the file is missing or damaged, or lacks one of the layers, or
   *     has it with another shape; the message names the layer
   * @throws UnsupportedLayerException if the file's model does not describe its layers
   */
  public static StartWeights all(Path file, Network network) {
    return only(file, network, layer -> true);
  }

  /**
   * Takes the weights of some layers, such as a trunk's, and leaves the others as they are.
   *
   * @param layers tells by their names in the network which
   * @throws IllegalArgumentException if that is none of those with weights
   * @throws ModelFormatException as {@link #all}, of these layers
   * @throws UnsupportedLayerException as {@link #all}
   */
  public static StartWeights only(Path file, Network network, Predicate<String> layers) {
    return read(file, network, layers, false);
  }

  /**
   * Takes the weights of some layers, and those of all others too if the file has every one of them
   * in the same shape; else the others stay as they are.
   *
   * @param layers tells by their names in the network which must be there
   * @throws IllegalArgumentException as {@link #only}
   * @throws ModelFormatException as {@link #only}
   * @throws UnsupportedLayerException as {@link #only}
   */
  public static StartWeights atLeast(Path file, Network network, Predicate<String> layers) {
    return read(file, network, layers, true);
  }

  /** Whether all weights are the file's. */
  public boolean complete() {
    return network.nodes().stream()
        .allMatch(node -> node.layer().weights().isEmpty() || layers.contains(node.name()));
  }

  /**
   * The names of the layers that a file has weights for, those of nested models with a slash.
   *
   * @throws ModelFormatException if the file is missing or damaged
   * @throws UnsupportedLayerException if the file's model does not describe its layers
   */
  public static List<String> names(Path file) {
    return KerasReader.open(
        file,
        model ->
            model.layers().layers().stream()
                .map(layer -> String.join("/", layer.ancestry()))
                .toList());
  }

  private static StartWeights read(
      Path file, Network network, Predicate<String> layers, boolean others) {
    List<Node> weighted =
        network.nodes().stream().filter(node -> !node.layer().weights().isEmpty()).toList();
    Map<Boolean, List<Node>> parts =
        weighted.stream().collect(Collectors.partitioningBy(node -> layers.test(node.name())));
    List<Node> needed = parts.getOrDefault(true, List.of());
    if (needed.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the layers of network '%s' that have weights was asked for"
              .formatted(network.name()));
    }
    return KerasReader.open(
        file,
        model -> {
          StoredLayers stored = model.layers();
          Map<String, LayerConfig> matches = new LayerMatching(stored.layers()).match(network);
          Map<String, Layer> taken = new HashMap<>(takenOrAdvice(needed, matches, stored));
          if (others) {
            taken.putAll(takenIfAllFit(parts.getOrDefault(false, List.of()), matches, stored));
          }
          return new StartWeights(replaced(network, taken), taken.keySet());
        });
  }

  private static Map<String, Layer> taken(
      List<Node> nodes, Map<String, LayerConfig> matches, StoredLayers stored) {
    Map<String, Layer> taken = new HashMap<>();
    for (Node node : nodes) {
      LayerConfig match = matches.get(node.name());
      if (match == null) {
        throw missing(node, stored);
      }
      taken.put(node.name(), filled(node, match, stored.weights()));
    }
    return taken;
  }

  private static Map<String, Layer> takenOrAdvice(
      List<Node> nodes, Map<String, LayerConfig> matches, StoredLayers stored) {
    try {
      return taken(nodes, matches, stored);
    } catch (MisfitException e) {
      throw e.advising(ADVICE);
    }
  }

  private static Map<String, Layer> takenIfAllFit(
      List<Node> nodes, Map<String, LayerConfig> matches, StoredLayers stored) {
    try {
      return taken(nodes, matches, stored);
    } catch (MisfitException e) {
      return Map.of();
    }
  }

  private static Layer filled(Node node, LayerConfig match, WeightSource source) {
    String path = String.join("/", match.ancestry());
    String what =
        "layer '%s'%s:"
            .formatted(
                node.name(), path.equals(node.name()) ? "" : " ('" + path + "' in the file)");
    List<Weights> weights;
    try {
      weights = source.read(match, LayerVariables.of(node.layer()));
    } catch (DefectException e) {
      throw e.of(what);
    } catch (RuntimeException | StackOverflowError e) {
      throw Hdf5.defect("layer '" + node.name() + "'", e);
    }
    return node.layer().withWeights(weights);
  }

  private static MisfitException missing(Node node, StoredLayers stored) {
    List<String> names =
        stored.layers().stream().map(layer -> String.join("/", layer.ancestry())).toList();
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    int more = names.size() - NAMED;
    return new MisfitException(
        "it has no weights for layer '%s' (%s), but for %s%s"
            .formatted(
                node.name(),
                node.layer().getClass().getSimpleName(),
                names.isEmpty() ? "no layer" : some,
                more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : ""));
  }

  private static Network replaced(Network network, Map<String, Layer> layers) {
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) { // all are needed, so that indices stay
      @Nullable Layer layer = layers.get(node.name());
      builder.add(node.name(), layer == null ? node.layer() : layer, node.inputs());
    }
    return builder.build(network.outputs());
  }
}

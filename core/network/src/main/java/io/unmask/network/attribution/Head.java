package io.unmask.network.attribution;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a network's last feature maps and its outputs, as far as it can be taken apart.
 * Built once, by one thread.
 */
final class Head {

  /**
   * A value of the head.
   *
   * @param pool what makes it of a feature map, or null
   * @param step what makes it of other values, or null
   * @param inputs the indices of these
   */
  record Part(@Nullable Pool pool, @Nullable Step step, List<Integer> inputs) {}

  private final Network network;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, Integer> known = new HashMap<>();
  private final Places places;
  private boolean complete = true;

  /** Nothing yet, of a network whose layers were split. */
  Head(Network network) {
    this.network = network;
    this.places = new Places(network);
  }

  /** All values, each behind those that it is made of. */
  List<Part> parts() {
    return parts;
  }

  /** Whether all that was asked for can be taken apart. */
  boolean isComplete() {
    return complete;
  }

  /** The index of the value of a node. It means nothing if the head is not complete. */
  int value(int index) {
    Integer earlier = known.get(index);
    if (earlier != null) {
      return earlier;
    }
    Part part = part(index);
    parts.add(part);
    known.put(index, parts.size() - 1);
    return parts.size() - 1;
  }

  private Part part(int index) {
    Node node = network.node(index);
    @Nullable Pool pool = pool(node);
    if (pool != null) {
      return new Part(pool, null, List.of());
    }
    @Nullable Step step = isFeatureMap(index) ? null : step(node);
    if (step == null || !complete) {
      complete = false;
      return new Part(null, new Step.Same(), List.of());
    }
    return new Part(null, step, node.inputs().stream().map(this::value).toList());
  }

  /** Whether a node puts out values of places, and not a vector of all of them. */
  private boolean isFeatureMap(int index) {
    return places.grid(index) != null && network.node(index).shape().rank() > 1;
  }

  /** What makes a vector of a feature map, or null if the node is none. */
  private @Nullable Pool pool(Pool.Kind kind, int map) {
    @Nullable Grid grid = isFeatureMap(map) ? places.grid(map) : null;
    if (grid == null) {
      return null;
    }
    Shape shape = network.node(map).shape();
    int channels = shape.size() / grid.places();
    boolean byPlace = shape.channels() == channels || kind == Pool.Kind.ELEMENTS;
    return byPlace ? new Pool(kind, map, Shape.of(grid.rows(), grid.columns(), channels)) : null;
  }

  private @Nullable Pool pool(Node node) {
    if (node.inputs().isEmpty()) {
      return null;
    }
    int read = node.inputs().get(0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Add) {
      int map = varied(node);
      return map < 0 ? null : pool(Pool.Kind.VARIANCE, map);
    }
    if (layer instanceof Layer.MatrixProduct) {
      return products(node);
    }
    if (layer instanceof Layer.GlobalAveragePooling2D) {
      return pool(Pool.Kind.MEAN, read);
    }
    if (layer instanceof Layer.GlobalMaxPooling2D) {
      return pool(Pool.Kind.MAXIMUM, read);
    }
    return layer instanceof Layer.Reshape && node.shape().rank() == 1
        ? pool(Pool.Kind.ELEMENTS, read)
        : null;
  }

  /**
   * The feature map whose variance a sum is, {@code mean(x * x) + -1 * (mean(x) * mean(x))}, or -1.
   */
  private int varied(Node sum) {
    if (sum.inputs().size() != 2) {
      return -1;
    }
    Node first = network.node(sum.inputs().get(0));
    Node second = network.node(sum.inputs().get(1));
    if (!(first.layer() instanceof Layer.GlobalAveragePooling2D)
        || !(second.layer() instanceof Layer.Rescaling minus)
        || !minus.factors().equals(List.of(-1.0))
        || !minus.offsets().equals(List.of(0.0))) {
      return -1;
    }
    int mean = squared(second.inputs().get(0));
    int map = squared(first.inputs().get(0));
    return mean >= 0
            && map >= 0
            && network.node(mean).layer() instanceof Layer.GlobalAveragePooling2D
            && network.node(mean).inputs().equals(List.of(map))
        ? map
        : -1;
  }

  /**
   * A feature map {@code [place, channel]}, its rows turned into columns, times itself; or null if
   * it is another product.
   */
  private @Nullable Pool products(Node product) {
    int map = product.inputs().get(1);
    Node turned = network.node(product.inputs().get(0));
    return turned.layer() instanceof Layer.Permute permute
            && permute.order().equals(List.of(1, 0))
            && isSame(turned.inputs().get(0), map)
        ? pool(Pool.Kind.PRODUCTS, map)
        : null;
  }

  /** Whether two nodes put out the same, or show the same in the same shape. */
  private boolean isSame(int first, int second) {
    Node one = network.node(first);
    Node other = network.node(second);
    return first == second
        || (one.layer() instanceof Layer.Reshape
            && other.layer() instanceof Layer.Reshape
            && one.shape().equals(other.shape())
            && one.inputs().equals(other.inputs()));
  }

  /** The node that a node is the square of, or -1. */
  private int squared(int index) {
    Node node = network.node(index);
    return node.layer() instanceof Layer.Multiply
            && node.inputs().size() == 2
            && node.inputs().get(0).equals(node.inputs().get(1))
        ? node.inputs().get(0)
        : -1;
  }

  private @Nullable Step step(Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Dense dense) {
      return isVector(node) ? new Step.Product(dense.kernel(), dense.bias()) : null;
    }
    if (layer instanceof Layer.Conv2D conv) {
      boolean point = conv.kernel().shape().extent(0) * conv.kernel().shape().extent(1) == 1;
      return point && conv.groups() == 1 && isVector(node)
          ? new Step.Product(conv.kernel(), conv.bias())
          : null;
    }
    if (layer instanceof Layer.BatchNormalization norm) {
      return new Step.Scaling(norm.factors(), norm.offsets(), doubles(norm.mean().toArray()));
    }
    if (layer instanceof Layer.Rescaling rescaling) {
      return new Step.Scaling(doubles(rescaling.factors()), doubles(rescaling.offsets()), null);
    }
    if (layer instanceof Layer.Dropout || layer instanceof Layer.Reshape) {
      return new Step.Same();
    }
    if (layer instanceof Layer.Concatenate concatenate) {
      return isBehindEachOther(node, concatenate.axis()) ? new Step.Joined() : null;
    }
    if (layer instanceof Layer.MatrixProduct) {
      return products(network.node(node.inputs().get(0)).shape(), node.shape());
    }
    if (layer instanceof Layer.Add) {
      return node.inputs().stream()
              .allMatch(read -> network.node(read).shape().equals(node.shape()))
          ? new Step.Sum()
          : null;
    }
    if (layer instanceof Layer.Activate activate) {
      if (activate.activation() instanceof Activation.Relu relu) {
        return new Step.Rectifier(relu);
      }
      return activate.activation().isLinear() ? new Step.Same() : null;
    }
    return null;
  }

  /** Whether a layer that looks at channels alone sees all that there is. */
  private boolean isVector(Node node) {
    Shape read = network.node(node.inputs().get(0)).shape();
    return read.size() == read.channels();
  }

  /** Whether what is joined along an axis lies in one piece each. */
  private boolean isBehindEachOther(Node joined, int axis) {
    for (int before = 0; before < axis; before++) {
      if (joined.shape().extent(before) > 1) {
        return false;
      }
    }
    return true;
  }

  private static Step products(Shape left, Shape product) {
    int rows = product.extent(product.rank() - 2);
    int columns = product.channels();
    return new Step.MatrixProducts(
        product.size() / (rows * columns), rows, left.channels(), columns);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

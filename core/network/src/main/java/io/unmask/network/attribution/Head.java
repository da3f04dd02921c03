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
  private boolean complete = true;

  /** Nothing yet, of a network whose layers were split. */
  Head(Network network) {
    this.network = network;
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
    Part part = part(network.node(index));
    parts.add(part);
    known.put(index, parts.size() - 1);
    return parts.size() - 1;
  }

  private Part part(Node node) {
    @Nullable Pool pool = pool(node);
    if (pool != null) {
      return new Part(pool, null, List.of());
    }
    @Nullable Step step = isFeatureMap(node.shape()) ? null : step(node);
    if (step == null || !complete) {
      complete = false;
      return new Part(null, new Step.Same(), List.of());
    }
    return new Part(null, step, node.inputs().stream().map(this::value).toList());
  }

  private static boolean isFeatureMap(Shape shape) {
    return shape.rank() == 3 && shape.extent(0) * shape.extent(1) > 1;
  }

  private @Nullable Pool pool(Node node) {
    if (node.inputs().isEmpty()) {
      return null;
    }
    int read = node.inputs().get(0);
    Shape shape = network.node(read).shape();
    if (node.layer() instanceof Layer.Add) {
      int map = varied(node);
      return map < 0 ? null : new Pool(Pool.Kind.VARIANCE, map, network.node(map).shape());
    }
    if (!isFeatureMap(shape)) {
      return null;
    }
    if (node.layer() instanceof Layer.GlobalAveragePooling2D) {
      return new Pool(Pool.Kind.MEAN, read, shape);
    }
    if (node.layer() instanceof Layer.GlobalMaxPooling2D) {
      return new Pool(Pool.Kind.MAXIMUM, read, shape);
    }
    return node.layer() instanceof Layer.Reshape && node.shape().rank() == 1
        ? new Pool(Pool.Kind.ELEMENTS, read, shape)
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
      return new Step.Product(dense.kernel(), dense.bias());
    }
    if (layer instanceof Layer.Conv2D conv) {
      boolean point = conv.kernel().shape().extent(0) * conv.kernel().shape().extent(1) == 1;
      return point && conv.groups() == 1 ? new Step.Product(conv.kernel(), conv.bias()) : null;
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
      return concatenate.axis() == node.shape().rank() - 1 ? new Step.Joined() : null;
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

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}

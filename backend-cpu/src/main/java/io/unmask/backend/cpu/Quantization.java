package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.ActivationRanges.Range;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which convolutions multiply 8-bit integers, and which values are kept as such.
 *
 * <p>A convolution does that if the range of what it reads is known, unless it reads pixels or
 * works on each channel alone: oneDNN's depthwise kernels take longer in 8 bits than in single
 * precision. A value is kept so if such convolutions read it, directly or behind layers that only
 * choose, move or average numbers, and statistics at most beside them: what a sum or an activation
 * of its own reads stays in single precision, with a copy for the convolutions. Values that such
 * layers pass on share one scale, so that joining them moves bytes and no more.
 */
final class Quantization {

  private final Network network;
  private final ActivationRanges ranges;
  private final boolean[] multiplied;

  /** The first value of those that share a scale with each. */
  private final int[] group;

  private final @Nullable Scale[] scales;
  private final boolean[] kept;

  Quantization(Network network, ActivationRanges ranges, boolean[] pixels) {
    this.network = network;
    this.ranges = ranges;
    int count = network.nodes().size();
    group = new int[count];
    Arrays.setAll(group, i -> i);
    for (int i = 0; i < count; i++) {
      if (passesOn(network.node(i).layer())) {
        for (int read : network.node(i).inputs()) {
          if (!pixels[read]) {
            group[first(read)] = first(i);
          }
        }
      }
    }
    scales = scales(pixels);
    multiplied = new boolean[count];
    kept = new boolean[count];
    for (int i = 0; i < count; i++) {
      Node node = network.node(i);
      multiplied[i] =
          node.layer() instanceof Layer.Conv2D convolution
              && convolution.groups() == 1
              && scales[first(node.inputs().get(0))] != null;
      if (multiplied[i]) {
        kept[first(node.inputs().get(0))] = true;
      }
    }
    for (int i = 0; i < count; i++) {
      Node node = network.node(i);
      if (!multiplied[i] && !passesOn(node.layer()) && !isStatistic(node.layer())) {
        node.inputs().forEach(read -> kept[first(read)] = false);
      }
    }
    network.outputs().forEach(output -> kept[first(output)] = false);
  }

  /** Whether the node is a convolution of 8-bit integers. */
  boolean multiplies(int node) {
    return multiplied[node];
  }

  /** The scale of a value where it is multiplied as 8-bit integers. */
  Optional<Scale> scale(int node) {
    return Optional.ofNullable(scales[first(node)]);
  }

  /** The scale of a value that is kept in 8-bit integers from where it is computed. */
  Optional<Scale> kept(int node) {
    return kept[first(node)] ? scale(node) : Optional.empty();
  }

  /** Whether an activation is no more than not to count below 0. */
  static boolean onlyClips(Activation activation) {
    return activation instanceof Activation.Relu relu
        && relu.threshold() == 0
        && relu.negativeSlope() == 0;
  }

  private @Nullable Scale[] scales(boolean[] pixels) {
    int count = group.length;
    @Nullable Range[] together = new Range[count];
    boolean[] unknown = new boolean[count];
    for (int i = 0; i < count; i++) {
      Optional<Range> range = pixels[i] ? Optional.empty() : ranges.of(network.node(i).name());
      int first = first(i);
      if (range.isEmpty()) {
        unknown[first] = true;
      } else {
        Range before = together[first];
        together[first] = before == null ? range.get() : before.with(range.get());
      }
    }
    @Nullable Scale[] scales = new Scale[count];
    for (int i = 0; i < count; i++) {
      Range range = together[i];
      scales[i] = range == null || unknown[i] ? null : Scale.of(range);
    }
    return scales;
  }

  private int first(int node) {
    int first = node;
    while (group[first] != first) {
      first = group[first];
    }
    return first;
  }

  /** The mean and the mean square of a channel even out what is rounded. */
  private static boolean isStatistic(Layer layer) {
    return layer instanceof Layer.GlobalAveragePooling2D || layer instanceof Layer.Multiply;
  }

  private static boolean passesOn(Layer layer) {
    return layer instanceof Layer.MaxPooling2D
        || layer instanceof Layer.AveragePooling2D
        || layer instanceof Layer.Concatenate
        || layer instanceof Layer.ZeroPadding2D;
  }
}

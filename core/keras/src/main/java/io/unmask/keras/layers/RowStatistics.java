package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers that normalise each image by its own statistics, and ConvNeXt's scale a channel. */
final class RowStatistics implements LayerFamily {

  private static final Window POINT = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);

  @Override
  public List<String> classes() {
    return List.of("GroupNormalization", "LayerNormalization", "LayerScale");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "LayerNormalization" -> layerNormalization(call);
      case "GroupNormalization" -> groupNormalization(call);
      case "LayerScale" -> layerScale(call);
      default -> UNKNOWN;
    };
  }

  /** Over the last axis, or over the last ones, which are then seen as a single one. */
  private static int layerNormalization(LayerCall call) {
    if (ConfigValues.truth(call.config("rms_scaling"), false)) {
      throw new UnsupportedException("rms_scaling is not supported; build the model without it");
    }
    Shape input = call.inputShape();
    int first = firstAxis(call, input.rank());
    int[] extents = input.toArray();
    int[] normalized = java.util.Arrays.copyOfRange(extents, first, extents.length);
    Shape statistics = Shape.of(normalized);
    boolean scale = ConfigValues.truth(call.config("scale"), true);
    boolean center = ConfigValues.truth(call.config("center"), true);
    Iterator<Weights> weights = weights(call, scale, center, statistics);
    Shape row = Shape.of(statistics.size());
    Layer layer =
        new Layer.LayerNormalization(
            scale ? call.reshaped(weights.next(), row) : null,
            center ? call.reshaped(weights.next(), row) : null,
            ConfigValues.number(call.config("epsilon"), 1e-3));
    if (normalized.length == 1) {
      return call.add(layer);
    }
    Shape rows = Shape.of(input.size() / statistics.size(), statistics.size());
    int seen = call.addBefore("rows", new Layer.Reshape(rows), call.inputs());
    int result = call.addBefore("normalized", layer, List.of(seen));
    return call.add(new Layer.Reshape(input), List.of(result));
  }

  /** The first of the axes, which must be the last ones without a gap. */
  private static int firstAxis(LayerCall call, int rank) {
    Json axis = call.config("axis");
    List<Json> given = axis.isArray() ? axis.elements() : List.of(axis);
    List<Integer> axes =
        axis.isNull()
            ? List.of(rank - 1)
            : given.stream().map(each -> call.axis(each, rank)).sorted().distinct().toList();
    int first = rank - axes.size();
    if (axes.isEmpty() || axes.get(0) != first) {
      throw new UnsupportedException(
          "axis " + axis + " is not supported; supported are the last axis and the last ones");
    }
    return first;
  }

  private static Iterator<Weights> weights(
      LayerCall call, boolean scale, boolean center, Shape shape) {
    List<Variable> variables = new ArrayList<>();
    if (scale) {
      variables.add(Variable.of("gamma", shape));
    }
    if (center) {
      variables.add(Variable.of("beta", shape));
    }
    return variables.isEmpty() ? List.<Weights>of().iterator() : call.weights(variables).iterator();
  }

  /** Each group of channels, over the whole image, becomes a row that is normalised. */
  private static int groupNormalization(LayerCall call) {
    Shape input = call.featureMap();
    Json axis = call.config("axis");
    if (!axis.isNull() && call.axis(axis, 3) != 2) {
      throw new UnsupportedException(
          "axis " + axis + " is not supported; supported is the last axis, the channels");
    }
    int channels = input.channels();
    int groups = call.config("groups").isNull() ? 32 : call.config("groups").integer();
    groups = groups == -1 ? channels : groups;
    if (groups < 1 || channels % groups != 0) {
      throw new DefectException(
          "%d channels cannot be cut into %d groups; save the model again"
              .formatted(channels, groups));
    }
    boolean scale = ConfigValues.truth(call.config("scale"), true);
    boolean center = ConfigValues.truth(call.config("center"), true);
    Iterator<Weights> weights = weights(call, scale, center, Shape.of(channels));
    int pixels = input.size() / channels;
    Layer.Permute swap = new Layer.Permute(List.of(1, 0, 2));
    Layer row =
        new Layer.LayerNormalization(null, null, ConfigValues.number(call.config("epsilon"), 1e-3));
    int node = call.inputs().get(0);
    node =
        step(call, "groups", new Layer.Reshape(Shape.of(pixels, groups, channels / groups)), node);
    node = step(call, "apart", swap, node);
    node = step(call, "rows", new Layer.Reshape(Shape.of(groups, input.size() / groups)), node);
    node = step(call, "normalized", row, node);
    node =
        step(call, "filled", new Layer.Reshape(Shape.of(groups, pixels, channels / groups)), node);
    node = step(call, "together", swap, node);
    if (!scale && !center) {
      return call.add(new Layer.Reshape(input), List.of(node));
    }
    node = step(call, "map", new Layer.Reshape(input), node);
    float[] ones = new float[channels];
    java.util.Arrays.fill(ones, 1);
    Weights gamma = scale ? weights.next() : Weights.vector(ones);
    return call.add(scaling(call, gamma, center ? weights.next() : null), List.of(node));
  }

  private static int step(LayerCall call, String name, Layer layer, int input) {
    return call.addBefore(name, layer, List.of(input));
  }

  /** A factor a channel as a convolution of one pixel, which is trained as it is. */
  private static Layer scaling(LayerCall call, Weights gamma, @Nullable Weights beta) {
    Weights kernel = call.reshaped(gamma, Shape.of(1, 1, gamma.size(), 1));
    return new Layer.DepthwiseConv2D(kernel, beta, POINT, Activations.LINEAR);
  }

  /** The class of ConvNeXt in keras.applications. */
  private static int layerScale(LayerCall call) {
    int channels = call.featureMap().channels();
    Weights gamma = call.weights(List.of(Variable.of("gamma", Shape.of(channels)))).get(0);
    return call.add(scaling(call, gamma, null));
  }
}

package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Functions on tensors, {@code keras.ops}, as layers of the network. Channels are reversed and
 * picked by a 1x1 convolution whose kernel is 1 where a channel goes and 0 elsewhere, which changes
 * no value.
 */
final class Operations {

  private static final Window POINT = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);
  private static final Set<String> FLOATS = Set.of("float16", "bfloat16", "float32", "float64");

  private Operations() {}

  static int build(LayerCall call, String name) {
    return switch (name) {
      case "GetItem" -> Slices.build(call);
      case "Absolute" -> Arithmetic.absolute(call);
      case "Square" -> Arithmetic.square(call);
      case "Max" -> max(call, name);
      case "RGBToGrayscale" -> grey(call);
      case "Reshape" -> reshape(call, name);
      case "Resize" -> Reshaping.resize(call, name);
      case "Transpose" -> transpose(call, name);
      case "ExpandDims" -> expandDims(call);
      case "Stack" -> stack(call);
      case "Concatenate" -> Reshaping.concatenate(call);
      case "Mean" -> mean(call, name);
      case "Cast" -> cast(call, name);
      case "Celu" -> Arithmetic.celu(call);
      default -> {
        if (call.operands().size() != 1) {
          throw Arithmetic.unsupported(name);
        }
        yield call.add(
            new Layer.Activate(
                ActivationParser.ofOperation(
                    name, call.layer().config(), call.inputShape().rank())));
      }
    };
  }

  /** Numbers are computed with in single precision, whatever they were cast to. */
  private static int cast(LayerCall call, String name) {
    Json type = call.config("dtype");
    if (!type.isString() || !FLOATS.contains(type.string())) {
      throw Arithmetic.unsupported(name + " to " + type);
    }
    call.inputShape();
    return call.add(new Layer.Activate(Activations.LINEAR));
  }

  /** Some channels, in an order. */
  static Layer pick(int channels, int... picked) {
    float[] kernel = new float[channels * picked.length];
    for (int to = 0; to < picked.length; to++) {
      kernel[picked[to] * picked.length + to] = 1;
    }
    Weights weights = Weights.of(Shape.of(1, 1, channels, picked.length), kernel);
    return new Layer.Conv2D(weights, null, POINT, 1, Activations.LINEAR);
  }

  private static int stack(LayerCall call) {
    List<Integer> apart = new ArrayList<>();
    int axis = 0;
    for (int input : call.inputs()) {
      int[] extents = call.shape(input).toArray();
      axis = call.axis(call.config("axis"), extents.length + 1);
      Layer seen = new Layer.Reshape(longer(extents, axis));
      apart.add(call.addBefore("apart", seen, List.of(input)));
    }
    return call.add(new Layer.Concatenate(axis), apart);
  }

  /** Over height and width, or over the channels. */
  private static int mean(LayerCall call, String name) {
    boolean keep = ConfigValues.truth(call.config("keepdims"), false);
    Shape input = call.inputShape();
    if (overImage(call, name)) {
      return call.add(new Layer.GlobalAveragePooling2D(keep));
    }
    float[] kernel = new float[input.channels()];
    Arrays.fill(kernel, 1f / kernel.length);
    return channel(call, "mean", weighted(kernel), call.inputs().get(0), keep);
  }

  private static int max(LayerCall call, String name) {
    boolean keep = ConfigValues.truth(call.config("keepdims"), false);
    Shape input = call.inputShape();
    if (overImage(call, name)) {
      return call.add(new Layer.GlobalMaxPooling2D(keep));
    }
    int pixels = input.extent(0) * input.extent(1);
    Layer first = new Layer.Permute(List.of(2, 0, 1));
    int turned = call.addBefore("channels_first", first, call.inputs());
    Layer map = new Layer.Reshape(Shape.of(input.channels(), 1, pixels));
    int seen = call.addBefore("pixels", map, List.of(turned));
    int largest = call.addBefore("largest", new Layer.GlobalMaxPooling2D(false), List.of(seen));
    Shape flat = Shape.of(input.extent(0), input.extent(1));
    Shape result = keep ? Shape.of(input.extent(0), input.extent(1), 1) : flat;
    return call.add(new Layer.Reshape(result), List.of(largest));
  }

  /** Whether a reduction of a feature map goes over height and width, and not over the channels. */
  private static boolean overImage(LayerCall call, String name) {
    Json axis = call.config("axis");
    List<Json> axes = axis.isArray() ? axis.elements() : List.of(axis);
    if (call.inputShape().rank() != 3 || axis.isNull()) {
      throw Arithmetic.unsupported(name + " over axis " + axis);
    }
    List<Integer> places = axes.stream().map(each -> call.axis(each, 3)).sorted().toList();
    if (!places.equals(List.of(0, 1)) && !places.equals(List.of(2))) {
      throw Arithmetic.unsupported(name + " over axis " + axis);
    }
    return places.size() == 2;
  }

  /** One channel, which stays an axis or does not. */
  private static int channel(LayerCall call, String name, Layer layer, int input, boolean keep) {
    if (keep) {
      return call.add(layer, List.of(input));
    }
    int channel = call.addBefore(name, layer, List.of(input));
    Shape map = call.shape(channel);
    Layer flat = new Layer.Reshape(Shape.of(map.extent(0), map.extent(1)));
    return call.add(flat, List.of(channel));
  }

  private static Layer weighted(float... weights) {
    Weights kernel = Weights.of(Shape.of(1, 1, weights.length, 1), weights);
    return new Layer.Conv2D(kernel, null, POINT, 1, Activations.LINEAR);
  }

  private static int grey(LayerCall call) {
    call.requireChannelsLast();
    call.featureMap();
    return call.add(weighted(0.2989f, 0.587f, 0.114f));
  }

  private static int reshape(LayerCall call, String name) {
    Json target = call.config(call.layer().config().has("newshape") ? "newshape" : "shape");
    List<Json> extents = target.isArray() ? target.elements() : List.of();
    if (extents.size() < 2 || extents.get(0).isNull() || extents.get(0).integer() != -1) {
      throw Arithmetic.unsupported(name + " to " + target); // what is left open has to be the batch
    }
    int[] shape = extents.stream().skip(1).mapToInt(Json::integer).toArray();
    if (Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
      throw Arithmetic.unsupported(name + " to " + target);
    }
    call.inputShape();
    return call.add(new Layer.Reshape(Shape.of(shape)));
  }

  private static int transpose(LayerCall call, String name) {
    Json given = call.config(call.layer().config().has("axes") ? "axes" : "perm");
    List<Json> axes = given.isArray() ? given.elements() : List.of();
    int rank = call.inputShape().rank();
    if (axes.size() != rank + 1 || axes.get(0).integer() != 0) {
      throw Arithmetic.unsupported(name + " with " + given);
    }
    List<Integer> order = axes.stream().skip(1).map(axis -> call.axis(axis, rank)).toList();
    return call.add(new Layer.Permute(order));
  }

  private static int expandDims(LayerCall call) {
    int[] extents = call.inputShape().toArray();
    int axis = call.axis(call.config("axis"), extents.length + 1);
    return call.add(new Layer.Reshape(longer(extents, axis)));
  }

  private static Shape longer(int[] extents, int axis) {
    int[] longer = new int[extents.length + 1];
    Arrays.fill(longer, 1);
    System.arraycopy(extents, 0, longer, 0, axis);
    System.arraycopy(extents, axis, longer, axis + 1, extents.length - axis);
    return Shape.of(longer);
  }
}

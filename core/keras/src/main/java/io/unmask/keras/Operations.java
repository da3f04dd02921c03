package io.unmask.keras;

import io.unmask.json.Json;
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
      case "GetItem" -> getItem(call, name);
      case "Stack" -> stack(call);
      case "Concatenate" -> Arrangements.concatenate(call);
      case "Mean" -> mean(call, name);
      case "Cast" -> cast(call, name);
      default -> {
        if (call.operands().size() != 1) {
          throw Arithmetic.unsupported(name);
        }
        yield call.add(new Layer.Activate(ActivationParser.ofOperation(call, name)));
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

  /** {@code x[..., ::-1]} and {@code x[..., channel]}. */
  private static int getItem(LayerCall call, String name) {
    Shape input = call.nodeShape();
    List<Json> key = call.argument(1).elements();
    if (input.rank() != 3 || !selectsChannels(key)) {
      throw Arithmetic.unsupported(name + " with " + call.argument(1));
    }
    Json last = key.get(key.size() - 1);
    int channels = input.channels();
    if (last.isNumber()) {
      int channel = last.integer() < 0 ? last.integer() + channels : last.integer();
      if (channel < 0 || channel >= channels) {
        throw new DefectException("there is no channel " + last + "; save the model again");
      }
      int picked = call.addBefore("picked", pick(channels, channel), call.inputs());
      Shape flat = Shape.of(input.extent(0), input.extent(1));
      return call.add(new Layer.Reshape(flat), List.of(picked));
    }
    Json slice = last.find("config");
    if (!slice.find("start").isNull()
        || !slice.find("stop").isNull()
        || slice.find("step").integer() != -1) {
      throw Arithmetic.unsupported(name + " with " + call.argument(1));
    }
    int[] reversed = new int[channels];
    for (int c = 0; c < channels; c++) {
      reversed[c] = channels - 1 - c;
    }
    return call.add(pick(channels, reversed));
  }

  /** Whether all axes but the last are taken whole. */
  private static boolean selectsChannels(List<Json> key) {
    if (key.size() < 2 || !(key.get(key.size() - 1).isNumber() || isSlice(last(key)))) {
      return false;
    }
    boolean ellipsis = key.size() == 2 && isOfClass(key.get(0), "__ellipsis__");
    boolean whole = key.size() == 4 && key.subList(0, 3).stream().allMatch(axis -> isWhole(axis));
    return ellipsis || whole;
  }

  private static Json last(List<Json> key) {
    return key.get(key.size() - 1);
  }

  private static boolean isSlice(Json axis) {
    return isOfClass(axis, "__slice__") && axis.find("config").find("step").isNumber();
  }

  private static boolean isWhole(Json axis) {
    Json slice = isOfClass(axis, "__slice__") ? axis.find("config") : axis;
    return isOfClass(axis, "__slice__")
        && slice.find("start").isNull()
        && slice.find("stop").isNull()
        && slice.find("step").isNull();
  }

  private static boolean isOfClass(Json value, String name) {
    return value.isObject()
        && value.find("class_name").isString()
        && value.find("class_name").string().equals(name);
  }

  private static Layer pick(int channels, int... picked) {
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
      int[] longer = new int[extents.length + 1];
      Arrays.fill(longer, 1);
      System.arraycopy(extents, 0, longer, 0, axis);
      System.arraycopy(extents, axis, longer, axis + 1, extents.length - axis);
      Layer seen = new Layer.Reshape(Shape.of(longer));
      apart.add(call.addBefore("apart", seen, List.of(input)));
    }
    return call.add(new Layer.Concatenate(axis), apart);
  }

  /** The mean over height and width, or over the channels. */
  private static int mean(LayerCall call, String name) {
    Shape input = call.inputShape();
    Json axis = call.config("axis");
    boolean keep = Values.truth(call.config("keepdims"), false);
    List<Json> axes = axis.isArray() ? axis.elements() : List.of(axis);
    if (input.rank() != 3 || axis.isNull()) {
      throw Arithmetic.unsupported(name + " over axis " + axis);
    }
    List<Integer> places = axes.stream().map(each -> call.axis(each, 3)).sorted().toList();
    if (places.equals(List.of(0, 1))) {
      return call.add(new Layer.GlobalAveragePooling2D(keep));
    }
    if (!places.equals(List.of(2)) || !keep) {
      throw Arithmetic.unsupported(name + " over axis " + axis);
    }
    float[] kernel = new float[input.channels()];
    Arrays.fill(kernel, 1f / kernel.length);
    Weights weights = Weights.of(Shape.of(1, 1, kernel.length, 1), kernel);
    return call.add(new Layer.Conv2D(weights, null, POINT, 1, Activations.LINEAR));
  }
}

package io.unmask.keras;

import io.unmask.json.Json;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.List;

/** The layers that move elements, or repeat them. */
final class Arrangements {

  private Arrangements() {}

  static int concatenate(LayerCall call) {
    List<Integer> inputs = call.inputs();
    if (inputs.isEmpty()) {
      throw new DefectException("has no input; save the model again");
    }
    Json axis = call.config("axis");
    int rank = call.shape(inputs.get(0)).rank();
    return call.add(new Layer.Concatenate(axis.isNull() ? rank - 1 : call.axis(axis, rank)));
  }

  static int flatten(LayerCall call) {
    call.requireChannelsLast();
    return call.add(new Layer.Reshape(Shape.of(call.inputShape().size())));
  }

  static int reshape(LayerCall call) {
    Json target = call.config("target_shape");
    List<Json> extents = target.elements();
    int[] shape = new int[extents.size()];
    int open = -1;
    long known = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = extents.get(i).integer();
      if (shape[i] == -1 && open < 0) {
        open = i;
      } else {
        known = Math.multiplyExact(known, (long) shape[i]);
      }
    }
    int size = call.inputShape().size();
    if (open >= 0) {
      if (known < 1 || size % known != 0) {
        throw new DefectException(
            "cannot see %s as %s; save the model again".formatted(call.inputShape(), target));
      }
      shape[open] = (int) (size / known);
    }
    return call.add(new Layer.Reshape(Shape.of(shape)));
  }

  static int zeroPadding2D(LayerCall call) {
    call.requireChannelsLast();
    Json padding = call.config("padding");
    if (!padding.isArray()) {
      int all = padding.integer();
      return call.add(new Layer.ZeroPadding2D(all, all, all, all));
    }
    List<Json> axes = padding.elements();
    if (axes.size() != 2) {
      throw padding.unexpected("a number, two numbers or two pairs");
    }
    int[] rows = pair(axes.get(0), padding);
    int[] columns = pair(axes.get(1), padding);
    return call.add(new Layer.ZeroPadding2D(rows[0], rows[1], columns[0], columns[1]));
  }

  static int upSampling2D(LayerCall call) {
    call.requireChannelsLast();
    Json interpolation = call.config("interpolation");
    String name = interpolation.isNull() ? "nearest" : interpolation.string();
    Layer.UpSampling2D.Interpolation kind =
        switch (name) {
          case "nearest" -> Layer.UpSampling2D.Interpolation.NEAREST;
          case "bilinear" -> Layer.UpSampling2D.Interpolation.BILINEAR;
          default ->
              throw new UnsupportedException(
                  "interpolation '"
                      + name
                      + "' is not supported; supported are 'nearest' and 'bilinear'");
        };
    return call.add(new Layer.UpSampling2D(call.size("size"), kind));
  }

  private static int[] pair(Json value, Json padding) {
    if (!value.isArray()) {
      int both = value.integer();
      return new int[] {both, both};
    }
    List<Json> pair = value.elements();
    if (pair.size() != 2) {
      throw padding.unexpected("a number, two numbers or two pairs");
    }
    return new int[] {pair.get(0).integer(), pair.get(1).integer()};
  }
}

package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.math.BigInteger;
import java.util.List;

/** The layers that move elements, or repeat them. */
final class Reshaping implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "CenterCrop",
        "Concatenate",
        "Cropping2D",
        "Flatten",
        "Permute",
        "Reshape",
        "Resizing",
        "UpSampling2D",
        "ZeroPadding2D");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Concatenate" -> concatenate(call);
      case "Flatten" -> flatten(call);
      case "Reshape" -> reshape(call);
      case "Permute" -> permute(call);
      case "Cropping2D" -> cropping2D(call);
      case "CenterCrop" -> centerCrop(call);
      case "Resizing" -> resizing(call);
      case "ZeroPadding2D" -> zeroPadding2D(call);
      case "UpSampling2D" -> upSampling2D(call);
      default -> UNKNOWN;
    };
  }

  static int concatenate(LayerCall call) {
    List<Integer> inputs = call.inputs();
    if (inputs.isEmpty()) {
      throw new DefectException("has no input; save the model again");
    }
    Json axis = call.config("axis");
    int rank = call.shape(inputs.get(0)).rank();
    return call.add(new Layer.Concatenate(axis.isNull() ? rank - 1 : call.axis(axis, rank)));
  }

  private static int flatten(LayerCall call) {
    call.requireChannelsLast();
    return call.add(new Layer.Reshape(Shape.of(call.inputShape().size())));
  }

  private static int reshape(LayerCall call) {
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

  private static int zeroPadding2D(LayerCall call) {
    call.requireChannelsLast();
    int[] sides = sides(call.config("padding"));
    return call.add(new Layer.ZeroPadding2D(sides[0], sides[1], sides[2], sides[3]));
  }

  private static int cropping2D(LayerCall call) {
    call.requireChannelsLast();
    int[] sides = sides(call.config("cropping"));
    return call.add(new Layer.Cropping2D(sides[0], sides[1], sides[2], sides[3]));
  }

  /** Keras's {@code CenterCrop} of an image that is at least as large. */
  private static int centerCrop(LayerCall call) {
    call.requireChannelsLast();
    Shape input = call.featureMap();
    int rows = input.extent(0) - call.config("height").integer();
    int columns = input.extent(1) - call.config("width").integer();
    if (rows < 0 || columns < 0) {
      throw new UnsupportedException(
          "a crop of %dx%d out of %dx%d is not supported; only what is larger is cropped"
              .formatted(
                  input.extent(0) - rows,
                  input.extent(1) - columns,
                  input.extent(0),
                  input.extent(1)));
    }
    int top = rows / 2;
    int left = columns / 2;
    return call.add(new Layer.Cropping2D(top, rows - top, left, columns - left));
  }

  /** Above, below, before and behind. */
  private static int[] sides(Json value) {
    if (!value.isArray()) {
      int all = value.integer();
      return new int[] {all, all, all, all};
    }
    List<Json> axes = value.elements();
    if (axes.size() != 2) {
      throw value.unexpected("a number, two numbers or two pairs");
    }
    int[] rows = pair(axes.get(0), value);
    int[] columns = pair(axes.get(1), value);
    return new int[] {rows[0], rows[1], columns[0], columns[1]};
  }

  private static int permute(LayerCall call) {
    int rank = call.inputShape().rank();
    List<Integer> order =
        call.config("dims").elements().stream().map(axis -> call.axis(axis, rank)).toList();
    return call.add(new Layer.Permute(order));
  }

  private static int resizing(LayerCall call) {
    return resizing(
        call, new Window.Size(call.config("height").integer(), call.config("width").integer()));
  }

  /** The function {@code resize} of Keras 3 or of TensorFlow. */
  static int resize(LayerCall call, String name) {
    if (call.inputs().size() != 1 || !call.config("method").isNull()) {
      throw Arithmetic.unsupported(name);
    }
    return resizing(call, call.size("size"));
  }

  private static int resizing(LayerCall call, Window.Size size) {
    call.requireChannelsLast();
    for (String key :
        List.of(
            "antialias", "crop_to_aspect_ratio", "pad_to_aspect_ratio", "preserve_aspect_ratio")) {
      if (ConfigValues.truth(call.config(key), false)) {
        throw new UnsupportedException(key + " is not supported; build the model without it");
      }
    }
    Layer.UpSampling2D.Interpolation kind = interpolation(call, "bilinear");
    Shape input = call.featureMap();
    if (kind == Layer.UpSampling2D.Interpolation.NEAREST
        && (isUndecided(input.extent(0), size.height())
            || isUndecided(input.extent(1), size.width()))) {
      throw new UnsupportedException(
          "resizing %dx%d to %dx%d with 'nearest' is not supported, for middles of new elements fall"
                  .formatted(input.extent(0), input.extent(1), size.height(), size.width())
              + " between old ones, where rounding decides; use 'bilinear' or another size");
    }
    return call.add(new Layer.Resizing(size, kind));
  }

  /** Whether {@code (i + 1/2) * from / to} is a whole number for some {@code i}. */
  private static boolean isUndecided(int from, int to) {
    int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    return from / common % 2 == 0 && to / common % 2 == 1;
  }

  private static int upSampling2D(LayerCall call) {
    call.requireChannelsLast();
    return call.add(new Layer.UpSampling2D(call.size("size"), interpolation(call, "nearest")));
  }

  private static Layer.UpSampling2D.Interpolation interpolation(LayerCall call, String fallback) {
    Json interpolation = call.config("interpolation");
    String name = interpolation.isNull() ? fallback : interpolation.string();
    return switch (name) {
      case "nearest" -> Layer.UpSampling2D.Interpolation.NEAREST;
      case "bilinear" -> Layer.UpSampling2D.Interpolation.BILINEAR;
      default ->
          throw new UnsupportedException(
              "interpolation '"
                  + name
                  + "' is not supported; supported are 'nearest' and 'bilinear'");
    };
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

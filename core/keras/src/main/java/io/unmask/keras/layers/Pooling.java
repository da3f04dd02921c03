package io.unmask.keras.layers;

import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.List;

/** The layers that pool. */
final class Pooling implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "AveragePooling2D",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "MaxPooling2D");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "MaxPooling2D", "MaxPool2D" -> maxPooling2D(call);
      case "AveragePooling2D", "AvgPool2D" -> averagePooling2D(call);
      case "GlobalMaxPooling2D", "GlobalMaxPool2D" -> globalMaxPooling2D(call);
      case "GlobalAveragePooling2D", "GlobalAvgPool2D" -> globalAveragePooling2D(call);
      case "GlobalAveragePooling1D", "GlobalAvgPool1D" -> globalAveragePooling1D(call);
      case "GlobalMaxPooling1D", "GlobalMaxPool1D" -> globalMaxPooling1D(call);
      default -> UNKNOWN;
    };
  }

  private static int maxPooling2D(LayerCall call) {
    return call.add(new Layer.MaxPooling2D(window(call)));
  }

  private static int averagePooling2D(LayerCall call) {
    return call.add(new Layer.AveragePooling2D(window(call)));
  }

  private static int globalMaxPooling2D(LayerCall call) {
    return call.add(new Layer.GlobalMaxPooling2D(keepAxes(call)));
  }

  private static int globalAveragePooling2D(LayerCall call) {
    return call.add(new Layer.GlobalAveragePooling2D(keepAxes(call)));
  }

  /** Steps as the rows of a feature map of one column. */
  private static int globalAveragePooling1D(LayerCall call) {
    Layer pool = new Layer.GlobalAveragePooling2D(false);
    return global1D(call, pool);
  }

  private static int globalMaxPooling1D(LayerCall call) {
    return global1D(call, new Layer.GlobalMaxPooling2D(false));
  }

  private static int global1D(LayerCall call, Layer pool) {
    call.requireChannelsLast();
    Shape input = call.inputShape();
    if (input.rank() != 2) {
      throw new DefectException("needs an input (steps, channels), but gets " + input);
    }
    Shape map = Shape.of(input.extent(0), 1, input.channels());
    int column = call.addBefore("column", new Layer.Reshape(map), call.inputs());
    if (!ConfigValues.truth(call.config("keepdims"), false)) {
      return call.add(pool, List.of(column));
    }
    int pooled = call.addBefore("pooled", pool, List.of(column));
    return call.add(new Layer.Reshape(Shape.of(1, input.channels())), List.of(pooled));
  }

  private static Window window(LayerCall call) {
    call.requireChannelsLast();
    Window.Size size = call.size("pool_size");
    return new Window(size, call.size("strides", size), call.padding());
  }

  private static boolean keepAxes(LayerCall call) {
    call.requireChannelsLast();
    return ConfigValues.truth(call.config("keepdims"), false);
  }
}

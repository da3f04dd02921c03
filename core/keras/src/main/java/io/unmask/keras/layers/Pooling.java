package io.unmask.keras.layers;

import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.List;

/** The layers that pool. */
final class Pooling implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of(
        "AdaptiveAveragePooling2D",
        "AdaptiveMaxPooling2D",
        "AveragePooling2D",
        "GlobalAveragePooling2D",
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
      case "AdaptiveAveragePooling2D" -> call.add(new Layer.AveragePooling2D(adapted(call)));
      case "AdaptiveMaxPooling2D" -> call.add(new Layer.MaxPooling2D(adapted(call)));
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

  /** The window that makes a map of the wanted size, where its sides divide the input's. */
  private static Window adapted(LayerCall call) {
    call.requireChannelsLast();
    Shape input = call.featureMap();
    Window.Size wanted = call.size("output_size");
    if (input.extent(0) % wanted.height() != 0 || input.extent(1) % wanted.width() != 0) {
      throw new UnsupportedException(
          "a map of %s out of %dx%d is not supported, for its windows would differ in size; build"
                  .formatted(wanted, input.extent(0), input.extent(1))
              + " the model with sizes that divide the input's");
    }
    Window.Size size =
        new Window.Size(input.extent(0) / wanted.height(), input.extent(1) / wanted.width());
    return new Window(size, size, Padding.VALID);
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

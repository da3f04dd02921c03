package io.unmask.keras;

import io.unmask.network.Layer;
import io.unmask.network.Window;

/** The layers that pool. */
final class Reductions {

  private Reductions() {}

  static int maxPooling2D(LayerCall call) {
    return call.add(new Layer.MaxPooling2D(window(call)));
  }

  static int averagePooling2D(LayerCall call) {
    return call.add(new Layer.AveragePooling2D(window(call)));
  }

  static int globalMaxPooling2D(LayerCall call) {
    return call.add(new Layer.GlobalMaxPooling2D(keepAxes(call)));
  }

  static int globalAveragePooling2D(LayerCall call) {
    return call.add(new Layer.GlobalAveragePooling2D(keepAxes(call)));
  }

  private static Window window(LayerCall call) {
    call.requireChannelsLast();
    Window.Size size = call.size("pool_size");
    return new Window(size, call.size("strides", size), call.padding());
  }

  private static boolean keepAxes(LayerCall call) {
    call.requireChannelsLast();
    return Values.truth(call.config("keepdims"), false);
  }
}

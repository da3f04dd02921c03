package io.unmask.keras;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.List;

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

  /** Steps as the rows of a feature map of one column. */
  static int globalAveragePooling1D(LayerCall call) {
    Layer pool = new Layer.GlobalAveragePooling2D(false);
    return global1D(call, pool);
  }

  static int globalMaxPooling1D(LayerCall call) {
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
    if (!Values.truth(call.config("keepdims"), false)) {
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
    return Values.truth(call.config("keepdims"), false);
  }
}

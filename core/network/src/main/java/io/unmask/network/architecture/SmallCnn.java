package io.unmask.network.architecture;

import io.unmask.network.Activations;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Window;

/**
 * The reference's alternative network: three 3x3 convolutions of 16, 32 and 16 filters, each with a
 * 2x2 max pooling behind it, a dense layer of 256 units and one probability. Layers have Keras's
 * names.
 *
 * @param input the image's shape, {@code [height, width, channel]}, at least 22 by 22
 */
public record SmallCnn(Shape input) {

  private static final int[] FILTERS = {16, 32, 16};
  private static final int UNITS = 256;
  private static final Window CONVOLUTION =
      new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
  private static final Window POOL =
      new Window(Window.Size.square(2), Window.Size.square(2), Padding.VALID);

  /** The reference's size, 256x256; 3,696,625 parameters. */
  public static SmallCnn reference() {
    return new SmallCnn(Shape.of(256, 256, 3));
  }

  /**
   * A network with fresh weights.
   *
   * @throws IllegalArgumentException if the image is too small
   */
  public Network build(WeightInitializer initializer) {
    LayerStack stack = new LayerStack("sequential", initializer);
    int x = stack.input("input_layer", input);
    for (int n = 0; n < FILTERS.length; n++) {
      String number = n == 0 ? "" : "_" + n;
      x = stack.conv2D("conv2d" + number, x, FILTERS[n], CONVOLUTION, true, Activations.RELU);
      x = stack.maxPooling2D("max_pooling2d" + number, x, POOL);
    }
    x = stack.flatten("flatten", x);
    x = stack.dense("dense", x, UNITS, Activations.RELU);
    return stack.build(stack.dense("dense_1", x, 1, Activations.SIGMOID));
  }
}

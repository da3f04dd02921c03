package io.unmask.network.architecture;

import io.unmask.network.Activations;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.List;

/**
 * Xception (Chollet 2017) as {@code keras.applications.Xception(include_top=False)} builds it, with
 * a head that ends in one probability. Layers have Keras's names and order; those of the trunk
 * begin with {@code xception/}.
 *
 * @param input the image's shape, {@code [height, width, channel]}, at least 71 by 71
 * @param width what the number of filters of every layer of the trunk is multiplied by, 1 for
 *     Xception itself
 * @param head the units of the dense layers between trunk and output, each with batch normalisation
 *     and dropout behind it
 * @param dropout the share of a dense layer's units dropped in training, in [0, 1)
 */
public record XceptionClassifier(Shape input, double width, List<Integer> head, double dropout) {

  /** What the names of the layers of the trunk begin with. */
  public static final String TRUNK_PREFIX = "xception/";

  /** {@code keras.applications} asks for at least this. */
  private static final int MIN_SIDE = 71;

  private static final int MIDDLE_BLOCKS = 8;
  private static final Window PLAIN =
      new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
  private static final Window STEM =
      new Window(Window.Size.square(3), Window.Size.square(2), Padding.VALID);
  private static final Window SHORTCUT =
      new Window(Window.Size.ONE, Window.Size.square(2), Padding.SAME);
  private static final Window POOL =
      new Window(Window.Size.square(3), Window.Size.square(2), Padding.SAME);

  /** Checks the ranges. */
  public XceptionClassifier {
    head = List.copyOf(head);
    if (input.rank() != 3 || input.extent(0) < MIN_SIDE || input.extent(1) < MIN_SIDE) {
      throw new IllegalArgumentException(
          "Xception takes images of at least %dx%d, not of shape %s"
              .formatted(MIN_SIDE, MIN_SIDE, input));
    }
    if (!(width > 0 && width <= 16)) {
      throw new IllegalArgumentException("a width lies in (0, 16], not " + width);
    }
  }

  /**
   * The reference's network: 224x224, full width, a head of 256 and 128 units with dropout 0.3;
   * 21,420,585 parameters.
   */
  public static XceptionClassifier reference() {
    return new XceptionClassifier(Shape.of(224, 224, 3), 1, List.of(256, 128), 0.3);
  }

  /**
   * A narrow one to train without a pre-trained trunk: 224x224, a quarter of the width, a head of
   * 64 units with dropout 0.3; 1,396,499 parameters.
   */
  public static XceptionClassifier mini() {
    return new XceptionClassifier(Shape.of(224, 224, 3), 0.25, List.of(64), 0.3);
  }

  /** A network with fresh weights. */
  public Network build(WeightInitializer initializer) {
    LayerStack stack = new LayerStack("deepfake_classifier_xception", initializer);
    int x = new Trunk(stack).grow(stack.input("input_layer", input));
    x = stack.globalAveragePooling2D("global_avg_pooling", x);
    return stack.build(stack.head(x, head, dropout));
  }

  /** The number of filters that the multiplier makes of Xception's. */
  int filters(int full) {
    return Math.max(1, (int) Math.round(width * full));
  }

  private final class Trunk {

    private final LayerStack stack;
    private int shortcuts;
    private int additions;

    Trunk(LayerStack stack) {
      this.stack = stack;
    }

    int grow(int input) {
      int x = conv("block1_conv1", input, 32, STEM);
      x = conv("block1_conv2", x, 64, PLAIN);
      x = reducing("block2", x, 128, 128);
      x = reducing("block3", x, 256, 256);
      x = reducing("block4", x, 728, 728);
      for (int block = 5; block < 5 + MIDDLE_BLOCKS; block++) {
        x = middle("block" + block, x);
      }
      x = reducing("block13", x, 728, 1024);
      x = relu("block14_sepconv1", separable("block14_sepconv1", x, 1536));
      return relu("block14_sepconv2", separable("block14_sepconv2", x, 2048));
    }

    private int conv(String name, int input, int filters, Window window) {
      int x =
          stack.conv2D(
              TRUNK_PREFIX + name, input, filters(filters), window, false, Activations.LINEAR);
      return relu(name, stack.batchNormalization(TRUNK_PREFIX + name + "_bn", x));
    }

    private int relu(String name, int input) {
      return stack.relu(TRUNK_PREFIX + name + "_act", input);
    }

    private int separable(String name, int input, int filters) {
      int x = stack.separableConv2D(TRUNK_PREFIX + name, input, filters(filters), Padding.SAME);
      return stack.batchNormalization(TRUNK_PREFIX + name + "_bn", x);
    }

    /** Two separable convolutions and a pooling, beside a strided 1x1 convolution. */
    private int reducing(String block, int input, int first, int second) {
      boolean afterActivation = shortcuts == 0; // block1 ends in one
      int x = afterActivation ? input : relu(block + "_sepconv1", input);
      x = separable(block + "_sepconv1", x, first);
      x = separable(block + "_sepconv2", relu(block + "_sepconv2", x), second);
      String number = shortcuts == 0 ? "" : "_" + shortcuts;
      shortcuts++;
      int shortcut =
          stack.conv2D(
              TRUNK_PREFIX + "conv2d" + number,
              input,
              filters(second),
              SHORTCUT,
              false,
              Activations.LINEAR);
      x = stack.maxPooling2D(TRUNK_PREFIX + block + "_pool", x, POOL);
      shortcut = stack.batchNormalization(TRUNK_PREFIX + "batch_normalization" + number, shortcut);
      return add(x, shortcut);
    }

    private int middle(String block, int input) {
      int x = input;
      for (int n = 1; n <= 3; n++) {
        String name = block + "_sepconv" + n;
        x = separable(name, relu(name, x), 728);
      }
      return add(x, input);
    }

    private int add(int x, int shortcut) {
      String number = additions == 0 ? "" : "_" + additions;
      additions++;
      return stack.add(TRUNK_PREFIX + "add" + number, x, shortcut);
    }
  }
}

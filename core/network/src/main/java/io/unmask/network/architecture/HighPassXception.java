package io.unmask.network.architecture;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.Arrays;
import java.util.List;

/**
 * A small network of separable convolutions, as Xception's, that sees only the finest detail of an
 * image, at its full resolution: the traces that generators leave are there, and a face's likeness
 * is not.
 *
 * <p>Its first layer is fixed: five 3x3 high-pass filters on each colour, as in steganalysis
 * (Fridrich and Kodovsky, <i>Rich Models for Steganalysis of Digital Images</i>, 2012): first
 * differences to the right and downward, second differences along both axes, and {@code [-1 2 -1; 2
 * -4 2; -1 2 -1] / 4}. Their responses, in grey levels, are divided by 3 and clipped to [-2, 2],
 * and then moved to [0, 4], so that an ordinary rectifier with a ceiling clips them. A 3x3
 * convolution and a separable one follow; then, for every further width, a 2x2 average pooling and
 * two separable convolutions, one for the last; then the mean over the image, dropout and one
 * probability.
 *
 * <p>Nothing in it depends on the size of the image, so that it can be trained on small parts; and
 * no convolution looks beyond the edge, where a high-pass filter would see a step that is not in
 * the image: a part, which has more edge for its size, is then as the whole.
 *
 * @param input the image's shape, {@code [height, width, 3]}, in [0, 1]
 * @param widths the number of filters at full resolution, at half of it, and so on, at least two
 * @param dropout the share of the last features dropped in training, in [0, 1)
 */
public record HighPassXception(Shape input, List<Integer> widths, double dropout) {

  /** The name of the layer of fixed filters. */
  public static final String FIXED_LAYER = "residuals";

  private static final int CHANNELS = 3;

  /** Grey levels that a response of 1 stands for. */
  private static final float STEP = 3;

  private static final float CLIP = 2;
  private static final float WHITE = 255;

  private static final float[][] FILTERS = {
    {0, 0, 0, 0, -1, 1, 0, 0, 0},
    {0, 0, 0, 0, -1, 0, 0, 1, 0},
    {0, 0, 0, 1, -2, 1, 0, 0, 0},
    {0, 1, 0, 0, -2, 0, 0, 1, 0},
    {-0.25f, 0.5f, -0.25f, 0.5f, -1, 0.5f, -0.25f, 0.5f, -0.25f},
  };

  private static final Window WINDOW =
      new Window(Window.Size.square(3), Window.Size.ONE, Padding.VALID);
  private static final Window HALF =
      new Window(Window.Size.square(2), Window.Size.square(2), Padding.VALID);

  /** Checks the ranges. */
  public HighPassXception {
    widths = List.copyOf(widths);
    if (input.rank() != 3 || input.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "the high-pass filters take images of three colours, not of shape " + input);
    }
    if (widths.size() < 2) {
      throw new IllegalArgumentException("at least two widths, not " + widths);
    }
  }

  /** The one that the bundled models are: 256x256. */
  public static HighPassXception standard() {
    return new HighPassXception(Shape.of(256, 256, CHANNELS), List.of(16, 48, 96, 192), 0.3);
  }

  /** A network with fresh weights, the fixed filters aside. */
  public Network build(WeightInitializer initializer) {
    LayerStack stack = new LayerStack("high_pass_xception", initializer);
    int x = stack.layer(FIXED_LAYER, residuals(), stack.input("input_layer", input));
    x = stack.layer("clip", new Layer.Activate(new Activation.Relu(0, 2 * CLIP, 0)), x);
    x = stack.conv2D("conv1", x, widths.get(0), WINDOW, false, Activations.LINEAR);
    x = stack.relu("conv1_act", stack.batchNormalization("conv1_bn", x));
    x = separable(stack, "sepconv1", x, widths.get(0));
    for (int n = 1; n < widths.size(); n++) {
      String block = "block" + (n + 1);
      x = stack.averagePooling2D(block + "_pool", x, HALF);
      x = separable(stack, block + "_sepconv1", x, widths.get(n));
      if (n < widths.size() - 1) {
        x = separable(stack, block + "_sepconv2", x, widths.get(n));
      }
    }
    x = stack.globalAveragePooling2D("global_avg_pooling", x);
    x = stack.dropout("dropout", x, dropout);
    return stack.build(stack.dense("output_layer", x, 1, Activations.SIGMOID));
  }

  private static int separable(LayerStack stack, String name, int input, int filters) {
    int x = stack.separableConv2D(name, input, filters, Padding.VALID);
    return stack.relu(name + "_act", stack.batchNormalization(name + "_bn", x));
  }

  private static Layer residuals() {
    int filters = FILTERS.length;
    float[] kernel = new float[WINDOW.size().height() * WINDOW.size().width() * CHANNELS * filters];
    int next = 0;
    for (int cell = 0; cell < kernel.length / (CHANNELS * filters); cell++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (float[] filter : FILTERS) {
          kernel[next++] = filter[cell] * WHITE / STEP;
        }
      }
    }
    float[] bias = new float[CHANNELS * filters];
    Arrays.fill(bias, CLIP);
    return new Layer.DepthwiseConv2D(
        Weights.of(Shape.of(3, 3, CHANNELS, filters), kernel),
        Weights.vector(bias),
        WINDOW,
        Activations.LINEAR);
  }
}

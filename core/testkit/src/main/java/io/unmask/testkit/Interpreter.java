package io.unmask.testkit;

import io.unmask.network.Layer;
import io.unmask.network.LayerVisitor;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a network slowly and obviously: one loop for each axis, sums in double precision, every
 * layer by Keras's definition. What backends are compared with.
 *
 * <p>Feature maps are arrays of double in row-major order {@code [height, width, channel]}. They
 * stay in double precision between layers, so that an answer is nearer to the exact one than any
 * backend's.
 *
 * <p>It is long because it knows every kind of layer, each as a few plain loops that can be held
 * against Keras's documentation.
 */
public final class Interpreter implements LayerVisitor.Complete<Node, double[]> {

  private final Network network;
  private final double[] image;
  private final List<double[]> values = new ArrayList<>();

  private Interpreter(Network network, double[] image) {
    this.network = network;
    this.image = image;
  }

  /** The value of each output for an image {@code [height, width, channel]}. */
  public static double[][] run(Network network, float[] image) {
    if (image.length != network.inputShape().size()) {
      throw new IllegalArgumentException(
          image.length + " numbers are no image of shape " + network.inputShape());
    }
    double[] pixels = new double[image.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = image[i];
    }
    Interpreter interpreter = new Interpreter(network, pixels);
    for (Node node : network.nodes()) {
      double[] value = node.layer().accept(interpreter, node);
      if (value.length != node.shape().size()) {
        throw new IllegalStateException(node.name() + " gave " + value.length + " numbers");
      }
      interpreter.values.add(value);
    }
    return network.outputs().stream().map(interpreter.values::get).toArray(double[][]::new);
  }

  @Override
  public double[] input(Layer.Input layer, Node node) {
    return image;
  }

  @Override
  public double[] conv2D(Layer.Conv2D layer, Node node) {
    Shape in = inputShape(node);
    Shape out = node.shape();
    float[] kernel = layer.kernel().toArray();
    int inputs = layer.kernel().shape().extent(2); // of one group
    int outputs = out.channels() / layer.groups();
    double[] x = input(node);
    double[] y = new double[out.size()];
    Places places = new Places(layer.window(), in);
    for (int row = 0; row < out.extent(0); row++) {
      for (int column = 0; column < out.extent(1); column++) {
        for (int o = 0; o < out.channels(); o++) {
          int first = o / outputs * inputs;
          double sum = 0;
          for (int h = 0; h < layer.window().size().height(); h++) {
            for (int w = 0; w < layer.window().size().width(); w++) {
              int at = places.at(row, column, h, w);
              for (int i = 0; at >= 0 && i < inputs; i++) {
                int k = ((h * layer.window().size().width() + w) * inputs + i) * out.channels() + o;
                sum += x[at * in.channels() + first + i] * kernel[k];
              }
            }
          }
          y[(row * out.extent(1) + column) * out.channels() + o] = sum;
        }
      }
    }
    return ActivationFunctions.apply(layer.activation(), biased(y, layer.bias()), out.channels());
  }

  @Override
  public double[] depthwiseConv2D(Layer.DepthwiseConv2D layer, Node node) {
    double[] y =
        depthwise(input(node), inputShape(node), layer.kernel(), layer.window(), node.shape());
    return ActivationFunctions.apply(
        layer.activation(), biased(y, layer.bias()), node.shape().channels());
  }

  @Override
  public double[] separableConv2D(Layer.SeparableConv2D layer, Node node) {
    Shape out = node.shape();
    int between = layer.pointwise().shape().extent(2);
    Shape middle = out.with(2, between);
    double[] x =
        depthwise(input(node), inputShape(node), layer.depthwise(), layer.window(), middle);
    double[] y = product(x, between, layer.pointwise());
    return ActivationFunctions.apply(layer.activation(), biased(y, layer.bias()), out.channels());
  }

  @Override
  public double[] conv2DTranspose(Layer.Conv2DTranspose layer, Node node) {
    Shape in = inputShape(node);
    Shape out = node.shape();
    Window window = layer.window();
    double[] x = input(node);
    double[] y = new double[out.size()];
    for (int i = 0; i < x.length; i++) {
      int[] at = position(i, in);
      for (int h = 0; h < window.size().height(); h++) {
        for (int w = 0; w < window.size().width(); w++) {
          int row = at[0] * window.stride().height() + h - layer.top();
          int column = at[1] * window.stride().width() + w - layer.left();
          boolean inside = row >= 0 && row < out.extent(0) && column >= 0 && column < out.extent(1);
          for (int o = 0; inside && o < out.channels(); o++) {
            int k = index(new int[] {h, w, o, at[2]}, layer.kernel().shape());
            y[index(new int[] {row, column, o}, out)] += x[i] * layer.kernel().get(k);
          }
        }
      }
    }
    return ActivationFunctions.apply(layer.activation(), biased(y, layer.bias()), out.channels());
  }

  private static double[] depthwise(
      double[] x, Shape in, Weights weights, Window window, Shape out) {
    float[] kernel = weights.toArray();
    int multiplier = weights.shape().extent(3);
    double[] y = new double[out.size()];
    Places places = new Places(window, in);
    for (int row = 0; row < out.extent(0); row++) {
      for (int column = 0; column < out.extent(1); column++) {
        for (int c = 0; c < in.channels(); c++) {
          for (int m = 0; m < multiplier; m++) {
            double sum = 0;
            for (int h = 0; h < window.size().height(); h++) {
              for (int w = 0; w < window.size().width(); w++) {
                int at = places.at(row, column, h, w);
                if (at >= 0) {
                  int k = ((h * window.size().width() + w) * in.channels() + c) * multiplier + m;
                  sum += x[at * in.channels() + c] * kernel[k];
                }
              }
            }
            y[((row * out.extent(1) + column) * in.channels() + c) * multiplier + m] = sum;
          }
        }
      }
    }
    return y;
  }

  @Override
  public double[] dense(Layer.Dense layer, Node node) {
    double[] y = product(input(node), layer.kernel().shape().extent(0), layer.kernel());
    return ActivationFunctions.apply(
        layer.activation(), biased(y, layer.bias()), node.shape().channels());
  }

  /** Every row of {@code inputs} numbers times a matrix whose last two axes count. */
  private static double[] product(double[] x, int inputs, Weights matrix) {
    float[] weights = matrix.toArray();
    int outputs = matrix.shape().channels();
    int rows = x.length / inputs;
    double[] y = new double[rows * outputs];
    for (int row = 0; row < rows; row++) {
      for (int o = 0; o < outputs; o++) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
          sum += x[row * inputs + i] * weights[i * outputs + o];
        }
        y[row * outputs + o] = sum;
      }
    }
    return y;
  }

  @Override
  public double[] matrixProduct(Layer.MatrixProduct layer, Node node) {
    Shape out = node.shape();
    double[] left = input(node);
    double[] right = values.get(node.inputs().get(1));
    int inner = inputShape(node).channels();
    int columns = out.channels();
    int rows = out.extent(out.rank() - 2);
    double[] y = new double[out.size()];
    for (int i = 0; i < y.length; i++) {
      int row = i / columns; // counted through all matrices
      int matrix = row / rows;
      for (int k = 0; k < inner; k++) {
        y[i] += left[row * inner + k] * right[(matrix * inner + k) * columns + i % columns];
      }
    }
    return y;
  }

  private static double[] biased(double[] y, Weights bias) {
    for (int i = 0; bias != null && i < y.length; i++) {
      y[i] += bias.get(i % bias.size());
    }
    return y;
  }

  @Override
  public double[] batchNormalization(Layer.BatchNormalization layer, Node node) {
    double[] y = input(node).clone();
    for (int i = 0; i < y.length; i++) {
      int c = i % layer.mean().size();
      double gamma = layer.gamma() == null ? 1 : layer.gamma().get(c);
      double beta = layer.beta() == null ? 0 : layer.beta().get(c);
      double deviation = Math.sqrt(layer.variance().get(c) + layer.epsilon());
      y[i] = gamma * (y[i] - layer.mean().get(c)) / deviation + beta;
    }
    return y;
  }

  @Override
  public double[] activate(Layer.Activate layer, Node node) {
    return ActivationFunctions.apply(
        layer.activation(), input(node).clone(), node.shape().channels());
  }

  @Override
  public double[] pRelu(Layer.PRelu layer, Node node) {
    double[] y = input(node).clone();
    for (int i = 0; i < y.length; i++) {
      if (y[i] < 0) {
        y[i] *= layer.alpha().get(broadcast(i, node.shape(), layer.alpha().shape()));
      }
    }
    return y;
  }

  @Override
  public double[] maxPooling2D(Layer.MaxPooling2D layer, Node node) {
    return pooled(node, layer.window(), true);
  }

  @Override
  public double[] averagePooling2D(Layer.AveragePooling2D layer, Node node) {
    return pooled(node, layer.window(), false);
  }

  private double[] pooled(Node node, Window window, boolean largest) {
    Shape in = inputShape(node);
    Shape out = node.shape();
    double[] x = input(node);
    double[] y = new double[out.size()];
    Places places = new Places(window, in);
    for (int row = 0; row < out.extent(0); row++) {
      for (int column = 0; column < out.extent(1); column++) {
        for (int c = 0; c < out.channels(); c++) {
          double max = Double.NEGATIVE_INFINITY;
          double sum = 0;
          int count = 0;
          for (int h = 0; h < window.size().height(); h++) {
            for (int w = 0; w < window.size().width(); w++) {
              int at = places.at(row, column, h, w);
              if (at >= 0) {
                max = Math.max(max, x[at * in.channels() + c]);
                sum += x[at * in.channels() + c];
                count++;
              }
            }
          }
          y[(row * out.extent(1) + column) * out.channels() + c] = largest ? max : sum / count;
        }
      }
    }
    return y;
  }

  @Override
  public double[] globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, Node node) {
    double[] x = input(node);
    double[] y = new double[node.shape().size()];
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < x.length; i++) {
      y[i % y.length] = Math.max(y[i % y.length], x[i]);
    }
    return y;
  }

  @Override
  public double[] globalAveragePooling2D(Layer.GlobalAveragePooling2D layer, Node node) {
    double[] x = input(node);
    double[] y = new double[node.shape().size()];
    for (int i = 0; i < x.length; i++) {
      y[i % y.length] += x[i];
    }
    int pixels = x.length / y.length;
    for (int c = 0; c < y.length; c++) {
      y[c] /= pixels;
    }
    return y;
  }

  @Override
  public double[] add(Layer.Add layer, Node node) {
    double[] y = new double[node.shape().size()];
    for (int input : node.inputs()) {
      for (int i = 0; i < y.length; i++) {
        y[i] += values.get(input)[broadcast(i, node.shape(), network.node(input).shape())];
      }
    }
    return y;
  }

  @Override
  public double[] multiply(Layer.Multiply layer, Node node) {
    double[] y = new double[node.shape().size()];
    Arrays.fill(y, 1);
    for (int input : node.inputs()) {
      for (int i = 0; i < y.length; i++) {
        y[i] *= values.get(input)[broadcast(i, node.shape(), network.node(input).shape())];
      }
    }
    return y;
  }

  @Override
  public double[] maximum(Layer.Maximum layer, Node node) {
    double[] y = new double[node.shape().size()];
    Arrays.fill(y, Double.NEGATIVE_INFINITY);
    for (int input : node.inputs()) {
      for (int i = 0; i < y.length; i++) {
        double x = values.get(input)[broadcast(i, node.shape(), network.node(input).shape())];
        y[i] = Math.max(y[i], x);
      }
    }
    return y;
  }

  @Override
  public double[] permute(Layer.Permute layer, Node node) {
    double[] x = input(node);
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int[] to = position(i, node.shape());
      int[] from = new int[to.length];
      for (int axis = 0; axis < to.length; axis++) {
        from[layer.order().get(axis)] = to[axis];
      }
      y[i] = x[index(from, inputShape(node))];
    }
    return y;
  }

  @Override
  public double[] layerNormalization(Layer.LayerNormalization layer, Node node) {
    double[] y = input(node).clone();
    int length = node.shape().channels();
    for (int start = 0; start < y.length; start += length) {
      double mean = 0;
      for (int i = start; i < start + length; i++) {
        mean += y[i] / length;
      }
      double variance = 0;
      for (int i = start; i < start + length; i++) {
        variance += (y[i] - mean) * (y[i] - mean) / length;
      }
      for (int i = start; i < start + length; i++) {
        double gamma = layer.gamma() == null ? 1 : layer.gamma().get(i - start);
        double beta = layer.beta() == null ? 0 : layer.beta().get(i - start);
        y[i] = gamma * (y[i] - mean) / Math.sqrt(variance + layer.epsilon()) + beta;
      }
    }
    return y;
  }

  @Override
  public double[] cropping2D(Layer.Cropping2D layer, Node node) {
    double[] x = input(node);
    double[] y = new double[node.shape().size()];
    for (int i = 0; i < y.length; i++) {
      int[] position = position(i, node.shape());
      position[0] += layer.top();
      position[1] += layer.left();
      y[i] = x[index(position, inputShape(node))];
    }
    return y;
  }

  @Override
  public double[] resizing(Layer.Resizing layer, Node node) {
    Shape in = inputShape(node);
    double[] y = new double[node.shape().size()];
    boolean nearest = layer.interpolation() == Layer.UpSampling2D.Interpolation.NEAREST;
    for (int i = 0; i < y.length; i++) {
      int[] position = position(i, node.shape());
      // The middle of the new element, in the old ones, which are squares of side 1.
      double row = (position[0] + 0.5) * in.extent(0) / node.shape().extent(0);
      double column = (position[1] + 0.5) * in.extent(1) / node.shape().extent(1);
      y[i] =
          nearest
              ? input(node)[index(new int[] {(int) row, (int) column, position[2]}, in)]
              : interpolated(input(node), in, row - 0.5, column - 0.5, position[2]);
    }
    return y;
  }

  @Override
  public double[] concatenate(Layer.Concatenate layer, Node node) {
    Shape out = node.shape();
    double[] y = new double[out.size()];
    int offset = 0;
    for (int input : node.inputs()) {
      Shape in = network.node(input).shape();
      for (int i = 0; i < in.size(); i++) {
        int[] position = position(i, in);
        position[layer.axis()] += offset;
        y[index(position, out)] = values.get(input)[i];
      }
      offset += in.extent(layer.axis());
    }
    return y;
  }

  @Override
  public double[] reshape(Layer.Reshape layer, Node node) {
    return input(node);
  }

  @Override
  public double[] zeroPadding2D(Layer.ZeroPadding2D layer, Node node) {
    Shape in = inputShape(node);
    double[] x = input(node);
    double[] y = new double[node.shape().size()];
    for (int i = 0; i < x.length; i++) {
      int[] position = position(i, in);
      position[0] += layer.top();
      position[1] += layer.left();
      y[index(position, node.shape())] = x[i];
    }
    return y;
  }

  @Override
  public double[] upSampling2D(Layer.UpSampling2D layer, Node node) {
    Shape in = inputShape(node);
    double[] x = input(node);
    double[] y = new double[node.shape().size()];
    boolean nearest = layer.interpolation() == Layer.UpSampling2D.Interpolation.NEAREST;
    for (int i = 0; i < y.length; i++) {
      int[] position = position(i, node.shape());
      double row = (position[0] + 0.5) / layer.factor().height() - 0.5;
      double column = (position[1] + 0.5) / layer.factor().width() - 0.5;
      if (nearest) {
        position[0] = (int) Math.round(row);
        position[1] = (int) Math.round(column);
        y[i] = x[index(position, in)];
      } else {
        y[i] = interpolated(x, in, row, column, position[2]);
      }
    }
    return y;
  }

  /** The value at a place between elements, which are squares with their values in the middle. */
  private static double interpolated(double[] x, Shape in, double row, double column, int channel) {
    double sum = 0;
    for (int h = 0; h < in.extent(0); h++) {
      for (int w = 0; w < in.extent(1); w++) {
        double y = Math.min(Math.max(row, 0), in.extent(0) - 1);
        double z = Math.min(Math.max(column, 0), in.extent(1) - 1);
        double weight = Math.max(0, 1 - Math.abs(y - h)) * Math.max(0, 1 - Math.abs(z - w));
        sum += weight * x[index(new int[] {h, w, channel}, in)];
      }
    }
    return sum;
  }

  @Override
  public double[] rescaling(Layer.Rescaling layer, Node node) {
    double[] y = input(node).clone();
    for (int i = 0; i < y.length; i++) {
      int c = i % layer.factors().size();
      y[i] = y[i] * layer.factors().get(c) + layer.offsets().get(c);
    }
    return y;
  }

  @Override
  public double[] dropout(Layer.Dropout layer, Node node) {
    return input(node);
  }

  private double[] input(Node node) {
    return values.get(node.inputs().get(0));
  }

  private Shape inputShape(Node node) {
    return network.node(node.inputs().get(0)).shape();
  }

  /** Where the element that a broadcast element comes from lies. */
  private static int broadcast(int element, Shape out, Shape in) {
    int[] position = position(element, out);
    for (int axis = 0; axis < position.length; axis++) {
      position[axis] = in.extent(axis) == 1 ? 0 : position[axis];
    }
    return index(position, in);
  }

  private static int[] position(int index, Shape shape) {
    int[] position = new int[shape.rank()];
    int rest = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      position[axis] = rest % shape.extent(axis);
      rest /= shape.extent(axis);
    }
    return position;
  }

  private static int index(int[] position, Shape shape) {
    int index = 0;
    for (int axis = 0; axis < position.length; axis++) {
      index = index * shape.extent(axis) + position[axis];
    }
    return index;
  }

  /** Which pixel lies under an element of a window at a position. */
  private static final class Places {

    private final Window window;
    private final Shape in;
    private final int top;
    private final int left;

    Places(Window window, Shape in) {
      this.window = window;
      this.in = in;
      this.top = window.rows(in.extent(0)).before();
      this.left = window.columns(in.extent(1)).before();
    }

    /** The pixel's index, or -1 if it is padding. */
    int at(int row, int column, int h, int w) {
      int y = row * window.stride().height() + h * window.dilation().height() - top;
      int x = column * window.stride().width() + w * window.dilation().width() - left;
      boolean inside = y >= 0 && y < in.extent(0) && x >= 0 && x < in.extent(1);
      return inside ? y * in.extent(1) + x : -1;
    }
  }
}

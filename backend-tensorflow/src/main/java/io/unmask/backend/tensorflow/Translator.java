package io.unmask.backend.tensorflow;

import io.unmask.network.Layer;
import io.unmask.network.LayerVisitor;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Translates the layers of a network prepared for inference, each to a few operations. */
class Translator implements LayerVisitor.Complete<Node, Operand<TFloat32>> {

  private final Network network;
  private final Ops ops;
  private final Constants constants;
  private final WindowLayers windows;
  private final ActivationLayers activations;
  private final List<Operand<TFloat32>> values = new ArrayList<>();

  Translator(Graph graph, Network network) {
    this(network, new Constants(Ops.create(graph)));
  }

  /** Takes weights from elsewhere. */
  Translator(Network network, Constants constants) {
    this.network = network;
    this.ops = constants.ops();
    this.constants = constants;
    this.windows = new WindowLayers(ops, constants);
    this.activations = new ActivationLayers(ops, constants);
  }

  /** Adds all layers to the graph. */
  Translation translate() {
    for (Node node : network.nodes()) {
      values.add(node.layer().accept(this, node));
    }
    List<Output<TFloat32>> outputs = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < network.outputs().size(); i++) {
      // An identity, as TensorFlow does not fetch what is fed, nor anything twice.
      outputs.add(ops.identity(values.get(network.outputs().get(i))).asOutput());
      shapes.add(network.outputShape(i));
    }
    Output<TFloat32> input = values.get(network.input()).asOutput();
    return new Translation(network.inputShape(), input, first(outputs), outputs, shapes);
  }

  private Output<TFloat32> first(List<Output<TFloat32>> outputs) {
    for (int i = 0; i < values.size(); i++) {
      if (network.node(i).inputs().contains(network.input())) {
        return ops.identity(values.get(i)).asOutput();
      }
    }
    return outputs.get(0);
  }

  private List<Operand<TFloat32>> sources(Node node) {
    return node.inputs().stream().map(values::get).toList();
  }

  /** What a node reads that reads one. */
  final Operand<TFloat32> source(Node node) {
    return values.get(node.inputs().get(0));
  }

  private Shape sourceShape(Node node) {
    return network.node(node.inputs().get(0)).shape();
  }

  @Override
  public Operand<TFloat32> input(Layer.Input layer, Node node) {
    return ops.placeholder(
        TFloat32.class, Placeholder.shape(Translation.batched(layer.shape(), -1)));
  }

  @Override
  public Operand<TFloat32> conv2D(Layer.Conv2D layer, Node node) {
    return windows.convolution(layer, source(node));
  }

  @Override
  public Operand<TFloat32> depthwiseConv2D(Layer.DepthwiseConv2D layer, Node node) {
    return windows.depthwise(layer, source(node), sourceShape(node));
  }

  @Override
  public Operand<TFloat32> conv2DTranspose(Layer.Conv2DTranspose layer, Node node) {
    return windows.transposed(layer, source(node), node.shape());
  }

  @Override
  public Operand<TFloat32> separableConv2D(Layer.SeparableConv2D layer, Node node) {
    throw new IllegalStateException("separable convolutions were to be split before");
  }

  /** A matrix product along the last axis, every other position a row. */
  @Override
  public Operand<TFloat32> dense(Layer.Dense layer, Node node) {
    boolean flat = sourceShape(node).rank() == 1;
    Operand<TFloat32> rows = source(node);
    if (!flat) {
      rows = ops.reshape(rows, ops.array(-1, layer.kernel().shape().extent(0)));
    }
    Operand<TFloat32> product = ops.linalg.matMul(rows, constants.weights(layer.kernel()));
    if (layer.bias() != null) {
      product = ops.nn.biasAdd(product, constants.weights(layer.bias()));
    }
    return flat ? product : ops.reshape(product, constants.shape(node.shape()));
  }

  @Override
  public Operand<TFloat32> matrixProduct(Layer.MatrixProduct layer, Node node) {
    return ops.train.batchMatMul(sources(node).get(0), sources(node).get(1), TFloat32.class);
  }

  @Override
  public Operand<TFloat32> batchNormalization(Layer.BatchNormalization layer, Node node) {
    return scaleAndShift(source(node), layer.factors(), layer.offsets());
  }

  @Override
  public Operand<TFloat32> rescaling(Layer.Rescaling layer, Node node) {
    double[] factors = layer.factors().stream().mapToDouble(Double::doubleValue).toArray();
    double[] offsets = layer.offsets().stream().mapToDouble(Double::doubleValue).toArray();
    return scaleAndShift(source(node), factors, offsets);
  }

  private Operand<TFloat32> scaleAndShift(Operand<TFloat32> x, double[] factors, double[] offsets) {
    return ops.math.add(ops.math.mul(x, constants.vector(factors)), constants.vector(offsets));
  }

  @Override
  public Operand<TFloat32> activate(Layer.Activate layer, Node node) {
    return activations.apply(layer.activation(), source(node));
  }

  @Override
  public Operand<TFloat32> pRelu(Layer.PRelu layer, Node node) {
    Operand<TFloat32> x = source(node);
    Operand<TFloat32> below = ops.nn.relu(ops.math.neg(x));
    return ops.math.sub(ops.nn.relu(x), ops.math.mul(constants.weights(layer.alpha()), below));
  }

  @Override
  public Operand<TFloat32> maxPooling2D(Layer.MaxPooling2D layer, Node node) {
    return windows.maximum(layer.window(), source(node), node.name());
  }

  @Override
  public Operand<TFloat32> averagePooling2D(Layer.AveragePooling2D layer, Node node) {
    return windows.mean(layer.window(), source(node), node.name());
  }

  @Override
  public Operand<TFloat32> globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, Node node) {
    return ops.reduceMax(source(node), heightAndWidth(), ReduceMax.keepDims(layer.keepAxes()));
  }

  @Override
  public Operand<TFloat32> globalAveragePooling2D(Layer.GlobalAveragePooling2D layer, Node node) {
    return ops.math.mean(source(node), heightAndWidth(), Mean.keepDims(layer.keepAxes()));
  }

  private Operand<TInt32> heightAndWidth() {
    return ops.array(1, 2);
  }

  @Override
  public Operand<TFloat32> add(Layer.Add layer, Node node) {
    return chain(node, ops.math::add);
  }

  @Override
  public Operand<TFloat32> multiply(Layer.Multiply layer, Node node) {
    return chain(node, ops.math::mul);
  }

  @Override
  public Operand<TFloat32> maximum(Layer.Maximum layer, Node node) {
    return chain(node, ops.math::maximum);
  }

  private Operand<TFloat32> chain(Node node, BinaryOperator<Operand<TFloat32>> operation) {
    return sources(node).stream().reduce(operation).orElseThrow();
  }

  @Override
  public Operand<TFloat32> concatenate(Layer.Concatenate layer, Node node) {
    return ops.concat(sources(node), ops.constant(layer.axis() + 1));
  }

  @Override
  public Operand<TFloat32> reshape(Layer.Reshape layer, Node node) {
    return ops.reshape(source(node), constants.shape(layer.shape()));
  }

  @Override
  public Operand<TFloat32> zeroPadding2D(Layer.ZeroPadding2D layer, Node node) {
    return windows.pad(source(node), layer.top(), layer.bottom(), layer.left(), layer.right());
  }

  @Override
  public Operand<TFloat32> permute(Layer.Permute layer, Node node) {
    int[] order = new int[layer.order().size() + 1];
    for (int axis = 1; axis < order.length; axis++) {
      order[axis] = layer.order().get(axis - 1) + 1;
    }
    return ops.linalg.transpose(source(node), ops.constant(order));
  }

  @Override
  public Operand<TFloat32> cropping2D(Layer.Cropping2D layer, Node node) {
    Shape shape = node.shape();
    return ops.slice(
        source(node),
        ops.array(0, layer.top(), layer.left(), 0),
        ops.array(-1, shape.extent(0), shape.extent(1), shape.channels()));
  }

  @Override
  public Operand<TFloat32> resizing(Layer.Resizing layer, Node node) {
    return windows.enlarge(source(node), layer.interpolation(), node.shape());
  }

  @Override
  public Operand<TFloat32> layerNormalization(Layer.LayerNormalization layer, Node node) {
    Operand<TFloat32> x = source(node);
    Operand<TInt32> last = ops.array(node.shape().rank());
    Operand<TFloat32> centred = ops.math.sub(x, ops.math.mean(x, last, Mean.keepDims(true)));
    Operand<TFloat32> variance = ops.math.mean(ops.math.square(centred), last, Mean.keepDims(true));
    Operand<TFloat32> shifted = ops.math.add(variance, constants.scalar(layer.epsilon()));
    Operand<TFloat32> result = ops.math.mul(centred, ops.math.rsqrt(shifted));
    if (layer.gamma() != null) {
      result = ops.math.mul(result, constants.weights(layer.gamma()));
    }
    return layer.beta() == null ? result : ops.math.add(result, constants.weights(layer.beta()));
  }

  @Override
  public Operand<TFloat32> upSampling2D(Layer.UpSampling2D layer, Node node) {
    return windows.enlarge(source(node), layer.interpolation(), node.shape());
  }

  @Override
  public Operand<TFloat32> dropout(Layer.Dropout layer, Node node) {
    throw new IllegalStateException("dropout was to be dropped before");
  }
}

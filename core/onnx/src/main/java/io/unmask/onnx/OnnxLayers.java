package io.unmask.onnx;

import static io.unmask.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.unmask.network.Activation;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Translates the layers of a network prepared for inference into ONNX operators. Values of rank 3
 * are kept channels first, all others as Keras has them.
 *
 * <p>It is long because each kind of layer has a method here, a few lines each, and the compiler
 * sees that none is missing.
 */
final class OnnxLayers implements LayerVisitor.Complete<Node, String> {

  private static final int[] OUTPUT_INPUT_ROW_COLUMN = {3, 2, 0, 1};
  private static final int[] CHANNEL_MULTIPLIER_ROW_COLUMN = {2, 3, 0, 1};
  private static final int[] CHANNEL_ROW_COLUMN = {2, 0, 1};

  private static final long[] CHANNELS_LAST = {0, 2, 3, 1};
  private static final long[] CHANNELS_FIRST = {0, 3, 1, 2};

  private final OnnxGraph graph;
  private final Network network;
  private final String input;
  private final OnnxActivations activations;
  private final List<String> values = new ArrayList<>();

  /**
   * @param input the name of the graph's input, laid out as the network's
   */
  OnnxLayers(OnnxGraph graph, Network network, String input) {
    this.graph = graph;
    this.network = network;
    this.input = input;
    this.activations = new OnnxActivations(graph);
  }

  /** Translates the network's next node. */
  void add(Node node) {
    values.add(node.layer().accept(this, node));
  }

  /** Makes the value of a node, laid out as the network's, the output of the given name. */
  void deliver(int node, String output) {
    String value = values.get(node);
    if (network.node(node).shape().rank() == 3) {
      graph.into(output, "Transpose", List.of(value), attribute("perm", CHANNELS_LAST));
    } else {
      graph.into(output, "Identity", List.of(value));
    }
  }

  /** Reorders a value of rank 3 and leaves others alone. */
  private String transposed(String value, String name, Shape shape, long[] order) {
    return shape.rank() == 3
        ? graph.operator("Transpose", name, List.of(value), attribute("perm", order))
        : value;
  }

  private String source(Node node) {
    return values.get(node.inputs().get(0));
  }

  private Shape sourceShape(Node node) {
    return network.node(node.inputs().get(0)).shape();
  }

  private List<String> sources(Node node) {
    return node.inputs().stream().map(values::get).toList();
  }

  /** Where ONNX has the axis that the network has at {@code axis}, the batch not counted. */
  private static int axis(int axis, Shape shape) {
    return shape.rank() == 3 ? 1 + (axis + 1) % 3 : 1 + axis;
  }

  @Override
  public String input(Layer.Input layer, Node node) {
    return transposed(input, node.name() + "/channels_first", layer.shape(), CHANNELS_FIRST);
  }

  @Override
  public String conv2D(Layer.Conv2D layer, Node node) {
    Shape shape = layer.kernel().shape();
    long[] dims = {shape.extent(3), shape.extent(2), shape.extent(0), shape.extent(1)};
    String kernel =
        graph.constant(node.name() + "/kernel", layer.kernel(), OUTPUT_INPUT_ROW_COLUMN, dims);
    return convolution(node, layer.window(), kernel, layer.bias(), layer.groups());
  }

  @Override
  public String depthwiseConv2D(Layer.DepthwiseConv2D layer, Node node) {
    Shape shape = layer.kernel().shape();
    long outputs = (long) shape.extent(2) * shape.extent(3);
    long[] dims = {outputs, 1, shape.extent(0), shape.extent(1)};
    int[] order = CHANNEL_MULTIPLIER_ROW_COLUMN;
    String kernel = graph.constant(node.name() + "/kernel", layer.kernel(), order, dims);
    return convolution(node, layer.window(), kernel, layer.bias(), shape.extent(2));
  }

  @Override
  public String conv2DTranspose(Layer.Conv2DTranspose layer, Node node) {
    Shape shape = layer.kernel().shape();
    long[] dims = {shape.extent(3), shape.extent(2), shape.extent(0), shape.extent(1)};
    String kernel =
        graph.constant(node.name() + "/kernel", layer.kernel(), OUTPUT_INPUT_ROW_COLUMN, dims);
    List<String> inputs = new ArrayList<>(List.of(source(node), kernel));
    @Nullable Weights bias = layer.bias();
    if (bias != null) {
      inputs.add(vector(node.name() + "/bias", bias));
    }
    Window.Size stride = layer.window().stride();
    Shape from = sourceShape(node);
    long below =
        (from.extent(0) - 1L) * stride.height()
            + shape.extent(0)
            - layer.top()
            - node.shape().extent(0);
    long behind =
        (from.extent(1) - 1L) * stride.width()
            + shape.extent(1)
            - layer.left()
            - node.shape().extent(1);
    return graph.operator(
        "ConvTranspose",
        node.name(),
        inputs,
        attribute("strides", new long[] {stride.height(), stride.width()}),
        attribute("pads", new long[] {layer.top(), layer.left(), below, behind}));
  }

  private String convolution(
      Node node, Window window, String kernel, @Nullable Weights bias, int groups) {
    List<String> inputs = new ArrayList<>(List.of(source(node), kernel));
    if (bias != null) {
      inputs.add(vector(node.name() + "/bias", bias));
    }
    List<AttributeProto> attributes = new ArrayList<>(OnnxGeometry.of(window, sourceShape(node)));
    attributes.add(attribute("group", groups));
    return graph.operator("Conv", node.name(), inputs, attributes.toArray(AttributeProto[]::new));
  }

  private String vector(String name, Weights weights) {
    return graph.constant(name, weights.toArray(), weights.size());
  }

  @Override
  public String dense(Layer.Dense layer, Node node) {
    String name = node.name();
    Shape shape = layer.kernel().shape();
    float[] values = layer.kernel().toArray();
    String kernel = graph.constant(name + "/kernel", values, shape.extent(0), shape.extent(1));
    @Nullable Weights bias = layer.bias();
    if (node.shape().rank() == 1) {
      return graph.operator(
          "Gemm",
          name,
          bias == null
              ? List.of(source(node), kernel)
              : List.of(source(node), kernel, vector(name + "/bias", bias)));
    }
    String rows =
        transposed(source(node), name + "/channels_last", sourceShape(node), CHANNELS_LAST);
    String result = graph.operator("MatMul", name + "/product", List.of(rows, kernel));
    if (bias != null) {
      String summand = vector(name + "/bias", bias);
      result = graph.operator("Add", name + "/sum", List.of(result, summand));
    }
    return transposed(result, name, node.shape(), CHANNELS_FIRST);
  }

  @Override
  public String matrixProduct(Layer.MatrixProduct layer, Node node) {
    String name = node.name();
    List<String> matrices = new ArrayList<>();
    for (int input : node.inputs()) {
      String lastTwo = name + "/channels_last" + (matrices.isEmpty() ? "" : "2");
      matrices.add(
          transposed(values.get(input), lastTwo, network.node(input).shape(), CHANNELS_LAST));
    }
    String result = graph.operator("MatMul", name + "/product", matrices);
    return transposed(result, name, node.shape(), CHANNELS_FIRST);
  }

  @Override
  public String batchNormalization(Layer.BatchNormalization layer, Node node) {
    return scaleAndShift(node, layer.factors(), layer.offsets());
  }

  @Override
  public String rescaling(Layer.Rescaling layer, Node node) {
    double[] factors = layer.factors().stream().mapToDouble(Double::doubleValue).toArray();
    double[] offsets = layer.offsets().stream().mapToDouble(Double::doubleValue).toArray();
    return scaleAndShift(node, factors, offsets);
  }

  private String scaleAndShift(Node node, double[] factors, double[] offsets) {
    long[] dims =
        node.shape().rank() == 3 ? new long[] {factors.length, 1, 1} : new long[] {factors.length};
    String factor = graph.constant(node.name() + "/factor", rounded(factors), dims);
    String offset = graph.constant(node.name() + "/offset", rounded(offsets), dims);
    String scaled = graph.operator("Mul", node.name() + "/scaled", List.of(source(node), factor));
    return graph.operator("Add", node.name(), List.of(scaled, offset));
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  @Override
  public String activate(Layer.Activate layer, Node node) {
    boolean softmax = layer.activation() instanceof Activation.Softmax;
    if (softmax || layer.activation() instanceof Activation.LogSoftmax) {
      long channels = axis(node.shape().rank() - 1, node.shape());
      return graph.operator(
          softmax ? "Softmax" : "LogSoftmax",
          node.name(),
          List.of(source(node)),
          attribute("axis", channels));
    }
    return activations.add(layer.activation(), node.name(), source(node));
  }

  @Override
  public String pRelu(Layer.PRelu layer, Node node) {
    Shape shape = layer.alpha().shape();
    int[] order =
        shape.rank() == 3 ? CHANNEL_ROW_COLUMN : IntStream.range(0, shape.rank()).toArray();
    long[] dims = Arrays.stream(order).mapToLong(shape::extent).toArray();
    String slopes = graph.constant(node.name() + "/alpha", layer.alpha(), order, dims);
    return graph.operator("PRelu", node.name(), List.of(source(node), slopes));
  }

  @Override
  public String maxPooling2D(Layer.MaxPooling2D layer, Node node) {
    return pool("MaxPool", layer.window(), node);
  }

  @Override
  public String averagePooling2D(Layer.AveragePooling2D layer, Node node) {
    return pool("AveragePool", layer.window(), node);
  }

  private String pool(String kind, Window window, Node node) {
    List<AttributeProto> attributes = OnnxGeometry.of(window, sourceShape(node));
    return graph.operator(
        kind, node.name(), List.of(source(node)), attributes.toArray(AttributeProto[]::new));
  }

  @Override
  public String globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, Node node) {
    return global("GlobalMaxPool", layer.keepAxes(), node);
  }

  @Override
  public String globalAveragePooling2D(Layer.GlobalAveragePooling2D layer, Node node) {
    return global("GlobalAveragePool", layer.keepAxes(), node);
  }

  private String global(String kind, boolean keepAxes, Node node) {
    List<String> source = List.of(source(node));
    if (keepAxes) {
      return graph.operator(kind, node.name(), source);
    }
    String pooled = graph.operator(kind, node.name() + "/pooled", source);
    return graph.operator("Flatten", node.name(), List.of(pooled), attribute("axis", 1));
  }

  @Override
  public String add(Layer.Add layer, Node node) {
    return combine("Add", node);
  }

  @Override
  public String multiply(Layer.Multiply layer, Node node) {
    return combine("Mul", node);
  }

  @Override
  public String maximum(Layer.Maximum layer, Node node) {
    return graph.operator("Max", node.name(), sources(node));
  }

  private String combine(String kind, Node node) {
    List<String> sources = sources(node);
    String result = sources.get(0);
    for (int i = 1; i < sources.size(); i++) {
      String name = i == sources.size() - 1 ? node.name() : node.name() + "/" + i;
      result = graph.operator(kind, name, List.of(result, sources.get(i)));
    }
    return result;
  }

  @Override
  public String concatenate(Layer.Concatenate layer, Node node) {
    long axis = axis(layer.axis(), node.shape());
    return graph.operator("Concat", node.name(), sources(node), attribute("axis", axis));
  }

  @Override
  public String reshape(Layer.Reshape layer, Node node) {
    String name = node.name();
    String source =
        transposed(source(node), name + "/channels_last", sourceShape(node), CHANNELS_LAST);
    // 0 stands for the extent that is there, the batch's.
    long[] extents =
        IntStream.concat(IntStream.of(0), Arrays.stream(layer.shape().toArray()))
            .asLongStream()
            .toArray();
    String shape = graph.constant(name + "/shape", extents);
    String result = graph.operator("Reshape", name + "/reshaped", List.of(source, shape));
    return transposed(result, name, layer.shape(), CHANNELS_FIRST);
  }

  @Override
  public String zeroPadding2D(Layer.ZeroPadding2D layer, Node node) {
    String pads =
        graph.constant(
            node.name() + "/pads",
            0,
            0,
            layer.top(),
            layer.left(),
            0,
            0,
            layer.bottom(),
            layer.right());
    if (!isPooled(values.size())) {
      return graph.operator("Pad", node.name(), List.of(source(node), pads));
    }
    // ONNX Runtime (seen with 1.30) makes a Pad part of the pooling behind it, whose own padding is
    // no zeros. An operator between them that changes nothing keeps the zeros.
    String padded = graph.operator("Pad", node.name() + "/padded", List.of(source(node), pads));
    String lowest = graph.constant(node.name() + "/lowest", new float[] {-Float.MAX_VALUE});
    return graph.operator("Clip", node.name(), List.of(padded, lowest));
  }

  /** Whether a pooling reads the node. */
  private boolean isPooled(int node) {
    return network.nodes().stream()
        .filter(
            reader ->
                reader.layer() instanceof Layer.MaxPooling2D
                    || reader.layer() instanceof Layer.AveragePooling2D)
        .anyMatch(pooling -> pooling.inputs().get(0) == node);
  }

  @Override
  public String permute(Layer.Permute layer, Node node) {
    String name = node.name();
    String source =
        transposed(source(node), name + "/channels_last", sourceShape(node), CHANNELS_LAST);
    long[] order = new long[layer.order().size() + 1];
    for (int axis = 1; axis < order.length; axis++) {
      order[axis] = layer.order().get(axis - 1) + 1L;
    }
    String result =
        graph.operator("Transpose", name + "/permuted", List.of(source), attribute("perm", order));
    return transposed(result, name, node.shape(), CHANNELS_FIRST);
  }

  @Override
  public String cropping2D(Layer.Cropping2D layer, Node node) {
    String name = node.name();
    long bottom = (long) layer.top() + node.shape().extent(0);
    long right = (long) layer.left() + node.shape().extent(1);
    String starts = graph.constant(name + "/starts", (long) layer.top(), (long) layer.left());
    String ends = graph.constant(name + "/ends", bottom, right);
    String axes = graph.constant(name + "/axes", 2L, 3L);
    return graph.operator("Slice", name, List.of(source(node), starts, ends, axes));
  }

  @Override
  public String resizing(Layer.Resizing layer, Node node) {
    Shape from = sourceShape(node);
    Shape to = node.shape();
    String sizes =
        graph.constant(
            node.name() + "/scales",
            new float[] {
              1, 1, scale(to.extent(0), from.extent(0)), scale(to.extent(1), from.extent(1))
            },
            4);
    return resized(node, layer.interpolation(), sizes);
  }

  /** The scale that gives the wanted extent, which is its product rounded down. */
  private static float scale(int to, int from) {
    float scale = (float) to / from;
    return (int) (scale * from) == to ? scale : Math.nextUp(scale);
  }

  @Override
  public String layerNormalization(Layer.LayerNormalization layer, Node node) {
    String name = node.name();
    int channels = node.shape().channels();
    String rows =
        transposed(source(node), name + "/channels_last", sourceShape(node), CHANNELS_LAST);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    String gamma =
        layer.gamma() == null
            ? graph.constant(name + "/gamma", ones, channels)
            : vector(name + "/gamma", layer.gamma());
    List<String> inputs = new ArrayList<>(List.of(rows, gamma));
    if (layer.beta() != null) {
      inputs.add(vector(name + "/beta", layer.beta()));
    }
    String result =
        graph.operator(
            "LayerNormalization",
            name + "/normalized",
            inputs,
            attribute("axis", -1L),
            attribute("epsilon", layer.epsilon()));
    return transposed(result, name, node.shape(), CHANNELS_FIRST);
  }

  @Override
  public String upSampling2D(Layer.UpSampling2D layer, Node node) {
    String scales =
        graph.constant(
            node.name() + "/scales",
            new float[] {1, 1, layer.factor().height(), layer.factor().width()},
            4);
    return resized(node, layer.interpolation(), scales);
  }

  private String resized(Node node, Layer.UpSampling2D.Interpolation interpolation, String scales) {
    boolean nearest = interpolation == Layer.UpSampling2D.Interpolation.NEAREST;
    return graph.operator(
        "Resize",
        node.name(),
        List.of(source(node), "", scales), // an input without a name is left out: the region
        attribute("mode", nearest ? "nearest" : "linear"),
        attribute("coordinate_transformation_mode", "half_pixel"));
  }

  @Override
  public String separableConv2D(Layer.SeparableConv2D layer, Node node) {
    throw new IllegalStateException("separable convolutions were to be split before");
  }

  @Override
  public String dropout(Layer.Dropout layer, Node node) {
    throw new IllegalStateException("dropout was to be dropped before");
  }
}

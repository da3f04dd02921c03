package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.LayerVisitor;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Precision;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;

/** Translates the layers of a network prepared for inference, one group after the other. */
final class Translator implements LayerVisitor.Complete<Fusion.Group, Value> {

  private final Graph graph;
  private final Network network;
  private final Fusion fusion;
  private final Numbers.Plan numbers;
  private final WeightedLayers weighted;
  private final BinaryLayers binary;
  private final ActivationLayers activations;
  private final PoolingLayers poolings;
  private final JoiningLayers joining;
  private final Resampling resampling;
  private final Views views;
  private final Value[] values;

  Translator(Graph graph, Network network, Precision precision, ActivationRanges ranges) {
    this.graph = graph;
    this.network = network;
    this.fusion = new Fusion(network);
    this.numbers = new Numbers.Plan(network, precision, ranges);
    this.values = new Value[network.nodes().size()];
    this.weighted = new WeightedLayers(graph);
    this.binary = new BinaryLayers(graph);
    this.activations = new ActivationLayers(graph, binary);
    this.poolings = new PoolingLayers(graph);
    this.joining = new JoiningLayers(graph);
    this.resampling = new Resampling(graph);
    this.views = new Views(graph);
  }

  /** Translates all groups; the outputs' values are row-major. */
  List<Value> translate() {
    for (Fusion.Group group : fusion.schedule()) {
      Node root = network.node(group.root());
      graph.begin(root.name(), numbers.of(group));
      values[group.last()] = root.layer().accept(this, group);
    }
    List<Value> outputs = new ArrayList<>();
    for (int output : network.outputs()) {
      Value plain = graph.plain(values[output]);
      graph.output(plain);
      outputs.add(plain);
    }
    return outputs;
  }

  /** The value of the network's input. */
  Value input() {
    return values[network.input()];
  }

  /** What a group reads, in other numbers than 8-bit integers. */
  private Value source(Fusion.Group group) {
    return graph.unquantized(stored(group));
  }

  private List<Value> sources(Fusion.Group group) {
    return storeds(group).stream().map(graph::unquantized).toList();
  }

  /** What a group reads, in the numbers in which it is kept. */
  private Value stored(Fusion.Group group) {
    return values[fusion.sources(group).get(0)];
  }

  private List<Value> storeds(Fusion.Group group) {
    return fusion.sources(group).stream().map(read -> values[read]).toList();
  }

  /** The same in the 8-bit integers of the result, where it is kept in such. */
  private Value movable(Fusion.Group group) {
    Scale scale = graph.numbers().result();
    return scale == null ? source(group) : graph.quantized(stored(group), scale);
  }

  private Shape shape(Fusion.Group group) {
    return network.node(group.root()).shape();
  }

  private WeightedLayers.Tail tail(Fusion.Group group) {
    Value summand = group.summand() < 0 ? null : graph.unquantized(values[group.summand()]);
    boolean inPlace =
        summand != null
            && graph.numbers().result() == null
            && fusion.isLastUse(group, group.summand())
            && summand.buffer() != stored(group).buffer();
    return new WeightedLayers.Tail(summand, inPlace, group.activation());
  }

  @Override
  public Value input(Layer.Input layer, Fusion.Group group) {
    return graph.value(layer.shape(), Layouts.plain(layer.shape()));
  }

  @Override
  public Value conv2D(Layer.Conv2D layer, Fusion.Group group) {
    return weighted.convolution(layer, stored(group), group.border(), shape(group), tail(group));
  }

  @Override
  public Value depthwiseConv2D(Layer.DepthwiseConv2D layer, Fusion.Group group) {
    return weighted.depthwise(layer, source(group), group.border(), shape(group), tail(group));
  }

  @Override
  public Value conv2DTranspose(Layer.Conv2DTranspose layer, Fusion.Group group) {
    return new Deconvolution(graph).transposed(layer, source(group), shape(group));
  }

  @Override
  public Value dense(Layer.Dense layer, Fusion.Group group) {
    return weighted.dense(layer, source(group), shape(group), tail(group));
  }

  @Override
  public Value matrixProduct(Layer.MatrixProduct layer, Fusion.Group group) {
    List<Value> sources = sources(group);
    return new Products(graph).product(sources.get(0), sources.get(1), shape(group));
  }

  @Override
  public Value batchNormalization(Layer.BatchNormalization layer, Fusion.Group group) {
    return binary.scaleAndShift(source(group), layer.factors(), layer.offsets());
  }

  @Override
  public Value rescaling(Layer.Rescaling layer, Fusion.Group group) {
    double[] factors = layer.factors().stream().mapToDouble(Double::doubleValue).toArray();
    double[] offsets = layer.offsets().stream().mapToDouble(Double::doubleValue).toArray();
    return binary.scaleAndShift(source(group), factors, offsets);
  }

  @Override
  public Value activate(Layer.Activate layer, Fusion.Group group) {
    Activation activation = layer.activation();
    Scale scale = graph.numbers().result();
    if (scale != null
        && scale.type() == memory.data_type.u8
        && Quantization.onlyClips(activation)) {
      return graph.quantized(source(group), scale); // which knows nothing below 0
    }
    boolean inPlace = fusion.isLastUse(group, network.node(group.root()).inputs().get(0));
    return activations.activate(activation, source(group), inPlace);
  }

  @Override
  public Value pRelu(Layer.PRelu layer, Fusion.Group group) {
    return activations.pRelu(layer.alpha(), graph.single(source(group)));
  }

  @Override
  public Value maxPooling2D(Layer.MaxPooling2D layer, Fusion.Group group) {
    return poolings.pool(algorithm.pooling_max, layer.window(), movable(group), shape(group));
  }

  @Override
  public Value averagePooling2D(Layer.AveragePooling2D layer, Fusion.Group group) {
    algorithm mean = algorithm.pooling_avg_exclude_padding;
    return poolings.pool(mean, layer.window(), movable(group), shape(group));
  }

  @Override
  public Value globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, Fusion.Group group) {
    return poolings.global(algorithm.pooling_max, source(group), shape(group));
  }

  @Override
  public Value globalAveragePooling2D(Layer.GlobalAveragePooling2D layer, Fusion.Group group) {
    algorithm mean = algorithm.pooling_avg_exclude_padding;
    return poolings.global(mean, source(group), shape(group));
  }

  @Override
  public Value upSampling2D(Layer.UpSampling2D layer, Fusion.Group group) {
    return resampling.enlarge(source(group), layer.interpolation(), shape(group));
  }

  @Override
  public Value resizing(Layer.Resizing layer, Fusion.Group group) {
    return resampling.enlarge(source(group), layer.interpolation(), shape(group));
  }

  @Override
  public Value maximum(Layer.Maximum layer, Fusion.Group group) {
    return binary.combine(algorithm.binary_max, sources(group), shape(group));
  }

  @Override
  public Value permute(Layer.Permute layer, Fusion.Group group) {
    return views.permuted(source(group), layer.order(), shape(group));
  }

  @Override
  public Value cropping2D(Layer.Cropping2D layer, Fusion.Group group) {
    return views.cropped(source(group), layer, shape(group));
  }

  @Override
  public Value layerNormalization(Layer.LayerNormalization layer, Fusion.Group group) {
    return new RowNormalization(graph).normalize(source(group), layer);
  }

  @Override
  public Value add(Layer.Add layer, Fusion.Group group) {
    return binary.combine(algorithm.binary_add, sources(group), shape(group));
  }

  @Override
  public Value multiply(Layer.Multiply layer, Fusion.Group group) {
    return binary.combine(algorithm.binary_mul, sources(group), shape(group));
  }

  @Override
  public Value concatenate(Layer.Concatenate layer, Fusion.Group group) {
    return joining.concatenate(storeds(group), layer.axis(), shape(group));
  }

  @Override
  public Value reshape(Layer.Reshape layer, Fusion.Group group) {
    return views.reshaped(source(group), layer.shape());
  }

  @Override
  public Value zeroPadding2D(Layer.ZeroPadding2D layer, Fusion.Group group) {
    return joining.pad(movable(group), layer);
  }

  @Override
  public Value separableConv2D(Layer.SeparableConv2D layer, Fusion.Group group) {
    throw new IllegalStateException("separable convolutions were to be split before");
  }

  @Override
  public Value dropout(Layer.Dropout layer, Fusion.Group group) {
    throw new IllegalStateException("dropout was to be dropped before");
  }
}

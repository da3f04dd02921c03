package io.unmask.backend.tensorflow;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.pass.SplitLayers;
import io.unmask.spi.TrainingOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A network prepared for training, in which weights are shared only where training shares them. */
final class TrainedNetwork {

  /** How the reader names further uses of a layer or model. */
  private static final String FURTHER_USE = "#\\d+";

  private final Network network;
  private final List<Parameter> parameters = new ArrayList<>();

  private TrainedNetwork(Network network, TrainingOptions options) {
    Map<String, Layer> first = new HashMap<>();
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      Layer layer = first.get(node.name().replaceAll(FURTHER_USE, ""));
      if (layer == null || !layer.equals(node.layer())) {
        layer = unshared(node.layer());
        first.put(node.name(), layer);
        addParameters(node.name(), layer, options);
      }
      builder.add(node.name(), layer, node.inputs());
    }
    this.network = builder.build(network.outputs());
  }

  /**
   * Prepares a network.
   *
   * @throws IllegalArgumentException if it does not end in one sigmoid unit, or nothing is to be
   *     trained
   */
  static TrainedNetwork of(Network network, TrainingOptions options) {
    if (network.outputs().size() != 1 || !network.outputShape(0).equals(Shape.of(1))) {
      throw new IllegalArgumentException(
          "network '%s' cannot be trained: it should put out one probability, but has %d outputs, the first of shape %s"
              .formatted(network.name(), network.outputs().size(), network.outputShape(0)));
    }
    TrainedNetwork trained = new TrainedNetwork(network, options);
    if (trained.parameters.stream().noneMatch(Parameter::trained)) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has no layer that is to be trained");
    }
    return trained;
  }

  /** The same values in objects of their own. */
  private static Layer unshared(Layer layer) {
    return layer.withWeights(layer.weights().stream().map(w -> w.reshaped(w.shape())).toList());
  }

  private void addParameters(String name, Layer layer, TrainingOptions options) {
    List<Weights> weights = layer.weights();
    boolean norm = layer instanceof Layer.BatchNormalization;
    int learned = norm ? weights.size() - 2 : weights.size(); // mean and variance come last
    for (int i = 0; i < weights.size(); i++) {
      boolean kernel =
          !norm && !(layer instanceof Layer.PRelu) && weights.get(i).shape().rank() > 1;
      parameters.add(
          new Parameter(
              name + "/" + i,
              weights.get(i),
              i < learned && options.trains(name),
              kernel,
              kernel ? options.l2(name) : 0));
    }
  }

  /** The shape of one image. */
  Shape inputShape() {
    return network.inputShape();
  }

  /** All weights, in the network's order. */
  List<Parameter> parameters() {
    return parameters;
  }

  /** The network with other weights. */
  Network with(UnaryOperator<Weights> values) {
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      List<Weights> weights = node.layer().weights().stream().map(values).toList();
      builder.add(node.name(), node.layer().withWeights(weights), node.inputs());
    }
    return builder.build(network.outputs());
  }

  /**
   * The network up to its logit, every activation and both steps of a separable convolution apart.
   */
  Network logit() {
    Network split = new SplitLayers().apply(network);
    Node last = split.node(split.outputs().get(0));
    if (!(last.layer() instanceof Layer.Activate activate
        && activate.activation() instanceof Activation.Sigmoid)) {
      throw new IllegalArgumentException(
          "network '%s' cannot be trained: it should end in a sigmoid, but ends in layer '%s'"
              .formatted(network.name(), last.name()));
    }
    Network.Builder builder = Network.builder(split.name());
    split.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    return builder.build(last.inputs());
  }
}

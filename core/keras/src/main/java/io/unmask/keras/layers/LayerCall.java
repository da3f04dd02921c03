package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.Call;
import io.unmask.keras.config.Generation;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.List;

/** One use of a layer, with what its factory needs to know and to do. */
final class LayerCall {

  private final GraphBuilder graph;
  private final LayerConfig layer;
  private final String name;
  private final int use;
  private final List<Resolved> operands;

  LayerCall(GraphBuilder graph, LayerConfig layer, String name, int use, List<Resolved> operands) {
    this.graph = graph;
    this.layer = layer;
    this.name = name;
    this.use = use;
    this.operands = List.copyOf(operands);
  }

  LayerConfig layer() {
    return layer;
  }

  Json config(String key) {
    return layer.config().find(key);
  }

  List<Resolved> operands() {
    return operands;
  }

  /** The nodes it reads. */
  List<Integer> inputs() {
    List<Integer> nodes = new ArrayList<>();
    for (Resolved operand : operands) {
      if (operand instanceof Resolved.Node node) {
        nodes.add(node.index());
      }
    }
    return nodes;
  }

  /** The shape of its only input. */
  Shape inputShape() {
    List<Integer> inputs = inputs();
    if (inputs.size() != 1) {
      throw new DefectException("takes one input, but has " + inputs.size());
    }
    return graph.shape(inputs.get(0));
  }

  /** Likewise, if it is a feature map. */
  Shape featureMap() {
    Shape shape = inputShape();
    if (shape.rank() != 3) {
      throw new DefectException(
          "needs an input (height, width, channels), but gets " + shape + "; save the model again");
    }
    return shape;
  }

  /** The shape of its first input; others are no tensors. */
  Shape nodeShape() {
    if (inputs().isEmpty()) {
      throw new DefectException("has no input; save the model again");
    }
    return graph.shape(inputs().get(0));
  }

  /** What it is called with at a position, as the file has it. */
  Json argument(int position) {
    List<Json> given = List.of();
    if (use < layer.calls().size()) { // a Sequential model calls its layers without saying so
      Json arguments = layer.calls().get(use).arguments().find("args");
      given = arguments.isArray() ? arguments.elements() : given;
    }
    if (position >= given.size()) {
      throw new UnsupportedException("an argument is not given by its position");
    }
    return given.get(position);
  }

  /** What it is called with by name, as the file has it; an object, which may be empty. */
  Json keywords() {
    return use < layer.calls().size() ? layer.calls().get(use).keywords() : Call.NO_KEYWORDS;
  }

  /** Which Keras wrote the model. */
  Generation generation() {
    return graph.generation();
  }

  Shape shape(int node) {
    return graph.shape(node);
  }

  /** Adds the node that stands for the layer. */
  int add(Layer layer) {
    return add(layer, inputs());
  }

  int add(Layer layer, List<Integer> inputs) {
    return graph.add(name, layer, inputs);
  }

  /** Adds a node that prepares an input. */
  int addBefore(String suffix, Layer layer, List<Integer> inputs) {
    return graph.addBeside(name + "/" + suffix, layer, inputs);
  }

  /** Adds the node that stands for the layer, which works along the last axis, along another. */
  int addOverAxis(Layer layer, int axis) {
    int rank = inputShape().rank();
    if (axis == rank - 1) {
      return add(layer);
    }
    List<Integer> swapped = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      swapped.add(i == axis ? rank - 1 : i == rank - 1 ? axis : i);
    }
    Layer swap = new Layer.Permute(swapped);
    int turned = addBefore("turned", swap, inputs());
    int result = addBefore("along_axis_" + (axis + 1), layer, List.of(turned));
    return add(swap, List.of(result));
  }

  List<Weights> weights(List<Variable> variables) {
    return graph.weights(layer, variables);
  }

  /**
   * The weights of a layer that this one consists of.
   *
   * @param name the name of that layer
   * @param attribute what this one calls it, after which Keras 3 names its place
   */
  List<Weights> weights(String name, String attribute, List<Variable> variables) {
    return graph.weights(layer.part(name, attribute), variables);
  }

  /** An array of weights under another shape: the same one for each use of the layer. */
  Weights reshaped(Weights weights, Shape shape) {
    return graph.reshaped(weights, shape);
  }

  /** Two numbers, from a list of two or one that stands for both. */
  Window.Size size(String key) {
    return size(config(key));
  }

  Window.Size size(String key, Window.Size fallback) {
    return config(key).isNull() ? fallback : size(config(key));
  }

  private static Window.Size size(Json value) {
    if (!value.isArray()) {
      return Window.Size.square(value.integer());
    }
    List<Json> both = value.elements();
    if (both.size() != 2) {
      throw value.unexpected("one number or two");
    }
    return new Window.Size(both.get(0).integer(), both.get(1).integer());
  }

  Padding padding() {
    String padding = config("padding").string();
    return switch (padding) {
      case "valid" -> Padding.VALID;
      case "same" -> Padding.SAME;
      default ->
          throw new UnsupportedException(
              "padding '" + padding + "' is not supported; supported are 'same' and 'valid'");
    };
  }

  /** Refuses a layer that expects the channels before height and width. */
  void requireChannelsLast() {
    Json format = config("data_format");
    if (!format.isNull() && !format.string().equals("channels_last")) {
      throw new UnsupportedException(
          "data_format '"
              + format.string()
              + "' is not supported, only 'channels_last' is; rebuild the model with it");
    }
  }

  /** An axis that counts the batch, or counts from the last one, as an axis without the batch. */
  int axis(Json value, int rank) {
    List<Json> axes = value.isArray() ? value.elements() : List.of(value);
    if (axes.size() != 1) {
      throw new UnsupportedException("several axes " + value + " are not supported, one is");
    }
    int axis = axes.get(0).integer();
    int withoutBatch = axis < 0 ? axis + rank : axis - 1;
    if (withoutBatch < 0 || withoutBatch >= rank) {
      throw new DefectException(
          "axis %d does not exist in an input of %d axes besides the batch; save the model again"
              .formatted(axis, rank));
    }
    return withoutBatch;
  }
}

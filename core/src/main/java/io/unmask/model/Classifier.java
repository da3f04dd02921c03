package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Views;
import java.util.List;
import java.util.Optional;

/** Whether a network is what a detector needs: image in, probabilities of classes out. */
final class Classifier {

  private Classifier() {}

  /**
   * Checks a network.
   *
   * @throws ModelFormatException if it is something else
   */
  static void check(String file, Network network, Views views) {
    Shape input = network.inputShape();
    if (input.rank() != 3 || (input.channels() != InputFormat.CHANNELS && input.channels() != 1)) {
      throw new ModelFormatException(
          file
              + ": reads arrays of shape "
              + input
              + ", expected colour images (height, width, 3) or grey ones (height, width, 1) with"
              + " the channels last");
    }
    checkOutputs(file, network, views);
    for (int output : network.outputs()) {
      checkActivation(file, deciding(network, output));
    }
  }

  /** One output, or those that judge the views. */
  private static void checkOutputs(String file, Network network, Views views) {
    List<String> names =
        network.outputs().stream().map(network::node).map(Node::name).sorted().toList();
    if (views.outputs().isEmpty()) {
      if (names.size() != 1) {
        throw new ModelFormatException(
            "%s: has %d outputs (%s), expected one, or views in %s that say which output judges each"
                .formatted(file, names.size(), String.join(", ", names), Manifest.FILE_NAME));
      }
    } else if (!views.outputs().stream().distinct().sorted().toList().equals(names)) {
      throw new ModelFormatException(
          "%s: has the outputs %s, but the views in %s are judged by %s; each output judges one view at least"
              .formatted(
                  file,
                  String.join(", ", names),
                  Manifest.FILE_NAME,
                  String.join(", ", views.outputs())));
    }
    Shape first = network.outputShape(0);
    for (int i = 1; i < names.size(); i++) {
      if (!network.outputShape(i).equals(first)) {
        throw new ModelFormatException(
            "%s: has outputs of shapes %s and %s, expected the same classes in all"
                .formatted(file, first, network.outputShape(i)));
      }
    }
  }

  private static void checkActivation(String file, Node last) {
    Optional<Activation> activation = activation(last.layer());
    if (activation.isPresent() && !givesProbabilities(activation.get())) {
      throw new ModelFormatException(
          file
              + ": layer '"
              + last.name()
              + (activation.get().isLinear()
                  ? "' has no activation, so that the model puts out logits"
                  : "' ends in " + activation.get() + ", which is no probability")
              + ", expected probabilities;"
              + " give its last layer a sigmoid or softmax activation in Keras and save it again");
    }
  }

  /** The last layer that is more than another shape. */
  private static Node deciding(Network network, int output) {
    Node last = network.node(output);
    while (last.layer() instanceof Layer.Reshape || last.layer() instanceof Layer.Dropout) {
      last = network.node(last.inputs().get(0));
    }
    return last;
  }

  private static boolean givesProbabilities(Activation activation) {
    return activation instanceof Activation.Sigmoid
        || activation instanceof Activation.Softmax
        || activation instanceof Activation.HardSigmoid
        || (activation instanceof Activation.Relu relu
            && relu.maximum() == 1
            && relu.negativeSlope() == 0
            && relu.threshold() == 0);
  }

  private static Optional<Activation> activation(Layer layer) {
    if (layer instanceof Layer.Dense dense) {
      return Optional.of(dense.activation());
    }
    if (layer instanceof Layer.Conv2D convolution) {
      return Optional.of(convolution.activation());
    }
    if (layer instanceof Layer.Activate activate) {
      return Optional.of(activate.activation());
    }
    return Optional.empty();
  }
}

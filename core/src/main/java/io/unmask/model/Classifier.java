package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.spi.InputFormat;
import java.util.Optional;

/** Whether a network is what a detector needs: image in, probabilities of classes out. */
final class Classifier {

  private Classifier() {}

  /**
   * Checks a network.
   *
   * @throws ModelFormatException if it is something else
   */
  static void check(String file, Network network) {
    Shape input = network.inputShape();
    if (input.rank() != 3 || (input.channels() != InputFormat.CHANNELS && input.channels() != 1)) {
      throw new ModelFormatException(
          file
              + ": reads arrays of shape "
              + input
              + ", expected colour images (height, width, 3) or grey ones (height, width, 1) with"
              + " the channels last");
    }
    if (network.outputs().size() != 1) {
      throw new ModelFormatException(
          file + ": has " + network.outputs().size() + " outputs, expected one");
    }
    Node last = deciding(network);
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
  private static Node deciding(Network network) {
    Node last = network.node(network.outputs().get(0));
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

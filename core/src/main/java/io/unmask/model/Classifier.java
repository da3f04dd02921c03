package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.spi.InputFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether a network is what a detector needs: colour image in, probabilities of classes out. */
final class Classifier {

  /** The reference's labels: 0 is real, 1 is fake. */
  private static final int DEFAULT_FAKE_CLASS = 1;

  private Classifier() {}

  /**
   * Checks a network.
   *
   * @throws ModelFormatException if it is something else
   */
  static void check(String file, Network network) {
    Shape input = network.inputShape();
    if (input.rank() != 3 || input.channels() != InputFormat.CHANNELS) {
      throw new ModelFormatException(
          file
              + ": reads arrays of shape "
              + input
              + ", expected colour images (height, width, 3) with the channels last");
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

  /**
   * The class that means fake.
   *
   * @param asked what the user says, if anything
   * @param listed what the manifest says, if anything
   * @throws ModelFormatException if nobody says so and it is not clear, or if there is no such
   *     class as the manifest says
   * @throws IllegalArgumentException if there is no such class as the user says
   */
  static int fakeClass(
      ModelLocation file, Network network, OptionalInt asked, Optional<Integer> listed) {
    int outputs = network.outputShape(0).size();
    int classes = Math.max(2, outputs);
    if (asked.isPresent()) {
      if (asked.getAsInt() >= classes) {
        throw new IllegalArgumentException(noSuchClass(file, classes, asked.getAsInt()));
      }
      return asked.getAsInt();
    }
    if (listed.isPresent()) {
      if (listed.get() >= classes) {
        throw new ModelFormatException(
            "%s: fakeClass is %d, but %s; correct it, or leave it out if the model has been another"
                .formatted(
                    file.folder().where(Manifest.FILE_NAME),
                    listed.get(),
                    noSuchClass(file, classes, listed.get())));
      }
      return listed.get();
    }
    if (classes > 2) {
      throw new ModelFormatException(
          "%s: tells %d classes apart; say which means fake, with the option --fake-class, with"
                  .formatted(file, classes)
              + " fakeClass(...) in Java, or with \"fakeClass\" in unmask.json");
    }
    return DEFAULT_FAKE_CLASS;
  }

  private static String noSuchClass(ModelLocation file, int classes, int fakeClass) {
    return "%s: tells %d classes apart, counted from 0; there is no class %d to mean fake"
        .formatted(file, classes, fakeClass);
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

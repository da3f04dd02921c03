package io.unmask.network.architecture;

import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.pass.ResizeInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A classifier on what some layers of a trained trunk say of an image, the taps: per channel the
 * mean over all places and, on request, the variance; all of them behind each other, normalised,
 * then dropout and a linear or a small dense head. Immutable.
 *
 * <p>The means of early layers tell textures, and with them generators, better than the trunk's own
 * output, which tells objects. The variance is that of a channel over places, {@code mean(x^2) -
 * mean(x)^2}.
 *
 * <p>The trunk with the statistics is one nested model, {@value #TRUNK_PREFIX}, that ends in
 * {@value #FEATURES}.
 *
 * @param taps the names of the trunk's layers that are looked at, in the order of the features
 * @param variance whether the variance is looked at beside the mean
 * @param hidden the units of a hidden layer, or 0 for a linear head
 * @param dropout the share of the features that training leaves out, in [0, 1)
 * @param side of the square images that it reads, or 0 for what the trunk was made for
 * @param range what the trunk reads
 */
public record TapsClassifier(
    List<String> taps, boolean variance, int hidden, double dropout, int side, Range range) {

  /** What the names of the trunk's layers begin with. */
  public static final String TRUNK_PREFIX = "trunk/";

  /** The layer that puts the features out. */
  public static final String FEATURES = TRUNK_PREFIX + "taps";

  /**
   * The layer that normalises the features, with mean 0 and variance 1 until it is given those of
   * the training images.
   */
  public static final String NORMALIZATION = "taps_normalization";

  /** What the kernels of the head are in: the layers whose names begin so. */
  public static final List<String> REGULARISED = List.of("dense_", "output_layer");

  /** Far below the variance of any feature that says something. */
  private static final double EPSILON = 1e-10;

  private static final int MOST_NAMED = 40;

  /** What numbers a trunk was trained with. */
  public enum Range {
    /** In [0, 1], as images come. */
    UNIT(1, 0),
    /** In [-1, 1], as Keras's own Inception, Xception and MobileNet read them. */
    SIGNED(2, -1),
    /** In [0, 255], as trunks with a scaling of their own read them. */
    BYTES(255, 0);

    private final double factor;
    private final double offset;

    Range(double factor, double offset) {
      this.factor = factor;
      this.offset = offset;
    }

    /** What comes in, [0, 1], as the trunk reads it. */
    int scaled(LayerStack stack, String name, int input) {
      return this == UNIT
          ? input
          : stack.layer(name, new Layer.Rescaling(List.of(factor), List.of(offset)), input);
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no tap, or one twice, or a number is out of range
   */
  public TapsClassifier {
    taps = List.copyOf(taps);
    if (taps.isEmpty() || Set.copyOf(taps).size() < taps.size()) {
      throw new IllegalArgumentException(
          "taps are different layers of the trunk, at least one, not " + taps);
    }
    if (hidden < 0 || side < 0 || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "a hidden layer of %d units, dropout %s, a side of %d are out of range"
              .formatted(hidden, dropout, side));
    }
  }

  /**
   * A network with the trunk's weights and a fresh head.
   *
   * @param trunk reads images of three channels; what lies behind the taps is left out
   * @throws IllegalArgumentException if a tap is not there, or images of that side do not fit
   */
  public Network build(Network trunk, WeightInitializer initializer) {
    Network cut = cut(trunk);
    int height = side == 0 ? cut.inputShape().extent(0) : side;
    int width = side == 0 ? cut.inputShape().extent(1) : side;
    Network fit = ResizeInput.to(cut, height, width);
    LayerStack stack = new LayerStack("taps_classifier", initializer);
    int x = stack.input("input_layer", Shape.of(height, width, fit.inputShape().channels()));
    x = features(stack, fit, x);
    Shape shape = Shape.of(stack.channels(x));
    x = stack.layer(NORMALIZATION, standard(shape.size()), x);
    if (hidden > 0) {
      x = stack.dropout("dropout_1", x, dropout);
      x = stack.dense("dense_1", x, hidden, Activations.RELU);
      x = stack.dropout("dropout_2", x, dropout);
    } else if (dropout > 0) {
      x = stack.dropout("dropout_1", x, dropout);
    }
    return stack.build(stack.dense("output_layer", x, 1, Activations.SIGMOID));
  }

  private static Layer standard(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return new Layer.BatchNormalization(
        null, null, Weights.vector(new float[size]), Weights.vector(ones), EPSILON);
  }

  /** What leads to the taps. */
  private Network cut(Network trunk) {
    Map<String, Integer> nodes = new HashMap<>();
    for (Node node : trunk.nodes()) {
      nodes.put(node.name(), nodes.size());
    }
    Network.Builder builder = Network.builder(trunk.name());
    trunk.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    List<Integer> ends = new ArrayList<>();
    for (String tap : taps) {
      Integer node = nodes.get(tap);
      if (node == null) {
        throw new IllegalArgumentException(
            "trunk '%s' has no layer '%s'; it has %s".formatted(trunk.name(), tap, names(trunk)));
      }
      ends.add(node);
    }
    return builder.build(ends);
  }

  /** Those that one would tap: not the many inside of a block, if there are many. */
  private static String names(Network trunk) {
    List<String> names = trunk.nodes().stream().map(Node::name).toList();
    if (names.size() <= MOST_NAMED) {
      return String.join(", ", names);
    }
    List<String> joints =
        trunk.nodes().stream()
            .filter(
                node ->
                    node.layer() instanceof Layer.Add || node.layer() instanceof Layer.Concatenate)
            .map(Node::name)
            .limit(MOST_NAMED)
            .toList();
    return names.size() + " layers, among them " + String.join(", ", joints);
  }

  /** The trunk and the statistics of its taps. */
  private int features(LayerStack stack, Network trunk, int input) {
    int x = range.scaled(stack, TRUNK_PREFIX + unused("scaled_input", trunk), input);
    int[] image = new int[trunk.nodes().size()];
    for (int i = 0; i < image.length; i++) {
      Node node = trunk.node(i);
      if (i == trunk.input()) {
        image[i] = x;
      } else {
        List<Integer> inputs = node.inputs().stream().map(read -> image[read]).toList();
        String name = node.name().replace('/', '_');
        image[i] = stack.layer(TRUNK_PREFIX + name, node.layer(), inputs);
      }
    }
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < taps.size(); i++) {
      String name = TRUNK_PREFIX + "tap_" + taps.get(i).replace('/', '_');
      parts.addAll(statistics(stack, name, image[trunk.outputs().get(i)]));
    }
    return parts.size() == 1
        ? stack.layer(FEATURES, new Layer.Reshape(stack.shape(parts.get(0))), parts.get(0))
        : stack.layer(FEATURES, new Layer.Concatenate(0), parts);
  }

  private static String unused(String name, Network trunk) {
    boolean used = trunk.nodes().stream().anyMatch(node -> node.name().equals(name));
    return used ? unused(name + "_", trunk) : name;
  }

  private List<Integer> statistics(LayerStack stack, String name, int tap) {
    if (stack.shape(tap).rank() == 1) {
      return List.of(tap); // has no places
    }
    int mean = stack.globalAveragePooling2D(name + "_mean", tap);
    if (!variance) {
      return List.of(mean);
    }
    int square = stack.layer(name + "_square", new Layer.Multiply(), List.of(tap, tap));
    int ofSquares = stack.globalAveragePooling2D(name + "_mean_of_squares", square);
    int ofMean = stack.layer(name + "_square_of_mean", new Layer.Multiply(), List.of(mean, mean));
    Layer minus = new Layer.Rescaling(List.of(-1.0), List.of(0.0));
    int negated = stack.layer(name + "_negated", minus, ofMean);
    return List.of(mean, stack.add(name + "_variance", ofSquares, negated));
  }
}

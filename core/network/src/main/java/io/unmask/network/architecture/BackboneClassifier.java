package io.unmask.network.architecture;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import io.unmask.network.pass.ResizeInput;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference's head on any trained backbone: what the backbone puts out last for places of the
 * image, their mean, dense layers with batch normalisation and dropout, and a sigmoid. Immutable.
 *
 * <p>The backbone is one nested model, {@value #TRUNK_PREFIX}; the mean is {@value #POOLING}.
 *
 * @param head the units of the dense layers
 * @param dropout behind each of them, in [0, 1)
 * @param side of the square images that it reads, or 0 for what the backbone was made for
 * @param range what the backbone reads
 */
public record BackboneClassifier(
    List<Integer> head, double dropout, int side, TapsClassifier.Range range) {

  /** What the names of the backbone's layers begin with. */
  public static final String TRUNK_PREFIX = "backbone/";

  /** The layer behind the backbone. */
  public static final String POOLING = "global_avg_pooling";

  /** Copies the list. */
  public BackboneClassifier {
    head = List.copyOf(head);
    if (side < 0) {
      throw new IllegalArgumentException("a side of " + side + " pixels is out of range");
    }
  }

  /** The reference's head: 256 and 128 units with dropout 0.3. */
  public static BackboneClassifier reference(int side, TapsClassifier.Range range) {
    return new BackboneClassifier(List.of(256, 128), 0.3, side, range);
  }

  /**
   * A network with the backbone's weights and a fresh head.
   *
   * @param backbone with or without a head of its own, which is left out
   * @throws IllegalArgumentException if nothing in it can be cut that has places, or images of that
   *     side do not fit
   */
  public Network build(Network backbone, WeightInitializer initializer) {
    Network trunk = trunk(backbone);
    Shape shape = trunk.inputShape();
    Network fit = side == 0 ? trunk : ResizeInput.to(trunk, side, side);
    LayerStack stack = new LayerStack("deepfake_classifier", initializer);
    int height = fit.inputShape().extent(0);
    int width = fit.inputShape().extent(1);
    int x = stack.input("input_layer", Shape.of(height, width, shape.channels()));
    x = range.scaled(stack, TRUNK_PREFIX + "scaled_input_of_the_trunk", x);
    x = grow(stack, fit, x);
    if (stack.shape(x).rank() == 2) {
      Shape column = Shape.of(stack.shape(x).extent(0), 1, stack.channels(x));
      x = stack.layer(TRUNK_PREFIX + "places_as_a_column", new Layer.Reshape(column), x);
    }
    return stack.build(stack.head(stack.globalAveragePooling2D(POOLING, x), head, dropout));
  }

  private static int grow(LayerStack stack, Network trunk, int input) {
    int[] image = new int[trunk.nodes().size()];
    for (int i = 0; i < image.length; i++) {
      Node node = trunk.node(i);
      List<Integer> inputs = node.inputs().stream().map(read -> image[read]).toList();
      image[i] =
          i == trunk.input()
              ? input
              : stack.layer(TRUNK_PREFIX + node.name(), node.layer(), inputs);
    }
    return image[trunk.outputs().get(0)];
  }

  /** What leads to the last feature map. */
  private static Network trunk(Network network) {
    if (network.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "network '%s' has %d outputs, and a backbone has one"
              .formatted(network.name(), network.outputs().size()));
    }
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      builder.add(node.name(), node.layer(), node.inputs());
    }
    return builder.build(end(network, network.outputs().get(0)));
  }

  /**
   * The output, if it is a feature map; else what the last global pooling reads; else, as where a
   * feature map is flattened, the last one. The output reads the image by way of it alone.
   */
  private static int end(Network network, int output) {
    if (network.node(output).shape().rank() > 1) {
      return output;
    }
    for (int i = output; i > network.input(); i--) {
      Layer layer = network.node(i).layer();
      boolean pooling =
          layer instanceof Layer.GlobalAveragePooling2D
              || layer instanceof Layer.GlobalMaxPooling2D;
      int read = network.node(i).inputs().get(0);
      if (pooling && read != network.input() && leadsTo(network, i, output)) {
        return read;
      }
    }
    for (int i = output; i > network.input(); i--) {
      if (hasPlaces(network.node(i).shape()) && leadsTo(network, i, output)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "network '%s' has no layer with places of the image that it could be cut behind"
            .formatted(network.name()));
  }

  /** A feature map of more than one pixel, or a sequence, as in vision transformers. */
  private static boolean hasPlaces(Shape shape) {
    return (shape.rank() == 3 && shape.extent(0) * shape.extent(1) > 1)
        || (shape.rank() == 2 && shape.extent(0) > 1);
  }

  /** Whether the output reads the image by way of a node alone. */
  private static boolean leadsTo(Network network, int node, int output) {
    boolean[] without = new boolean[network.nodes().size()]; // what reads the image past the node
    without[network.input()] = true;
    List<Integer> behind = new ArrayList<>(List.of(node));
    for (int i = network.input() + 1; i < without.length; i++) {
      List<Integer> inputs = network.node(i).inputs();
      without[i] = i != node && inputs.stream().anyMatch(read -> without[read]);
      if (inputs.stream().anyMatch(behind::contains)) {
        behind.add(i);
      }
    }
    return behind.contains(output) && (node == output || !without[output]);
  }
}

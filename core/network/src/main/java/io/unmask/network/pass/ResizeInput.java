package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;

/** Makes a network for images of another size, with the same weights. */
public final class ResizeInput {

  private ResizeInput() {}

  /**
   * The same network for another size of image, or the network itself if it has that size. Feature
   * maps grow and shrink with the image; this works where no layer depends on their size, as when
   * everything before a global pooling is convolution, pooling and what works on each element.
   *
   * @param height the image's new height
   * @param width the image's new width
   * @throws IllegalArgumentException if a layer fits the old size only, such as one that flattens a
   *     feature map, or the image is too small for it; the message names the layer
   */
  public static Network to(Network network, int height, int width) {
    Shape old = network.inputShape();
    if (old.rank() != 3) {
      throw new IllegalArgumentException(
          "network '%s' takes no image, but an input of shape %s".formatted(network.name(), old));
    }
    Shape resized = Shape.of(height, width, old.channels());
    if (resized.equals(old)) {
      return network;
    }
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) { // all are needed, so that indices stay
      Layer layer = node.layer() instanceof Layer.Input ? new Layer.Input(resized) : node.layer();
      try {
        checkReshape(network, builder, node);
        builder.add(node.name(), layer, node.inputs());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "network '%s' was made for images of %dx%d and cannot take %dx%d: %s"
                .formatted(
                    network.name(), old.extent(0), old.extent(1), height, width, e.getMessage()),
            e);
      }
    }
    return builder.build(network.outputs());
  }

  /** The same number of elements would do for the layer, but not for who reads it. */
  private static void checkReshape(Network network, Network.Builder builder, Node node) {
    if (node.layer() instanceof Layer.Reshape) {
      Shape expected = network.node(node.inputs().get(0)).shape();
      Shape found = builder.shape(node.inputs().get(0));
      if (!found.equals(expected)) {
        throw new IllegalArgumentException(
            "layer '%s' (Reshape) reads feature maps of shape %s only, which would become %s"
                .formatted(node.name(), expected, found));
      }
    }
  }
}

package io.unmask.network;

import java.util.List;

/**
 * A layer in its place in a network.
 *
 * @param name unique in the network; layers of a nested Keras model carry its name and a slash
 * @param layer what it computes
 * @param inputs the indices of the nodes it reads, all smaller than its own
 * @param shape what it puts out, without the batch
 */
public record Node(String name, Layer layer, List<Integer> inputs, Shape shape) {
  /** Copies the list. */
  public Node {
    inputs = List.copyOf(inputs);
  }
}

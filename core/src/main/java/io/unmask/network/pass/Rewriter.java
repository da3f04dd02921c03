package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.List;

/** Builds a network while walking over another, keeping track of which node became which. */
final class Rewriter {

  private final Network.Builder builder;
  private final Network source;
  private final int[] image;

  Rewriter(Network source) {
    this.source = source;
    this.builder = Network.builder(source.name());
    this.image = new int[source.nodes().size()];
  }

  /** The new indices of the nodes that a node reads. */
  List<Integer> inputs(Node node) {
    return node.inputs().stream().map(read -> image[read]).toList();
  }

  /** Adds a node that stands for none of the source. */
  int add(String name, Layer layer, List<Integer> inputs) {
    return builder.add(name, layer, inputs);
  }

  /** Adds the node with another layer in its place. */
  void replace(int index, Layer layer) {
    Node node = source.node(index);
    image[index] = builder.add(node.name(), layer, inputs(node));
  }

  /** Adds the node as it is. */
  void keep(int index) {
    replace(index, source.node(index).layer());
  }

  /** Lets a new node stand for the node. */
  void map(int index, int replacement) {
    image[index] = replacement;
  }

  /** The new index of a node. */
  int image(int index) {
    return image[index];
  }

  Network finish() {
    return builder.build(source.outputs().stream().map(output -> image[output]).toList());
  }
}

package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Builds a network while walking over another, keeping track of which node became which. */
final class Rewriter {

  private final Network.Builder builder;
  private final Network source;
  private final int[] image;
  private final Set<String> names = new HashSet<>();

  Rewriter(Network source) {
    this.source = source;
    this.builder = Network.builder(source.name());
    this.image = new int[source.nodes().size()];
    source.nodes().forEach(node -> names.add(node.name()));
  }

  /** The new indices of the nodes that a node reads. */
  List<Integer> inputs(Node node) {
    return node.inputs().stream().map(read -> image[read]).toList();
  }

  /** Adds a node that takes the place and the name of one of the source. */
  int add(Node node, Layer layer, List<Integer> inputs) {
    return builder.add(node.name(), layer, inputs);
  }

  /** Adds a node of a step within one of the source, under a name that no other has. */
  int addStep(Node node, String step, Layer layer, List<Integer> inputs) {
    String name = node.name() + "/" + step;
    while (!names.add(name)) {
      name += "'";
    }
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

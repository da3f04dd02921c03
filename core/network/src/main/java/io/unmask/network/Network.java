package io.unmask.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A model as data: layers with their weights, each reading earlier ones. Immutable and thread-safe;
 * it knows no engine and no file.
 *
 * <p>There is one input, an image {@code [height, width, channel]}, and one or more outputs.
 */
public final class Network {

  private final String name;
  private final List<Node> nodes;
  private final List<Integer> outputs;
  private final int input;

  private Network(String name, List<Node> nodes, List<Integer> outputs, int input) {
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.input = input;
  }

  /** Starts a network of the given name. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The name of the model. */
  public String name() {
    return name;
  }

  /** The nodes; each reads only nodes before it. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The node at an index. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** The indices of the nodes whose values come out. */
  public List<Integer> outputs() {
    return outputs;
  }

  /** The index of the input node. */
  public int input() {
    return input;
  }

  /** The shape of the input, {@code [height, width, channel]}. */
  public Shape inputShape() {
    return nodes.get(input).shape();
  }

  /** The shape of the output with the given number, from 0. */
  public Shape outputShape(int output) {
    return nodes.get(outputs.get(output)).shape();
  }

  /** The number of weights, an array that several layers use counted once. */
  public long parameters() {
    Set<Weights> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    long parameters = 0;
    for (Node node : nodes) {
      for (Weights weights : node.layer().weights()) {
        if (counted.add(weights)) {
          parameters += weights.size();
        }
      }
    }
    return parameters;
  }

  /**
   * The number of weights that an output needs, as {@link #parameters} counts them.
   *
   * @param output the index of the output's node
   */
  public long parametersOf(int output) {
    boolean[] needed = new boolean[nodes.size()];
    needed[output] = true;
    Set<Weights> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = output; i >= 0; i--) { // nodes read only those before them
      if (needed[i]) {
        counted.addAll(nodes.get(i).layer().weights());
        nodes.get(i).inputs().forEach(read -> needed[read] = true);
      }
    }
    return counted.stream().mapToLong(Weights::size).sum();
  }

  /** How many times each node is read, an output counted as a reading. */
  public int[] readers() {
    int[] readers = new int[nodes.size()];
    for (Node node : nodes) {
      for (int read : node.inputs()) {
        readers[read]++;
      }
    }
    for (int output : outputs) {
      readers[output]++;
    }
    return readers;
  }

  /**
   * The same with all weights in memory. Where they were read from may then be changed, and other
   * threads share nothing but memory.
   */
  public Network inMemory() {
    IdentityHashMap<Weights, Weights> copies = new IdentityHashMap<>();
    Builder builder = builder(name);
    for (Node node : nodes) {
      List<Weights> weights =
          node.layer().weights().stream()
              .map(each -> copies.computeIfAbsent(each, Weights::inMemory))
              .toList();
      builder.add(
          node.name(),
          weights.isEmpty() ? node.layer() : node.layer().withWeights(weights),
          node.inputs());
    }
    return builder.build(outputs);
  }

  @Override
  public String toString() {
    return "Network " + name + " (" + nodes.size() + " layers)";
  }

  /** Adds nodes one behind the other. Not thread-safe. */
  public static final class Builder {

    private final String name;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int input = -1;

    private Builder(String name) {
      this.name = name;
    }

    /** As {@link #add(String, Layer, List)}. */
    public int add(String name, Layer layer, Integer... inputs) {
      return add(name, layer, List.of(inputs));
    }

    /**
     * Adds a layer that reads the given nodes.
     *
     * @return the index of the new node
     * @throws IllegalArgumentException if the name is taken, an input does not exist or the shapes
     *     do not fit; the message names the layer
     */
    public int add(String name, Layer layer, List<Integer> inputs) {
      String what = "layer '" + name + "' (" + layer.getClass().getSimpleName() + ") ";
      if (!names.add(name)) {
        throw new IllegalArgumentException(what + "has the name of an earlier layer");
      }
      if (layer instanceof Layer.Input) {
        if (input >= 0) {
          throw new IllegalArgumentException(what + "is a second input; only one is supported");
        }
        input = nodes.size();
      }
      List<Shape> shapes = new ArrayList<>();
      for (int read : inputs) {
        if (read < 0 || read >= nodes.size()) {
          throw new IllegalArgumentException(what + "reads node " + read + ", which is not there");
        }
        shapes.add(nodes.get(read).shape());
      }
      Shape shape;
      try {
        shape = layer.outputShape(shapes);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(what + e.getMessage(), e);
      }
      nodes.add(new Node(name, layer, inputs, shape));
      return nodes.size() - 1;
    }

    /** The shape that a node puts out. */
    public Shape shape(int node) {
      return nodes.get(node).shape();
    }

    /** As {@link #build(List)}. */
    public Network build(Integer... outputs) {
      return build(List.of(outputs));
    }

    /**
     * The network with the given outputs. Nodes that no output needs are left out.
     *
     * @throws IllegalArgumentException if there is no input, or no output, or an output does not
     *     exist or does not depend on the input
     */
    public Network build(List<Integer> outputs) {
      if (input < 0) {
        throw new IllegalArgumentException("network '" + name + "' has no input");
      }
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException("network '" + name + "' has no output");
      }
      boolean[] needed = new boolean[nodes.size()];
      for (int output : outputs) {
        if (output < 0 || output >= nodes.size()) {
          throw new IllegalArgumentException(
              "network '%s' has %d nodes, and no node %d to put out"
                  .formatted(name, nodes.size(), output));
        }
        needed[output] = true;
      }
      for (int i = nodes.size() - 1; i >= 0; i--) {
        if (needed[i]) {
          nodes.get(i).inputs().forEach(read -> needed[read] = true);
        }
      }
      if (!needed[input]) {
        throw new IllegalArgumentException(
            "the outputs of network '" + name + "' do not depend on its input");
      }
      int[] index = new int[nodes.size()];
      List<Node> kept = new ArrayList<>();
      for (int i = 0; i < needed.length; i++) {
        if (needed[i]) {
          Node node = nodes.get(i);
          List<Integer> inputs = node.inputs().stream().map(read -> index[read]).toList();
          index[i] = kept.size();
          kept.add(new Node(node.name(), node.layer(), inputs, node.shape()));
        }
      }
      return new Network(
          name, kept, outputs.stream().map(output -> index[output]).toList(), index[input]);
    }
  }
}

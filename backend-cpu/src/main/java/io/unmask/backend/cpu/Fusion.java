package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are computed together, in which order, and how long each value is needed.
 *
 * <p>A convolution or dense layer takes in a sum that alone reads it, and an activation behind
 * that. Such a group is computed where its last node stands, so that the other summand is there. A
 * convolution that alone reads zeros around a value takes them in too, unless some of its windows
 * would see nothing else.
 */
final class Fusion {

  /**
   * Nodes computed by one step.
   *
   * @param root the node that does the work
   * @param border the zeros that it adds around what it reads
   * @param summand the node whose value is added, or -1
   * @param activation what is applied last, or null
   * @param last the node whose value comes out
   */
  record Group(int root, Border border, int summand, @Nullable Activation activation, int last) {

    /** Nothing but the node. */
    Group(int root) {
      this(root, Border.NONE, -1, null, root);
    }
  }

  private final Network network;
  private final List<List<Integer>> readers = new ArrayList<>();
  private final Group[] groups;
  private final int[] lastUse;

  Fusion(Network network) {
    this.network = network;
    int count = network.nodes().size();
    for (int i = 0; i < count; i++) {
      readers.add(new ArrayList<>());
      for (int read : network.node(i).inputs()) {
        readers.get(read).add(i);
      }
    }
    groups = new Group[count];
    for (int i = 0; i < count; i++) {
      if (groups[i] == null) {
        int root = border(i).isNone() ? i : readers.get(i).get(0);
        Group group = group(root);
        groups[i] = group;
        groups[root] = group;
        groups[group.last()] = group;
        if (group.summand() >= 0) {
          groups[sum(root)] = group;
        }
      }
    }
    lastUse = new int[count];
    Arrays.fill(lastUse, -1);
    network.outputs().forEach(output -> lastUse[output] = Integer.MAX_VALUE);
    for (int i = count - 1; i >= 0; i--) {
      for (int reader : readers.get(i)) {
        lastUse[i] = Math.max(lastUse[i], groups[reader].last());
        if (network.node(reader).layer() instanceof Layer.Reshape) {
          lastUse[i] = Math.max(lastUse[i], lastUse[reader]);
        }
      }
    }
  }

  /** The groups in the order in which they are computed. */
  List<Group> schedule() {
    List<Group> schedule = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      if (groups[i].last() == i) {
        schedule.add(groups[i]);
      }
    }
    return schedule;
  }

  /** True if nothing after the group needs the node's value, so that its place can be reused. */
  boolean isLastUse(Group group, int node) {
    return lastUse[node] <= group.last() && !(network.node(node).layer() instanceof Layer.Reshape);
  }

  /** The nodes whose values a group's first node reads. */
  List<Integer> sources(Group group) {
    List<Integer> read = network.node(group.root()).inputs();
    return group.border().isNone() ? read : network.node(read.get(0)).inputs();
  }

  private Group group(int root) {
    Layer layer = network.node(root).layer();
    boolean convolution = windowOf(layer) != null;
    if (!convolution && !(layer instanceof Layer.Dense)) {
      return new Group(root);
    }
    Border border = border(network.node(root).inputs().get(0));
    int last = root;
    int summand = -1;
    int sum = sum(root);
    if (convolution && sum >= 0) {
      Node add = network.node(sum);
      summand = add.inputs().get(0) == root ? add.inputs().get(1) : add.inputs().get(0);
      last = sum;
    }
    int next = onlyReader(last);
    if (next >= 0
        && network.node(next).layer() instanceof Layer.Activate activate
        && Eltwise.fits(activate.activation())) {
      return new Group(root, border, summand, activate.activation(), next);
    }
    return new Group(root, border, summand, null, last);
  }

  /** The zeros that the node adds, if its only reader is a convolution that can take them in. */
  private Border border(int node) {
    int reader = onlyReader(node);
    if (reader < 0 || !(network.node(node).layer() instanceof Layer.ZeroPadding2D zeros)) {
      return Border.NONE;
    }
    Window window = windowOf(network.node(reader).layer());
    Border border = Border.of(zeros);
    return window != null && border.isWithin(window) ? border : Border.NONE;
  }

  private static @Nullable Window windowOf(Layer layer) {
    if (layer instanceof Layer.Conv2D convolution) {
      return convolution.window();
    }
    return layer instanceof Layer.DepthwiseConv2D convolution ? convolution.window() : null;
  }

  /** The sum of two that alone reads the node and is still free, or -1. */
  private int sum(int root) {
    int next = onlyReader(root);
    if (next < 0) {
      return -1;
    }
    Node node = network.node(next);
    boolean fits =
        node.layer() instanceof Layer.Add
            && node.inputs().size() == 2
            && !node.inputs().get(0).equals(node.inputs().get(1))
            && network.node(node.inputs().get(0)).shape().equals(node.shape())
            && network.node(node.inputs().get(1)).shape().equals(node.shape());
    boolean free = groups[next] == null || groups[next].root() == root;
    return fits && free ? next : -1;
  }

  private int onlyReader(int node) {
    return readers.get(node).size() == 1 && !network.outputs().contains(node)
        ? readers.get(node).get(0)
        : -1;
  }
}

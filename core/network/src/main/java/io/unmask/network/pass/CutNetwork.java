package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network in two pieces: a trunk, which makes features of images, and a head, which reads nothing
 * else. The trunk can then be run once for what the head is trained on many times.
 *
 * @param trunk from the input to the cut; its only output are the features
 * @param head from the features to the outputs; its input is called {@value #FEATURES}, with an
 *     apostrophe if a layer of it is called so
 */
public record CutNetwork(Network trunk, Network head) {

  /** The name of the head's input. */
  public static final String FEATURES = "features";

  /**
   * Cuts a network behind a node.
   *
   * @param node the name of the node that puts out the features, such as {@code global_avg_pooling}
   * @throws IllegalArgumentException if there is no such node, or what is behind it reads something
   *     before it as well
   */
  public static CutNetwork behind(Network network, String node) {
    int cut = -1;
    for (int i = 0; i < network.nodes().size(); i++) {
      if (network.node(i).name().equals(node)) {
        cut = i;
      }
    }
    if (cut < 0) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has no layer '" + node + "' to be cut behind");
    }
    return new CutNetwork(trunk(network, cut), head(network, cut));
  }

  private static Network trunk(Network network, int cut) {
    Network.Builder builder = Network.builder(network.name());
    network.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    return builder.build(cut);
  }

  private static Network head(Network network, int cut) {
    Network.Builder builder = Network.builder(network.name());
    int[] image = new int[network.nodes().size()];
    Arrays.fill(image, -1);
    image[cut] = builder.add(featuresOf(network), new Layer.Input(network.node(cut).shape()));
    boolean[] behind = behind(network, cut);
    for (int i = cut + 1; i < image.length; i++) {
      Node node = network.node(i);
      if (behind[i]) {
        image[i] = builder.add(node.name(), node.layer(), images(network, cut, node, image));
      }
    }
    List<Integer> outputs = network.outputs().stream().map(output -> image[output]).toList();
    if (outputs.contains(-1)) {
      throw new IllegalArgumentException(
          "an output of network '%s' lies before layer '%s'"
              .formatted(network.name(), network.node(cut).name()));
    }
    return builder.build(outputs);
  }

  private static String featuresOf(Network network) {
    Set<String> names = network.nodes().stream().map(Node::name).collect(Collectors.toSet());
    String name = FEATURES;
    while (names.contains(name)) {
      name += "'";
    }
    return name;
  }

  /** The nodes that depend on the features. */
  private static boolean[] behind(Network network, int cut) {
    boolean[] behind = new boolean[network.nodes().size()];
    behind[cut] = true;
    for (int i = cut + 1; i < behind.length; i++) {
      behind[i] = network.node(i).inputs().stream().anyMatch(read -> behind[read]);
    }
    return behind;
  }

  private static List<Integer> images(Network network, int cut, Node node, int[] image) {
    for (int read : node.inputs()) {
      if (image[read] < 0) {
        throw new IllegalArgumentException(
            "layer '%s' is behind '%s', but reads '%s' too, so that the network cannot be cut there"
                .formatted(node.name(), network.node(cut).name(), network.node(read).name()));
      }
    }
    return node.inputs().stream().map(read -> image[read]).toList();
  }

  /**
   * One network of both pieces again.
   *
   * @throws IllegalArgumentException if the head does not take what the trunk puts out, or both
   *     have a layer of the same name
   */
  public Network joined() {
    if (!trunk.outputShape(0).equals(head.inputShape())) {
      throw new IllegalArgumentException(
          "the head takes features of shape %s, but the trunk puts out %s"
              .formatted(head.inputShape(), trunk.outputShape(0)));
    }
    Network.Builder builder = Network.builder(trunk.name());
    trunk.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    Map<Integer, Integer> image = new HashMap<>();
    image.put(head.input(), trunk.outputs().get(0));
    for (int i = 0; i < head.nodes().size(); i++) {
      if (i != head.input()) {
        Node node = head.node(i);
        List<Integer> inputs = node.inputs().stream().map(image::get).toList();
        image.put(i, builder.add(node.name(), node.layer(), inputs));
      }
    }
    return builder.build(head.outputs().stream().map(image::get).toList());
  }
}

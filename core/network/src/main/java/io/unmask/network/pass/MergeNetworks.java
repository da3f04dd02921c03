package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.ArrayList;
import java.util.List;

/** Makes one network of several that read the same input. */
public final class MergeNetworks {

  private MergeNetworks() {}

  /**
   * A network with one input and the outputs of all members, in the members' order. Nodes of member
   * {@code n}, counted from 1, are named {@code n/name}. Nothing is shared yet: {@link
   * ShareIdentical} does that.
   *
   * @throws IllegalArgumentException if there is no member, or their input shapes differ
   */
  public static Network merge(String name, List<Network> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("there is no network to merge");
    }
    Network first = members.get(0);
    Network.Builder builder = Network.builder(name);
    int input = builder.add("input", new Layer.Input(first.inputShape()));
    List<Integer> outputs = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Network member = members.get(m);
      if (!member.inputShape().equals(first.inputShape())) {
        throw new IllegalArgumentException(
            "network '%s' reads images of shape %s, but '%s' of shape %s"
                .formatted(member.name(), member.inputShape(), first.name(), first.inputShape()));
      }
      int[] image = new int[member.nodes().size()];
      for (int i = 0; i < image.length; i++) {
        Node node = member.node(i);
        List<Integer> inputs = node.inputs().stream().map(read -> image[read]).toList();
        image[i] =
            i == member.input()
                ? input
                : builder.add((m + 1) + "/" + node.name(), node.layer(), inputs);
      }
      member.outputs().forEach(output -> outputs.add(image[output]));
    }
    return builder.build(outputs);
  }
}

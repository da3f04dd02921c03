package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one node of nodes that compute the same: equal layers, weights compared bit by bit, over
 * the same inputs. The first keeps its name. Five models with one trunk, merged, run the trunk
 * once.
 */
public final class ShareIdentical implements Pass {

  /** Has no settings. */
  public ShareIdentical() {}

  @Override
  public Network apply(Network network) {
    Rewriter rewriter = new Rewriter(network);
    Map<List<Object>, List<Integer>> seen = new HashMap<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.node(i);
      // Of equal keys there are few, so that few layers are compared as a whole.
      List<Object> key =
          List.of(node.layer().getClass(), node.layer().weights(), rewriter.inputs(node));
      List<Integer> alike = seen.computeIfAbsent(key, any -> new ArrayList<>());
      int earlier = find(network, node.layer(), alike);
      if (earlier >= 0) {
        rewriter.map(i, rewriter.image(earlier));
      } else {
        rewriter.keep(i);
        alike.add(i);
      }
    }
    return rewriter.finish();
  }

  /** The first of some nodes whose layer is equal, or -1. */
  private static int find(Network network, Layer layer, List<Integer> nodes) {
    for (int node : nodes) {
      Layer other = network.node(node).layer();
      if (other == layer || other.equals(layer)) {
        return node;
      }
    }
    return -1;
  }
}

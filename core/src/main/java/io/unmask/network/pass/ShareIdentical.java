package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one node of nodes that compute the same: equal layers, weights compared bit by bit, over
 * the same inputs. The first keeps its name. Five models with one trunk, merged, run the trunk
 * once.
 */
public final class ShareIdentical implements Pass {

  private record Key(Layer layer, List<Integer> inputs) {}

  @Override
  public Network apply(Network network) {
    Rewriter rewriter = new Rewriter(network);
    Map<Key, Integer> seen = new HashMap<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.node(i);
      Key key = new Key(node.layer(), rewriter.inputs(node));
      Integer earlier = seen.get(key);
      if (earlier != null) {
        rewriter.map(i, earlier);
      } else {
        rewriter.keep(i);
        seen.put(key, rewriter.image(i));
      }
    }
    return rewriter.finish();
  }
}

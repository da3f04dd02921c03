package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;

/**
 * Leaves out layers that do nothing at inference: dropout, linear activations, empty padding,
 * enlarging by 1, cropping of nothing, resizing to the same size.
 */
public final class DropInferenceNoOps implements Pass {

  /** Has no settings. */
  public DropInferenceNoOps() {}

  @Override
  public Network apply(Network network) {
    Rewriter rewriter = new Rewriter(network);
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.node(i);
      if (doesNothing(network, node)) {
        rewriter.map(i, rewriter.inputs(node).get(0));
      } else {
        rewriter.keep(i);
      }
    }
    return rewriter.finish();
  }

  private static boolean doesNothing(Network network, Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Activate activate) {
      return activate.activation().isLinear();
    }
    if (layer instanceof Layer.ZeroPadding2D
        || layer instanceof Layer.Reshape
        || layer instanceof Layer.Cropping2D
        || layer instanceof Layer.Resizing
        || layer instanceof Layer.UpSampling2D) {
      return node.shape().equals(network.node(node.inputs().get(0)).shape());
    }
    return layer instanceof Layer.Dropout
        || (layer instanceof Layer.Concatenate && node.inputs().size() == 1);
  }
}

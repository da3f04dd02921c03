package io.unmask.network.pass;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Padding;
import io.unmask.network.Window;
import java.util.List;

/**
 * Splits layers into their steps: a separable convolution into a depthwise and a 1x1 convolution,
 * an activation from the layer that it belongs to.
 */
public final class SplitLayers implements Pass {

  /** Has no settings. */
  public SplitLayers() {}

  @Override
  public Network apply(Network network) {
    Rewriter rewriter = new Rewriter(network);
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.node(i);
      Layer layer = node.layer();
      if (layer instanceof Layer.SeparableConv2D c) {
        separable(rewriter, i, node, c);
      } else if (layer instanceof Layer.Conv2D c) {
        Layer linear =
            new Layer.Conv2D(c.kernel(), c.bias(), c.window(), c.groups(), Activations.LINEAR);
        activated(rewriter, i, node, linear, c.activation());
      } else if (layer instanceof Layer.DepthwiseConv2D c) {
        Layer linear =
            new Layer.DepthwiseConv2D(c.kernel(), c.bias(), c.window(), Activations.LINEAR);
        activated(rewriter, i, node, linear, c.activation());
      } else if (layer instanceof Layer.Conv2DTranspose c) {
        Layer linear =
            new Layer.Conv2DTranspose(c.kernel(), c.bias(), c.window(), Activations.LINEAR);
        activated(rewriter, i, node, linear, c.activation());
      } else if (layer instanceof Layer.Dense d) {
        Layer linear = new Layer.Dense(d.kernel(), d.bias(), Activations.LINEAR);
        activated(rewriter, i, node, linear, d.activation());
      } else {
        rewriter.keep(i);
      }
    }
    return rewriter.finish();
  }

  private static void separable(
      Rewriter rewriter, int index, Node node, Layer.SeparableConv2D layer) {
    Layer depthwise =
        new Layer.DepthwiseConv2D(layer.depthwise(), null, layer.window(), Activations.LINEAR);
    int between = rewriter.addStep(node, "depthwise", depthwise, rewriter.inputs(node));
    Window point = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);
    Layer pointwise =
        new Layer.Conv2D(layer.pointwise(), layer.bias(), point, 1, Activations.LINEAR);
    int linear = rewriter.add(node, pointwise, List.of(between));
    rewriter.map(index, activation(rewriter, node, linear, layer.activation()));
  }

  private static void activated(
      Rewriter rewriter, int index, Node node, Layer linear, Activation activation) {
    if (activation.isLinear()) {
      rewriter.keep(index);
      return;
    }
    int added = rewriter.add(node, linear, rewriter.inputs(node));
    rewriter.map(index, activation(rewriter, node, added, activation));
  }

  private static int activation(Rewriter rewriter, Node node, int linear, Activation activation) {
    if (activation.isLinear()) {
      return linear;
    }
    return rewriter.addStep(node, "activation", new Layer.Activate(activation), List.of(linear));
  }
}

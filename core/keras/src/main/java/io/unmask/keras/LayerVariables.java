package io.unmask.keras;

import io.unmask.network.Layer;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables of a layer as Keras names them, in the order of {@link Layer#weights}. */
final class LayerVariables {

  private final List<Variable> variables = new ArrayList<>();

  private LayerVariables() {}

  static List<Variable> of(Layer layer) {
    LayerVariables all = new LayerVariables();
    if (layer instanceof Layer.Conv2D c) {
      all.with(c.kernel(), "kernel").with(c.bias(), "bias");
    } else if (layer instanceof Layer.Conv2DTranspose c) {
      all.with(c.kernel(), "kernel").with(c.bias(), "bias");
    } else if (layer instanceof Layer.DepthwiseConv2D c) {
      all.with(c.kernel(), "kernel", "depthwise_kernel").with(c.bias(), "bias");
    } else if (layer instanceof Layer.SeparableConv2D c) {
      all.with(c.depthwise(), "depthwise_kernel").with(c.pointwise(), "pointwise_kernel");
      all.with(c.bias(), "bias");
    } else if (layer instanceof Layer.Dense d) {
      all.with(d.kernel(), "kernel").with(d.bias(), "bias");
    } else if (layer instanceof Layer.BatchNormalization b) {
      all.with(b.gamma(), "gamma").with(b.beta(), "beta");
      all.with(b.mean(), "moving_mean").with(b.variance(), "moving_variance");
    } else if (layer instanceof Layer.LayerNormalization n) {
      all.with(n.gamma(), "gamma").with(n.beta(), "beta");
    } else if (layer instanceof Layer.PRelu p) {
      all.with(p.alpha(), "alpha");
    }
    if (all.variables.size() != layer.weights().size()) {
      throw new IllegalArgumentException("the weights of " + layer + " have no known names");
    }
    return all.variables;
  }

  private LayerVariables with(@Nullable Weights weights, String... names) {
    if (weights != null) {
      variables.add(new Variable(List.of(names), weights.shape()));
    }
    return this;
  }
}

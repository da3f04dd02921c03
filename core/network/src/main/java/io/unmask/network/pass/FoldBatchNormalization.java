package io.unmask.network.pass;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes batch normalisation into the weights of a neighbour: of the convolution or dense layer
 * before it, where nothing else reads that, else of the only dense layer that reads it.
 *
 * <p>With factor {@code f} and offset {@code o} for each channel, {@code f (W x + b) + o} has the
 * weights {@code f W} and the bias {@code f b + o}, and {@code W (f x + o) + b} the weights {@code
 * W f} and the bias {@code W o + b}; all in double precision, rounded once.
 */
public final class FoldBatchNormalization implements Pass {

  /** Has no settings. */
  public FoldBatchNormalization() {}

  @Override
  public Network apply(Network network) {
    int[] readers = network.readers();
    Map<Integer, Layer> replacements = new HashMap<>();
    boolean[] folded = new boolean[network.nodes().size()];
    for (int i = 0; i < folded.length; i++) {
      if (network.node(i).layer() instanceof Layer.BatchNormalization norm) {
        folded[i] =
            foldBackward(network, readers, i, norm, replacements)
                || foldForward(network, readers, i, norm, replacements);
      }
    }
    Rewriter rewriter = new Rewriter(network);
    for (int i = 0; i < folded.length; i++) {
      if (folded[i]) {
        rewriter.map(i, rewriter.inputs(network.node(i)).get(0));
      } else {
        rewriter.replace(i, replacements.getOrDefault(i, network.node(i).layer()));
      }
    }
    return rewriter.finish();
  }

  private static boolean foldBackward(
      Network network,
      int[] readers,
      int index,
      Layer.BatchNormalization norm,
      Map<Integer, Layer> replacements) {
    int before = network.node(index).inputs().get(0);
    if (readers[before] != 1) {
      return false;
    }
    Layer layer = replacements.getOrDefault(before, network.node(before).layer());
    Layer result = scaledOutput(layer, norm);
    if (result != null) {
      replacements.put(before, result);
    }
    return result != null;
  }

  private static @Nullable Layer scaledOutput(Layer layer, Layer.BatchNormalization norm) {
    double[] factors = norm.factors();
    if (layer instanceof Layer.Conv2D c && c.activation().isLinear()) {
      return new Layer.Conv2D(
          c.kernel().scaled(factors),
          scaledBias(c.bias(), factors, norm),
          c.window(),
          c.groups(),
          c.activation());
    }
    if (layer instanceof Layer.DepthwiseConv2D c && c.activation().isLinear()) {
      return new Layer.DepthwiseConv2D(
          c.kernel().scaled(factors),
          scaledBias(c.bias(), factors, norm),
          c.window(),
          c.activation());
    }
    if (layer instanceof Layer.Dense d && d.activation().isLinear()) {
      return new Layer.Dense(
          d.kernel().scaled(factors), scaledBias(d.bias(), factors, norm), d.activation());
    }
    return null;
  }

  private static Weights scaledBias(
      @Nullable Weights bias, double[] factors, Layer.BatchNormalization norm) {
    double[] offsets = norm.offsets();
    float @Nullable [] before = bias == null ? null : bias.toArray();
    float[] result = new float[offsets.length];
    for (int c = 0; c < result.length; c++) {
      result[c] = (float) ((before == null ? 0 : before[c]) * factors[c] + offsets[c]);
    }
    return Weights.vector(result);
  }

  private static boolean foldForward(
      Network network,
      int[] readers,
      int index,
      Layer.BatchNormalization norm,
      Map<Integer, Layer> replacements) {
    if (readers[index] != 1 || network.outputs().contains(index)) {
      return false;
    }
    for (int i = index + 1; i < network.nodes().size(); i++) {
      Node reader = network.node(i);
      if (reader.inputs().contains(index)) {
        if (!(reader.layer() instanceof Layer.Dense dense)) {
          return false;
        }
        replacements.put(i, scaledInput(dense, norm));
        return true;
      }
    }
    return false;
  }

  private static Layer scaledInput(Layer.Dense dense, Layer.BatchNormalization norm) {
    double[] factors = norm.factors();
    double[] offsets = norm.offsets();
    int units = dense.kernel().shape().channels();
    float[] kernel = dense.kernel().toArray();
    double[] bias = new double[units];
    for (int i = 0; i < factors.length; i++) {
      for (int u = 0; u < units; u++) {
        float weight = kernel[i * units + u];
        bias[u] += weight * offsets[i];
        kernel[i * units + u] = (float) (weight * factors[i]);
      }
    }
    float @Nullable [] before = dense.bias() == null ? null : dense.bias().toArray();
    float[] rounded = new float[units];
    for (int u = 0; u < units; u++) {
      rounded[u] = (float) (bias[u] + (before == null ? 0 : before[u]));
    }
    return new Layer.Dense(
        Weights.view(dense.kernel().shape(), FloatBuffer.wrap(kernel)),
        Weights.vector(rounded),
        dense.activation());
  }
}

package io.unmask.backend.cpu;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Precision;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * The types of the numbers that a group of nodes reads and writes.
 *
 * <p>In bfloat16 convolutions multiply bfloat16 numbers and add them up in single precision; what
 * goes from one to the next is bfloat16 too, which halves what memory has to carry. Three things
 * stay in single precision. What reads pixels, without weights before it: of the values from 0.5 to
 * 1 bfloat16 has 128, and a photo as many again. What no convolution reads any more: the mean of a
 * feature map and the dense layers behind it decide, and take no time. And what neither multiplies
 * nor merely chooses or moves numbers, such as a normalisation of its own. For 8-bit integers
 * {@link Quantization} decides.
 *
 * @param factors of the numbers that are multiplied
 * @param results of what comes out
 * @param source how numbers that are multiplied are counted, or null if they are no 8-bit integers
 * @param result the same of what comes out
 */
record Numbers(
    memory.data_type factors,
    memory.data_type results,
    @Nullable Scale source,
    @Nullable Scale result) {

  static final Numbers SINGLE = new Numbers(memory.data_type.f32, memory.data_type.f32);

  /** Of no 8-bit integers. */
  Numbers(memory.data_type factors, memory.data_type results) {
    this(factors, results, null, null);
  }

  /** Of products of 8-bit integers, or of numbers that are only brought into them. */
  private static Numbers quantized(Optional<Scale> source, Optional<Scale> result) {
    return new Numbers(
        source.map(Scale::type).orElse(memory.data_type.f32),
        result.map(Scale::type).orElse(memory.data_type.f32),
        source.orElse(null),
        result.orElse(null));
  }

  /** The types of all groups of a network. */
  static final class Plan {

    private final Network network;
    private final boolean reduced;
    private final boolean[] pixels;
    private final boolean[] convolved;
    private final @Nullable Quantization quantization;

    Plan(Network network, Precision precision, ActivationRanges ranges) {
      this.network = network;
      this.reduced = precision == Precision.BF16;
      int count = network.nodes().size();
      pixels = new boolean[count];
      convolved = new boolean[count];
      for (int i = 0; i < count; i++) {
        Node node = network.node(i);
        pixels[i] =
            !isWeighted(node.layer()) && node.inputs().stream().allMatch(read -> pixels[read]);
      }
      for (int i = count - 1; i >= 0; i--) {
        Node node = network.node(i);
        for (int read : node.inputs()) {
          convolved[read] |= convolved[i] || isConvolution(node.layer());
        }
      }
      quantization = precision == Precision.INT8 ? new Quantization(network, ranges, pixels) : null;
    }

    /** Those of a group. */
    Numbers of(Fusion.Group group) {
      if (quantization != null) {
        Node root = network.node(group.root());
        if (quantization.multiplies(group.root())) {
          return Numbers.quantized(
              quantization.scale(root.inputs().get(0)), quantization.kept(group.last()));
        }
        return isWeighted(root.layer())
            ? SINGLE
            : Numbers.quantized(Optional.empty(), quantization.kept(group.last()));
      }
      if (!reduced || network.node(group.root()).inputs().stream().anyMatch(i -> pixels[i])) {
        return SINGLE;
      }
      return new Numbers(
          memory.data_type.bf16,
          convolved[group.last()] ? memory.data_type.bf16 : memory.data_type.f32);
    }

    private static boolean isWeighted(Layer layer) {
      return isConvolution(layer) || layer instanceof Layer.Dense;
    }

    private static boolean isConvolution(Layer layer) {
      return layer instanceof Layer.Conv2D || layer instanceof Layer.DepthwiseConv2D;
    }
  }
}

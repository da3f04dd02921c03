package io.unmask.model;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.spi.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a network scales its images itself, if it begins with that: {@code Rescaling}, {@code
 * Normalization} or operators such as {@code x / 127.5 - 1}. What it does to the numbers says which
 * ones it was made for.
 *
 * @param scaling what it was made for
 * @param layer the first layer that scales
 */
public record OwnScaling(Scaling scaling, String layer) {

  /** Levels from 0 to 255 come out at most this times as wide as they are: 25 for 255. */
  private static final double MOST_OF_LEVELS = 0.1;

  /** Numbers that means of levels have, and no others: ImageNet's are 104 to 124. */
  private static final double LEAST_MEAN = 10;

  /** Looks at what a network does before anything else. */
  public static Optional<OwnScaling> of(Network network) {
    int size = network.nodes().size();
    @Nullable Affine[] known = new Affine[size];
    List<Affine> ends = new ArrayList<>();
    known[network.input()] = new Affine(new double[] {1}, new double[] {0}, "");
    for (int i = network.input() + 1; i < size; i++) {
      List<Affine> inputs = new ArrayList<>();
      for (int input : network.node(i).inputs()) {
        @Nullable Affine affine = known[input];
        if (affine != null) {
          inputs.add(affine);
        }
      }
      if (!inputs.isEmpty()) {
        boolean alone = inputs.size() == network.node(i).inputs().size();
        @Nullable Affine behind = alone ? behind(network.node(i), inputs) : null;
        known[i] = behind;
        if (behind == null) {
          ends.addAll(inputs);
        }
      }
    }
    if (ends.isEmpty() || ends.stream().anyMatch(end -> end.layer().isEmpty())) {
      return Optional.empty(); // something looks at the image as it came
    }
    Affine all = Affine.ofAll(ends);
    return all.changesNothing()
        ? Optional.empty()
        : Optional.of(new OwnScaling(all.wants(), ends.get(0).layer()));
  }

  /** What a layer makes of what it reads, or null if it does more than move and scale elements. */
  private static @Nullable Affine behind(Node node, List<Affine> inputs) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Rescaling rescaling && inputs.size() == 1) {
      return inputs.get(0).then(rescaling, node.name());
    }
    boolean moves =
        layer instanceof Layer.Dropout
            || layer instanceof Layer.Reshape
            || layer instanceof Layer.Permute
            || layer instanceof Layer.Resizing
            || layer instanceof Layer.Cropping2D
            || layer instanceof Layer.ZeroPadding2D
            || layer instanceof Layer.Concatenate
            || (layer instanceof Layer.Activate activate && activate.activation().isLinear())
            || (layer instanceof Layer.Conv2D convolution && picksChannels(convolution));
    return moves ? Affine.ofAll(inputs) : null;
  }

  /** Whether each channel that comes out is one that goes in. */
  private static boolean picksChannels(Layer.Conv2D layer) {
    int in = layer.kernel().shape().extent(2);
    int out = layer.kernel().shape().extent(3);
    if (layer.kernel().size() != (long) in * out
        || in > 4
        || layer.bias() != null
        || !layer.activation().isLinear()) {
      return false;
    }
    float[] kernel = layer.kernel().toArray();
    for (int to = 0; to < out; to++) {
      int ones = 0;
      for (int from = 0; from < in; from++) {
        float weight = kernel[from * out + to];
        if (weight != 0 && weight != 1) {
          return false;
        }
        ones += (int) weight;
      }
      if (ones != 1) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code factor * v + offset}, for one channel or another.
   *
   * @param factors those that occur
   * @param offsets of each of them
   * @param layer the first layer that scaled, or empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Affine(double[] factors, double[] offsets, String layer) {

    static Affine ofAll(List<Affine> parts) {
      if (parts.size() == 1) {
        return parts.get(0);
      }
      int size = parts.stream().mapToInt(part -> part.factors.length).sum();
      double[] factors = new double[size];
      double[] offsets = new double[size];
      int at = 0;
      for (Affine part : parts) {
        System.arraycopy(part.factors, 0, factors, at, part.factors.length);
        System.arraycopy(part.offsets, 0, offsets, at, part.offsets.length);
        at += part.factors.length;
      }
      boolean scaled = parts.stream().noneMatch(part -> part.layer.isEmpty());
      return new Affine(factors, offsets, scaled ? parts.get(0).layer : "").few();
    }

    /** Channels may have been moved meanwhile, so that each number may meet each. */
    Affine then(Layer.Rescaling rescaling, String name) {
      int size = rescaling.factors().size();
      double[] nextFactors = new double[factors.length * size];
      double[] nextOffsets = new double[nextFactors.length];
      for (int i = 0; i < nextFactors.length; i++) {
        double factor = rescaling.factors().get(i % size);
        nextFactors[i] = factors[i / size] * factor;
        nextOffsets[i] = offsets[i / size] * factor + rescaling.offsets().get(i % size);
      }
      return new Affine(nextFactors, nextOffsets, layer.isEmpty() ? name : layer).few();
    }

    /** The extremes alone, so that many layers do not make many numbers. */
    private Affine few() {
      if (factors.length <= 9) {
        return this;
      }
      int least = 0;
      int greatest = 0;
      int offset = 0;
      for (int i = 1; i < factors.length; i++) {
        least = Math.abs(factors[i]) < Math.abs(factors[least]) ? i : least;
        greatest = Math.abs(factors[i]) > Math.abs(factors[greatest]) ? i : greatest;
        offset = Math.abs(offsets[i]) > Math.abs(offsets[offset]) ? i : offset;
      }
      int[] kept = {least, greatest, offset};
      double[] fewFactors = new double[kept.length];
      double[] fewOffsets = new double[kept.length];
      for (int i = 0; i < kept.length; i++) {
        fewFactors[i] = factors[kept[i]];
        fewOffsets[i] = offsets[kept[i]];
      }
      return new Affine(fewFactors, fewOffsets, layer);
    }

    boolean changesNothing() {
      for (int i = 0; i < factors.length; i++) {
        if (factors[i] != 1 || offsets[i] != 0) {
          return false;
        }
      }
      return true;
    }

    /** Which numbers this makes sensible ones of: levels, or what lies in [-1, 1] or [0, 1]. */
    Scaling wants() {
      double greatest = 0;
      double offset = 0;
      boolean fromMinusOne = true;
      for (int i = 0; i < factors.length; i++) {
        greatest = Math.max(greatest, Math.abs(factors[i]));
        offset = Math.max(offset, Math.abs(offsets[i]));
        fromMinusOne &= Math.abs(offsets[i] - factors[i]) < 1e-3 * Math.abs(factors[i]);
      }
      if (greatest <= MOST_OF_LEVELS || (greatest <= 2 && offset >= LEAST_MEAN)) {
        return Scaling.Named.NONE;
      }
      return fromMinusOne ? Scaling.Named.SIGNED : Scaling.Named.UNIT; // -1 becomes 0
    }
  }
}

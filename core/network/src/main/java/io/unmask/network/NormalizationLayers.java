package io.unmask.network;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Layers that bring values to a scale. Each is a member of {@link Layer} too. */
public interface NormalizationLayers {

  /** Any of these. */
  sealed interface NormalizationLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link BatchNormalization}. */
    default R batchNormalization(BatchNormalization layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link LayerNormalization}. */
    default R layerNormalization(LayerNormalization layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Rescaling}. */
    default R rescaling(Rescaling layer, C context) {
      return other(layer, context);
    }
  }

  /**
   * A visitor that cannot forget a kind.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface CompleteVisitor<C, R> extends Visitor<C, R> {
    @Override
    R batchNormalization(BatchNormalization layer, C context);

    @Override
    R layerNormalization(LayerNormalization layer, C context);

    @Override
    R rescaling(Rescaling layer, C context);
  }

  /**
   * Batch normalisation over the last axis with the statistics of training: {@code gamma * (x -
   * mean) / sqrt(variance + epsilon) + beta}.
   *
   * @param gamma {@code [channel]}, or null for 1
   * @param beta {@code [channel]}, or null for 0
   * @param mean {@code [channel]}, the moving mean
   * @param variance {@code [channel]}, the moving variance
   * @param epsilon what keeps the root away from 0
   */
  record BatchNormalization(
      @Nullable Weights gamma,
      @Nullable Weights beta,
      Weights mean,
      Weights variance,
      double epsilon)
      implements NormalizationLayer {
    /** Checks that the parts fit each other. */
    public BatchNormalization {
      int channels = mean.size();
      Shapes.vector("moving_mean", mean, channels);
      Shapes.vector("moving_variance", variance, channels);
      Shapes.vector("gamma", gamma, channels);
      Shapes.vector("beta", beta, channels);
    }

    /** What each channel is multiplied by. */
    public double[] factors() {
      float[] variances = variance.toArray();
      float @Nullable [] scales = gamma == null ? null : gamma.toArray();
      double[] factors = new double[variances.length];
      for (int c = 0; c < factors.length; c++) {
        factors[c] = (scales == null ? 1 : scales[c]) / Math.sqrt(variances[c] + epsilon);
      }
      return factors;
    }

    /** What is added to each channel after {@link #factors}. */
    public double[] offsets() {
      float[] means = mean.toArray();
      float @Nullable [] shifts = beta == null ? null : beta.toArray();
      double[] offsets = factors();
      for (int c = 0; c < offsets.length; c++) {
        offsets[c] = (shifts == null ? 0 : shifts[c]) - means[c] * offsets[c];
      }
      return offsets;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      Shapes.channels(inputs.get(0), mean.size());
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return Stream.of(gamma, beta, mean, variance).filter(Objects::nonNull).toList();
    }

    @Override
    public List<String> weightNames() {
      return Stream.of(
              gamma == null ? null : "gamma",
              beta == null ? null : "beta",
              "moving_mean",
              "moving_variance")
          .filter(Objects::nonNull)
          .toList();
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new BatchNormalization(
          gamma == null ? null : next.next(),
          beta == null ? null : next.next(),
          next.next(),
          next.next(),
          epsilon);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.batchNormalization(this, context);
    }
  }

  /**
   * Each row along the last axis less its mean, divided by its deviation: {@code gamma * (x - mean)
   * / sqrt(variance + epsilon) + beta}, with the row's own statistics.
   *
   * @param gamma {@code [channel]}, or null for 1
   * @param beta {@code [channel]}, or null for 0
   * @param epsilon what keeps the root away from 0
   */
  record LayerNormalization(@Nullable Weights gamma, @Nullable Weights beta, double epsilon)
      implements NormalizationLayer {
    /** Checks that the parts fit each other. */
    public LayerNormalization {
      if (gamma != null) {
        Shapes.vector("gamma", gamma, gamma.size());
        Shapes.vector("beta", beta, gamma.size());
      } else if (beta != null) {
        Shapes.vector("beta", beta, beta.size());
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      for (Weights weights : weights()) {
        Shapes.channels(inputs.get(0), weights.size());
      }
      if (inputs.get(0).rank() == 0) {
        throw new IllegalArgumentException("a single number has no row to be normalised");
      }
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return Stream.of(gamma, beta).filter(Objects::nonNull).toList();
    }

    @Override
    public List<String> weightNames() {
      return Stream.of(gamma == null ? null : "gamma", beta == null ? null : "beta")
          .filter(Objects::nonNull)
          .toList();
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      Iterator<Weights> next = replacements.iterator();
      return new LayerNormalization(
          gamma == null ? null : next.next(), beta == null ? null : next.next(), epsilon);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.layerNormalization(this, context);
    }
  }

  /**
   * {@code x * factor + offset}, for all channels alike or one pair a channel.
   *
   * @param factors one or one a channel, finite
   * @param offsets as many as factors, finite
   */
  record Rescaling(List<Double> factors, List<Double> offsets) implements NormalizationLayer {
    /** Checks that the parts fit each other. */
    public Rescaling {
      factors = List.copyOf(factors);
      offsets = List.copyOf(offsets);
      if (factors.isEmpty() || factors.size() != offsets.size()) {
        throw new IllegalArgumentException(
            factors.size() + " factors do not fit " + offsets.size() + " offsets");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (factors.size() > 1) {
        Shapes.channels(inputs.get(0), factors.size());
      }
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.rescaling(this, context);
    }
  }
}

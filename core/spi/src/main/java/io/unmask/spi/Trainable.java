package io.unmask.spi;

import io.unmask.network.Network;

/**
 * The part of a backend that trains networks; {@link Backend#trainable} returns it. Thread-safe.
 *
 * <p>It trains classifiers of two classes: networks with one output, a sigmoid of one unit. The
 * loss is that of Keras's {@code binary_crossentropy}, the mean over the batch of {@code -z log p -
 * (1 - z) log(1 - p)}, computed from the logit, plus the sum of {@code l2 * w^2} over the weights
 * that are regularised. The optimizer is Keras's Adam, see {@link TrainingOptions}.
 */
public interface Trainable {

  /**
   * Opens a session that trains a network from its present weights, with fresh optimizer state.
   * Nodes named {@code layer#2}, the second use of a layer, share its weights.
   *
   * @throws IllegalArgumentException if the network does not end in one sigmoid unit, or no weights
   *     are to be trained
   * @throws io.unmask.error.BackendException if the engine cannot be loaded, the device cannot be
   *     used or the engine refuses the network
   * @throws io.unmask.error.UnsupportedLayerException if the engine cannot train a layer
   */
  TrainingSession open(Network network, TrainingOptions options);
}

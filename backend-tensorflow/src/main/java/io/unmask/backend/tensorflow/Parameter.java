package io.unmask.backend.tensorflow;

import io.unmask.network.Shape;
import io.unmask.network.Weights;

/**
 * Weights of a network in training.
 *
 * @param name the layer's and their number in it, such as {@code dense_1/0}
 * @param weights their first values; compared by identity
 * @param trained whether they are trained
 * @param kernel whether they are a kernel, not a bias or part of a normalisation
 * @param l2 what the sum of their squares is multiplied by in the loss
 */
record Parameter(String name, Weights weights, boolean trained, boolean kernel, double l2) {
  Shape shape() {
    return weights.shape();
  }
}

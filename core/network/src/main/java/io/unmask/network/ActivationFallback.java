package io.unmask.network;

import io.unmask.error.UnsupportedLayerException;

/**
 * What a visitor does with an activation that it does not know, such as one that is newer than the
 * visitor.
 *
 * @param <C> what the caller passes along
 * @param <R> what comes back
 */
public interface ActivationFallback<C, R> {

  /**
   * Called for each activation whose method is not overridden.
   *
   * @throws UnsupportedLayerException unless this is overridden; it names the activation
   */
  default R other(Activation activation, C context) {
    throw new UnsupportedLayerException(
        getClass().getName()
            + " does not know the activation "
            + activation.getClass().getSimpleName()
            + "; use another backend, or a newer version of this one");
  }
}

package io.unmask.network;

import io.unmask.error.UnsupportedLayerException;

/**
 * What a visitor does with a kind of layer that it does not know, such as one that is newer than
 * the visitor.
 *
 * @param <C> what the caller passes along
 * @param <R> what comes back
 */
public interface LayerFallback<C, R> {

  /**
   * Called for each kind whose method is not overridden.
   *
   * @throws UnsupportedLayerException unless this is overridden; it names the kind
   */
  default R other(Layer layer, C context) {
    throw new UnsupportedLayerException(
        getClass().getName()
            + " does not know layers of the kind "
            + layer.getClass().getSimpleName()
            + "; use another backend, or a newer version of this one");
  }
}

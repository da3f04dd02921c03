package io.unmask.network;

/**
 * One method for each kind of layer. A kind that is added later has a method too, which refuses it
 * by name, so that visitors outside this project still compile and run. Those that must know all
 * kinds implement {@link Complete}, where the compiler complains if one is forgotten.
 *
 * @param <C> what the caller passes along, such as the node
 * @param <R> what comes back
 */
public interface LayerVisitor<C, R>
    extends LinearLayers.Visitor<C, R>,
        ProductLayers.Visitor<C, R>,
        NormalizationLayers.Visitor<C, R>,
        PoolingLayers.Visitor<C, R>,
        ElementwiseLayers.Visitor<C, R>,
        ReshapingLayers.Visitor<C, R> {

  /** Visits a {@link Layer.Input}. */
  default R input(Layer.Input layer, C context) {
    return other(layer, context);
  }

  /**
   * A visitor that cannot forget a kind.
   *
   * @param <C> what the caller passes along, such as the node
   * @param <R> what comes back
   */
  interface Complete<C, R>
      extends LayerVisitor<C, R>,
          LinearLayers.CompleteVisitor<C, R>,
          ProductLayers.CompleteVisitor<C, R>,
          NormalizationLayers.CompleteVisitor<C, R>,
          PoolingLayers.CompleteVisitor<C, R>,
          ElementwiseLayers.CompleteVisitor<C, R>,
          ReshapingLayers.CompleteVisitor<C, R> {
    @Override
    R input(Layer.Input layer, C context);
  }
}

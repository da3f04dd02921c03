package io.unmask.network;

import java.util.List;

/**
 * An operation of a network with its weights. Feature maps are {@code [height, width, channel]},
 * channels last. Names, weight layouts and semantics are Keras 3's; a layer is immutable, and equal
 * to another that computes the same.
 *
 * <p>The kinds are written down by groups, with the methods of visitors for them, and all are
 * members of this interface: {@code Layer.Conv2D} is declared in {@link LinearLayers}. A new kind
 * goes into its group.
 */
public sealed interface Layer
    extends LinearLayers,
        ProductLayers,
        NormalizationLayers,
        PoolingLayers,
        ElementwiseLayers,
        ReshapingLayers
    permits Layer.Input,
        LinearLayers.LinearLayer,
        ProductLayers.ProductLayer,
        NormalizationLayers.NormalizationLayer,
        PoolingLayers.PoolingLayer,
        ElementwiseLayers.ElementwiseLayer,
        ReshapingLayers.ReshapingLayer {

  /**
   * The shape that comes out for the shapes that go in.
   *
   * @throws IllegalArgumentException if the layer cannot take these, with the reason
   */
  Shape outputShape(List<Shape> inputs);

  /** Calls the visitor's method for this kind of layer. */
  <C, R> R accept(LayerVisitor<C, R> visitor, C context);

  /** The weights, in Keras's order. */
  default List<Weights> weights() {
    return List.of();
  }

  /** What Keras calls each of {@link #weights}. */
  default List<String> weightNames() {
    return List.of();
  }

  /**
   * This layer with other weights in the place of its own.
   *
   * @param replacements as many as {@link #weights}, in the same order
   * @throws IllegalArgumentException if their number or shapes differ
   */
  default Layer withWeights(List<Weights> replacements) {
    Shapes.likewise(weights(), replacements);
    return this;
  }

  /** Where images come in. */
  record Input(Shape shape) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 0, 0);
      return shape;
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.input(this, context);
    }
  }
}

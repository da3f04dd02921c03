package io.unmask.network;

import java.util.List;

/**
 * Layers that keep one element of a window or of a feature map. Each is a member of {@link Layer}
 * too.
 */
public interface PoolingLayers {

  /** Any of these. */
  sealed interface PoolingLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link MaxPooling2D}. */
    default R maxPooling2D(MaxPooling2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link AveragePooling2D}. */
    default R averagePooling2D(AveragePooling2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link GlobalMaxPooling2D}. */
    default R globalMaxPooling2D(GlobalMaxPooling2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link GlobalAveragePooling2D}. */
    default R globalAveragePooling2D(GlobalAveragePooling2D layer, C context) {
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
    R maxPooling2D(MaxPooling2D layer, C context);

    @Override
    R averagePooling2D(AveragePooling2D layer, C context);

    @Override
    R globalMaxPooling2D(GlobalMaxPooling2D layer, C context);

    @Override
    R globalAveragePooling2D(GlobalAveragePooling2D layer, C context);
  }

  /** The largest element in each position of the window; padding never wins. */
  record MaxPooling2D(Window window) implements PoolingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shapes.slide(input, window, input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.maxPooling2D(this, context);
    }
  }

  /** The mean in each position of the window; padding is not counted. */
  record AveragePooling2D(Window window) implements PoolingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shapes.slide(input, window, input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.averagePooling2D(this, context);
    }
  }

  /**
   * The largest element of each channel.
   *
   * @param keepAxes whether the output is {@code [1, 1, channel]} rather than {@code [channel]}
   */
  record GlobalMaxPooling2D(boolean keepAxes) implements PoolingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.global(Shapes.featureMap(inputs), keepAxes);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.globalMaxPooling2D(this, context);
    }
  }

  /**
   * The mean of each channel.
   *
   * @param keepAxes whether the output is {@code [1, 1, channel]} rather than {@code [channel]}
   */
  record GlobalAveragePooling2D(boolean keepAxes) implements PoolingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.global(Shapes.featureMap(inputs), keepAxes);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.globalAveragePooling2D(this, context);
    }
  }
}

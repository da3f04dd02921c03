package io.unmask.network;

import java.util.List;

/**
 * Layers that arrange elements, leave some out or repeat them. Each is a member of {@link Layer}
 * too.
 */
public interface ReshapingLayers {

  /** Any of these. */
  sealed interface ReshapingLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link Concatenate}. */
    default R concatenate(Concatenate layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Reshape}. */
    default R reshape(Reshape layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Permute}. */
    default R permute(Permute layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Cropping2D}. */
    default R cropping2D(Cropping2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Resizing}. */
    default R resizing(Resizing layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link ZeroPadding2D}. */
    default R zeroPadding2D(ZeroPadding2D layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link UpSampling2D}. */
    default R upSampling2D(UpSampling2D layer, C context) {
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
    R concatenate(Concatenate layer, C context);

    @Override
    R reshape(Reshape layer, C context);

    @Override
    R permute(Permute layer, C context);

    @Override
    R cropping2D(Cropping2D layer, C context);

    @Override
    R resizing(Resizing layer, C context);

    @Override
    R zeroPadding2D(ZeroPadding2D layer, C context);

    @Override
    R upSampling2D(UpSampling2D layer, C context);
  }

  /**
   * Two or more inputs behind each other.
   *
   * @param axis the axis they are joined along, from 0, without the batch
   */
  record Concatenate(int axis) implements ReshapingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.concatenate(inputs, axis);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.concatenate(this, context);
    }
  }

  /** The same elements in the same order under another shape, which flattens among others. */
  record Reshape(Shape shape) implements ReshapingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (inputs.get(0).size() != shape.size()) {
        throw new IllegalArgumentException("cannot see " + inputs.get(0) + " as " + shape);
      }
      return shape;
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.reshape(this, context);
    }
  }

  /**
   * The axes in another order.
   *
   * @param order which axis of the input comes first, second and so on, from 0, without the batch
   */
  record Permute(List<Integer> order) implements ReshapingLayer {
    /** Checks that each axis comes once. */
    public Permute {
      order = List.copyOf(order);
      List<Integer> sorted = order.stream().sorted().toList();
      for (int axis = 0; axis < order.size(); axis++) {
        if (sorted.get(axis) != axis) {
          throw new IllegalArgumentException(order + " is no order of axes");
        }
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      Shapes.rank("the input", inputs.get(0), order.size());
      return Shape.of(order.stream().mapToInt(axis -> inputs.get(0).extent(axis)).toArray());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.permute(this, context);
    }
  }

  /**
   * A feature map without its borders.
   *
   * @param top rows cut off above, at least 0
   * @param bottom rows cut off below, at least 0
   * @param left columns cut off before, at least 0
   * @param right columns cut off behind, at least 0
   */
  record Cropping2D(int top, int bottom, int left, int right) implements ReshapingLayer {
    /** Checks the ranges. */
    public Cropping2D {
      if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
        throw new IllegalArgumentException("cropping cannot be negative");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.subtractExact(input.extent(0), Math.addExact(top, bottom)),
          Math.subtractExact(input.extent(1), Math.addExact(left, right)),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.cropping2D(this, context);
    }
  }

  /**
   * A feature map resized, without antialiasing.
   *
   * @param size height and width of the output
   * @param interpolation where the new elements come from
   */
  record Resizing(Window.Size size, UpSampling2D.Interpolation interpolation)
      implements ReshapingLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.of(size.height(), size.width(), Shapes.featureMap(inputs).channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.resizing(this, context);
    }
  }

  /**
   * Zeros around a feature map.
   *
   * @param top rows above, at least 0
   * @param bottom rows below, at least 0
   * @param left columns before, at least 0
   * @param right columns behind, at least 0
   */
  record ZeroPadding2D(int top, int bottom, int left, int right) implements ReshapingLayer {
    /** Checks the ranges. */
    public ZeroPadding2D {
      if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
        throw new IllegalArgumentException("padding cannot be negative");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.addExact(input.extent(0), Math.addExact(top, bottom)),
          Math.addExact(input.extent(1), Math.addExact(left, right)),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.zeroPadding2D(this, context);
    }
  }

  /**
   * A feature map enlarged by whole factors.
   *
   * @param factor how many times as high and as wide the output is
   * @param interpolation where the new elements come from
   */
  record UpSampling2D(Window.Size factor, Interpolation interpolation) implements ReshapingLayer {

    /** Where the elements of an enlarged feature map come from. */
    public enum Interpolation {
      /** Each element is repeated. */
      NEAREST,

      /**
       * From the four elements around, by distance. Elements are squares that are measured from
       * their centres (half-pixel centres); beyond the outermost centres nothing changes.
       */
      BILINEAR
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Shapes.featureMap(inputs);
      return Shape.of(
          Math.multiplyExact(input.extent(0), factor.height()),
          Math.multiplyExact(input.extent(1), factor.width()),
          input.channels());
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.upSampling2D(this, context);
    }
  }
}

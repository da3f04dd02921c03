package io.unmask.network;

import java.util.List;

/** Products of what other layers put out, as attention needs them. Members of {@link Layer} too. */
public interface ProductLayers {

  /** Any of these. */
  sealed interface ProductLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link MatrixProduct}. */
    default R matrixProduct(MatrixProduct layer, C context) {
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
    R matrixProduct(MatrixProduct layer, C context);
  }

  /**
   * The matrix products of two inputs {@code [..., row, inner]} and {@code [..., inner, column]},
   * whose extents before these are the same: one product for each of them, such as each head of an
   * attention. Puts out {@code [..., row, column]}.
   */
  record MatrixProduct() implements ProductLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 2, 2);
      Shape left = inputs.get(0);
      Shape right = inputs.get(1);
      int rank = left.rank();
      boolean fits = rank >= 2 && right.rank() == rank;
      for (int axis = 0; fits && axis < rank - 2; axis++) {
        fits = left.extent(axis) == right.extent(axis);
      }
      if (!fits || left.extent(rank - 1) != right.extent(rank - 2)) {
        throw new IllegalArgumentException("cannot multiply matrices of shapes " + inputs);
      }
      return left.with(rank - 1, right.extent(rank - 1));
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.matrixProduct(this, context);
    }
  }
}

package io.unmask.network;

import java.util.List;

/**
 * Layers that look at one element at a time, of one input or of several. Each is a member of {@link
 * Layer} too.
 */
public interface ElementwiseLayers {

  /** Any of these. */
  sealed interface ElementwiseLayer extends Layer {}

  /**
   * A method for each of these kinds, which refuses it unless it is overridden.
   *
   * @param <C> what the caller passes along
   * @param <R> what comes back
   */
  interface Visitor<C, R> extends LayerFallback<C, R> {
    /** Visits a {@link Activate}. */
    default R activate(Activate layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link PRelu}. */
    default R pRelu(PRelu layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Add}. */
    default R add(Add layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Multiply}. */
    default R multiply(Multiply layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Maximum}. */
    default R maximum(Maximum layer, C context) {
      return other(layer, context);
    }

    /** Visits a {@link Dropout}. */
    default R dropout(Dropout layer, C context) {
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
    R activate(Activate layer, C context);

    @Override
    R pRelu(PRelu layer, C context);

    @Override
    R add(Add layer, C context);

    @Override
    R multiply(Multiply layer, C context);

    @Override
    R maximum(Maximum layer, C context);

    @Override
    R dropout(Dropout layer, C context);
  }

  /** An activation on its own. */
  record Activate(Activation activation) implements ElementwiseLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.activate(this, context);
    }
  }

  /**
   * A rectifier whose slope below 0 is learned.
   *
   * @param alpha the slopes, of the input's rank, with extent 1 along the axes that share one
   */
  record PRelu(Weights alpha) implements ElementwiseLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      if (!Shapes.broadcast(List.of(inputs.get(0), alpha.shape())).equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "slopes of shape " + alpha.shape() + " do not fit an input of " + inputs.get(0));
      }
      return inputs.get(0);
    }

    @Override
    public List<Weights> weights() {
      return List.of(alpha);
    }

    @Override
    public List<String> weightNames() {
      return List.of("alpha");
    }

    @Override
    public Layer withWeights(List<Weights> replacements) {
      Shapes.likewise(weights(), replacements);
      return new PRelu(replacements.get(0));
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.pRelu(this, context);
    }
  }

  /** The sum of two or more inputs; extents of 1 are repeated. */
  record Add() implements ElementwiseLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.add(this, context);
    }
  }

  /** The product of two or more inputs; extents of 1 are repeated. */
  record Multiply() implements ElementwiseLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.multiply(this, context);
    }
  }

  /** The largest of two or more inputs, element by element; extents of 1 are repeated. */
  record Maximum() implements ElementwiseLayer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shapes.broadcast(inputs);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.maximum(this, context);
    }
  }

  /**
   * Dropout: nothing at inference, so that only training looks at it.
   *
   * @param rate the share of elements dropped in training, in [0, 1)
   * @param spatial whether whole channels are dropped
   */
  record Dropout(double rate, boolean spatial) implements ElementwiseLayer {
    /** Checks the range. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException("a dropout rate lies in [0, 1), not " + rate);
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shapes.count(inputs, 1, 1);
      return inputs.get(0);
    }

    @Override
    public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
      return visitor.dropout(this, context);
    }
  }
}

package io.unmask.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of shape inference that layers share. Messages complete "layer 'x': ...". */
final class Shapes {

  private Shapes() {}

  static void count(List<Shape> inputs, int least, int most) {
    if (inputs.size() < least || inputs.size() > most) {
      throw new IllegalArgumentException(
          "takes "
              + (least == most ? least : "at least " + least)
              + " input(s), but has "
              + inputs.size());
    }
  }

  static void rank(String what, Shape shape, int rank) {
    if (shape.rank() != rank) {
      throw new IllegalArgumentException(
          what + " must have " + rank + " axes, but has shape " + shape);
    }
  }

  static Shape featureMap(List<Shape> inputs) {
    count(inputs, 1, 1);
    rank("the input", inputs.get(0), 3);
    return inputs.get(0);
  }

  static void channels(Shape input, int expected) {
    if (input.rank() == 0 || input.channels() != expected) {
      throw new IllegalArgumentException(
          "its weights are for " + expected + " channels, but the input has shape " + input);
    }
  }

  static void kernel(Weights kernel, Window window) {
    rank("the kernel", kernel.shape(), 4);
    if (kernel.shape().extent(0) != window.size().height()
        || kernel.shape().extent(1) != window.size().width()) {
      throw new IllegalArgumentException(
          "a kernel of shape " + kernel.shape() + " does not fit a window of " + window.size());
    }
  }

  static void vector(String what, @Nullable Weights weights, int size) {
    if (weights != null && !weights.shape().equals(Shape.of(size))) {
      throw new IllegalArgumentException(
          what + " has shape " + weights.shape() + ", expected " + Shape.of(size));
    }
  }

  static void likewise(List<Weights> weights, List<Weights> replacements) {
    List<Shape> expected = weights.stream().map(Weights::shape).toList();
    List<Shape> found = replacements.stream().map(Weights::shape).toList();
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "weights of shapes " + found + " cannot replace those of " + expected);
    }
  }

  static Shape slide(Shape input, Window window, int channels) {
    return Shape.of(
        window.rows(input.extent(0)).output(), window.columns(input.extent(1)).output(), channels);
  }

  static Shape global(Shape input, boolean keepAxes) {
    return keepAxes ? Shape.of(1, 1, input.channels()) : Shape.of(input.channels());
  }

  static Shape broadcast(List<Shape> inputs) {
    count(inputs, 2, Integer.MAX_VALUE);
    Shape result = inputs.get(0);
    for (Shape other : inputs.subList(1, inputs.size())) {
      if (other.rank() != result.rank()) {
        throw new IllegalArgumentException("cannot combine shapes " + inputs);
      }
      for (int axis = 0; axis < result.rank(); axis++) {
        int here = result.extent(axis);
        int there = other.extent(axis);
        if (here != there && here != 1 && there != 1) {
          throw new IllegalArgumentException("cannot combine shapes " + inputs);
        }
        result = result.with(axis, Math.max(here, there));
      }
    }
    return result;
  }

  static Shape concatenate(List<Shape> inputs, int axis) {
    count(inputs, 1, Integer.MAX_VALUE);
    Shape first = inputs.get(0);
    if (axis < 0 || axis >= first.rank()) {
      throw new IllegalArgumentException("there is no axis " + axis + " in shape " + first);
    }
    int total = 0;
    for (Shape shape : inputs) {
      if (shape.rank() != first.rank() || !shape.with(axis, 1).equals(first.with(axis, 1))) {
        throw new IllegalArgumentException("cannot join shapes " + inputs + " along axis " + axis);
      }
      total = Math.addExact(total, shape.extent(axis));
    }
    return first.with(axis, total);
  }
}

package io.unmask.keras.layers;

import io.unmask.network.Shape;
import java.util.List;

/**
 * A variable that a layer's config asks for.
 *
 * @param names what Keras calls it, the first being today's name
 * @param shape its shape by config and input
 * @param read whether its numbers are asked for; others must only be there, and come last
 */
public record Variable(List<String> names, Shape shape, boolean read) {

  public Variable(List<String> names, Shape shape) {
    this(names, shape, true);
  }

  public static Variable of(String name, Shape shape) {
    return new Variable(List.of(name), shape);
  }

  /** A variable that inference does without. */
  static Variable unread(String name, Shape shape) {
    return new Variable(List.of(name), shape, false);
  }

  public String name() {
    return names.get(0);
  }
}

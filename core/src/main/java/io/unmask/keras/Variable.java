package io.unmask.keras;

import io.unmask.network.Shape;
import java.util.List;

/**
 * A variable that a layer's config asks for.
 *
 * @param names what Keras calls it, the first being today's name
 * @param shape its shape by config and input
 */
record Variable(List<String> names, Shape shape) {

  static Variable of(String name, Shape shape) {
    return new Variable(List.of(name), shape);
  }

  String name() {
    return names.get(0);
  }
}

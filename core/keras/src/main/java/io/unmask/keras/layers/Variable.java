package io.unmask.keras.layers;

import io.unmask.network.Shape;
import java.util.List;
import java.util.Set;

/**
 * A variable that a layer's config asks for.
 *
 * @param names what Keras calls it, the first being today's name
 * @param shape its shape by config and input
 * @param read whether its numbers are asked for; others must only be there, and come last
 */
public record Variable(List<String> names, Shape shape, boolean read) {

  private static final Set<String> STATISTICS =
      Set.of("moving_mean", "moving_variance", "mean", "variance", "count");

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

  /** Whether training changes it, and not only what comes in or what was adapted. */
  public boolean isTrained() {
    return !STATISTICS.contains(name());
  }

  public String name() {
    return names.get(0);
  }
}

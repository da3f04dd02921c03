package io.unmask.keras.write;

import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer of a model that is to be written, with each of its uses. Compared by identity. A nested
 * model is a layer too.
 */
final class WrittenLayer {

  /**
   * What one use of a layer puts out.
   *
   * @param layer the layer
   * @param call which of its uses, from 0
   * @param shape without the batch
   */
  record Use(WrittenLayer layer, int call, Shape shape) {}

  private final String name;
  private final Layer layer;
  private final @Nullable WrittenModel nested;
  private final List<List<Use>> calls = new ArrayList<>();

  private WrittenLayer(String name, Layer layer, @Nullable WrittenModel nested) {
    this.name = name;
    this.layer = layer;
    this.nested = nested;
  }

  static WrittenLayer of(String name, Layer layer) {
    return new WrittenLayer(name, layer, null);
  }

  /** A nested model; its input layer stands for its layer. */
  static WrittenLayer of(String name, WrittenModel nested) {
    return new WrittenLayer(name, nested.input().layer(), nested);
  }

  /** Uses the layer once more, on what the given uses put out. */
  Use call(List<Use> inputs, Shape output) {
    calls.add(List.copyOf(inputs));
    return new Use(this, calls.size() - 1, output);
  }

  String name() {
    return name;
  }

  Layer layer() {
    return layer;
  }

  @Nullable WrittenModel nested() {
    return nested;
  }

  /** What each use reads. */
  List<List<Use>> calls() {
    return calls;
  }

  boolean isInput() {
    return nested == null && layer instanceof Layer.Input;
  }
}

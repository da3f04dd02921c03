package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.List;

/** Products of two vectors or of two matrices. */
final class MatrixProducts implements LayerFamily {

  @Override
  public List<String> classes() {
    return List.of("Dot");
  }

  @Override
  public int build(LayerCall call) {
    return call.layer().className().equals("Dot") ? dot(call) : UNKNOWN;
  }

  /** {@code x @ y}, the batch not counted. */
  static int operation(LayerCall call, String name) {
    List<Integer> inputs = call.inputs();
    Json keywords = call.keywords();
    boolean turned =
        ConfigValues.truth(keywords.find("transpose_a"), false)
            || ConfigValues.truth(keywords.find("transpose_b"), false);
    if (turned || inputs.size() != 2 || call.shape(inputs.get(0)).rank() < 2) {
      throw Arithmetic.unsupported(name);
    }
    return call.add(new Layer.MatrixProduct());
  }

  private static int dot(LayerCall call) {
    List<Integer> inputs = call.inputs();
    if (inputs.size() != 2 || ConfigValues.truth(call.config("normalize"), false)) {
      throw unsupported();
    }
    Shape left = call.shape(inputs.get(0));
    Shape right = call.shape(inputs.get(1));
    if (left.rank() == 1 && left.equals(right)) {
      return ofVectors(call, left);
    }
    if (left.rank() == 2 && right.rank() == 2) {
      return ofMatrices(call, left, right);
    }
    throw unsupported();
  }

  private static UnsupportedException unsupported() {
    return new UnsupportedException(
        "only the plain product of two vectors of one size, or of two matrices, is supported;"
            + " rebuild the model with Multiply and others");
  }

  /** The sum of the products of two vectors, as their mean times their number. */
  private static int ofVectors(LayerCall call, Shape vector) {
    int product = call.addBefore("product", new Layer.Multiply(), call.inputs());
    Layer column = new Layer.Reshape(Shape.of(vector.size(), 1, 1));
    int seen = call.addBefore("column", column, List.of(product));
    int mean = call.addBefore("mean", new Layer.GlobalAveragePooling2D(false), List.of(seen));
    return call.add(
        new Layer.Rescaling(List.of((double) vector.size()), List.of(0.0)), List.of(mean));
  }

  /** The axes that are summed over become the last of the first and the first of the second. */
  private static int ofMatrices(LayerCall call, Shape left, Shape right) {
    Json axes = call.config("axes");
    List<Json> given = axes.isArray() ? axes.elements() : List.of(axes, axes);
    if (given.size() != 2) {
      throw axes.unexpected("an axis or two");
    }
    int first = call.inputs().get(0);
    int second = call.inputs().get(1);
    Layer turn = new Layer.Permute(List.of(1, 0));
    if (call.axis(given.get(0), left.rank()) == 0) {
      first = call.addBefore("first", turn, List.of(first));
    }
    if (call.axis(given.get(1), right.rank()) == 1) {
      second = call.addBefore("second", turn, List.of(second));
    }
    return call.add(new Layer.MatrixProduct(), List.of(first, second));
  }
}

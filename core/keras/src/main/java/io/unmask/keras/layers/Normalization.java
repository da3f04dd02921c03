package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ArrayConstant;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras's {@code Normalization}, {@code (x - mean) / max(sqrt(variance), 1e-7)}, as a rescaling.
 * Mean and variance are in the config, or, where Keras learned them with {@code adapt}, among the
 * weights, and then with a count of no use here.
 */
final class Normalization implements LayerFamily {

  /** {@code keras.config.epsilon()}. */
  private static final double LEAST_DEVIATION = 1e-7;

  @Override
  public List<String> classes() {
    return List.of("Normalization");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Normalization" -> normalization(call);
      default -> UNKNOWN;
    };
  }

  private static int normalization(LayerCall call) {
    Shape shape = statistics(call);
    double[] means;
    double[] variances;
    if (call.config("mean").isNull()) {
      List<Weights> weights =
          call.weights(
              List.of(
                  Variable.of("mean", shape),
                  Variable.of("variance", shape),
                  Variable.unread("count", Shape.of())));
      means = numbers(weights.get(0));
      variances = numbers(weights.get(1));
    } else {
      means = numbers(call.config("mean"), shape.size());
      variances = numbers(call.config("variance"), shape.size());
    }
    boolean invert = ConfigValues.truth(call.config("invert"), false);
    List<Double> factors = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    for (int c = 0; c < means.length; c++) {
      double deviation = Math.max(Math.sqrt(variances[c]), LEAST_DEVIATION);
      factors.add(invert ? deviation : 1 / deviation);
      offsets.add(invert ? means[c] : -means[c] / deviation);
    }
    return call.add(new Layer.Rescaling(factors, offsets));
  }

  /** The shape of the statistics: one number a channel, or a single one. */
  private static Shape statistics(LayerCall call) {
    Shape input = call.inputShape();
    Json axis = call.config("axis");
    boolean single = axis.isNull() || (axis.isArray() && axis.elements().isEmpty());
    if (single) {
      return Shape.of();
    }
    if (call.axis(axis, input.rank()) != input.rank() - 1) {
      throw new UnsupportedException(
          "axis "
              + axis
              + " is not supported; supported are the last axis, the channels, and None, all alike");
    }
    return Shape.of(input.channels());
  }

  private static double[] numbers(Weights weights) {
    float[] values = weights.toArray();
    double[] numbers = new double[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return numbers;
  }

  /** One number for all or one for each, in lists that may be nested. */
  private static double[] numbers(Json value, int size) {
    List<Double> found = new ArrayList<>();
    collect(value, found);
    if (found.size() != 1 && found.size() != size) {
      throw value.unexpected(size + " number(s)");
    }
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = found.get(found.size() == 1 ? 0 : i);
    }
    return numbers;
  }

  private static void collect(Json value, List<Double> found) {
    if (ArrayConstant.is(value)) {
      collect(value.find("config").find("value"), found);
    } else if (value.isArray()) {
      value.elements().forEach(element -> collect(element, found));
    } else {
      found.add(ConfigValues.number(value));
    }
  }
}

package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Attention, put together of dense layers, products of matrices and a softmax. Nothing is masked,
 * which is how images are looked at.
 */
final class Attention implements LayerFamily {

  private static final List<String> MASKS =
      List.of("attention_mask", "query_mask", "value_mask", "key_mask");

  private static final List<String> FLAGS =
      List.of("use_causal_mask", "return_attention_scores", "training");

  @Override
  public List<String> classes() {
    return List.of("Attention", "MultiHeadAttention");
  }

  @Override
  public int build(LayerCall call) {
    return switch (call.layer().className()) {
      case "Attention" -> plain(call);
      case "MultiHeadAttention" -> new Heads(call).build();
      default -> UNKNOWN;
    };
  }

  /** Keras's {@code Attention}: the product of the query and the key weighs the value. */
  private static int plain(LayerCall call) {
    refuse(call, "use_scale", ConfigValues.truth(call.config("use_scale"), false));
    Json mode = call.config("score_mode");
    refuse(call, "score_mode " + mode, !mode.isNull() && !mode.string().equals("dot"));
    refuseMasks(call);
    List<Integer> inputs = call.inputs();
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw new DefectException("takes a query, a value and perhaps a key; save the model again");
    }
    for (int input : inputs) {
      sequence(call, input);
    }
    int key = inputs.get(inputs.size() - 1); // the value if there is no other
    int turned = call.addBefore("turned", new Layer.Permute(List.of(1, 0)), List.of(key));
    int weights = weights(call, inputs.get(0), turned);
    return call.add(new Layer.MatrixProduct(), List.of(weights, inputs.get(1)));
  }

  /** How much each place of the query heeds each of the key's, which sums up to 1. */
  private static int weights(LayerCall call, int query, int turnedKey) {
    int scores = call.addBefore("scores", new Layer.MatrixProduct(), List.of(query, turnedKey));
    return call.addBefore("weights", new Layer.Activate(new Activation.Softmax()), List.of(scores));
  }

  private static Shape sequence(LayerCall call, int node) {
    Shape shape = call.shape(node);
    if (shape.rank() != 2) {
      throw new UnsupportedException(
          "inputs of shape %s are not supported, but (place, channel) are; reshape them before"
              .formatted(shape));
    }
    return shape;
  }

  private static void refuse(LayerCall call, String what, boolean refused) {
    if (refused) {
      throw new UnsupportedException(
          "%s of %s is not supported; build the model without it"
              .formatted(what, call.layer().className()));
    }
  }

  private static void refuseMasks(LayerCall call) {
    Json keywords = call.keywords();
    for (String mask : MASKS) {
      refuse(call, mask, !keywords.find(mask).isNull());
    }
    for (String flag : FLAGS) {
      refuse(call, flag, ConfigValues.truth(keywords.find(flag), false));
    }
  }

  /** Keras's {@code MultiHeadAttention}. */
  private static final class Heads {

    private final LayerCall call;
    private final int heads;
    private final int keySize;
    private final int valueSize;
    private final boolean biased;

    Heads(LayerCall call) {
      this.call = call;
      this.heads = call.config("num_heads").integer();
      this.keySize = call.config("key_dim").integer();
      Json value = call.config("value_dim");
      this.valueSize = value.isNull() ? keySize : value.integer();
      this.biased = ConfigValues.truth(call.config("use_bias"), true);
    }

    int build() {
      refuse(call, "use_gate", ConfigValues.truth(call.config("use_gate"), false));
      refuse(call, "sliding_window", !call.config("sliding_window").isNull());
      refuseMasks(call);
      Map<String, Integer> inputs = named();
      int query = call.inputs().get(0);
      query = inputs.getOrDefault("query", query);
      int value = inputs.getOrDefault("value", query);
      int key = inputs.getOrDefault("key", value);
      Json axes = call.config("attention_axes");
      refuse(call, "attention_axes " + axes, !axes.isNull() && call.axis(axes, 2) != 0);
      int queries = head("query", query, keySize, List.of(1, 0, 2));
      int keys = head("key", key, keySize, List.of(1, 2, 0));
      int values = head("value", value, valueSize, List.of(1, 0, 2));
      Layer root = new Layer.Rescaling(List.of(1 / Math.sqrt(keySize)), List.of(0.0));
      int scaled = call.addBefore("scaled", root, List.of(queries));
      int weights = weights(call, scaled, keys);
      int seen = call.addBefore("seen", new Layer.MatrixProduct(), List.of(weights, values));
      int places = call.shape(query).extent(0);
      int together = call.addBefore("together", new Layer.Permute(List.of(1, 0, 2)), List.of(seen));
      Shape row = Shape.of(places, heads * valueSize);
      int rows = call.addBefore("rows", new Layer.Reshape(row), List.of(together));
      return call.add(output(call.shape(query).channels()), List.of(rows));
    }

    /** One head's part of a dense layer for each head, its axes in the order of its use. */
    private int head(String name, int input, int size, List<Integer> order) {
      Shape sequence = sequence(call, input);
      int channels = sequence.channels();
      List<Variable> variables = new ArrayList<>();
      variables.add(Variable.of("kernel", Shape.of(channels, heads, size)));
      if (biased) {
        variables.add(Variable.of("bias", Shape.of(heads, size)));
      }
      List<Weights> weights = call.weights(name, name + "_dense", variables);
      int dense =
          call.addBefore(name, dense(weights, Shape.of(channels, heads * size)), List.of(input));
      Layer apart = new Layer.Reshape(Shape.of(sequence.extent(0), heads, size));
      int heads = call.addBefore(name + "_heads", apart, List.of(dense));
      return call.addBefore(name + "_turned", new Layer.Permute(order), List.of(heads));
    }

    private Layer output(int channels) {
      Json given = call.config("output_shape");
      int units = channels;
      if (!given.isNull()) {
        List<Json> extents = given.isArray() ? given.elements() : List.of(given);
        refuse(call, "output_shape " + given, extents.size() != 1);
        units = extents.get(0).integer();
      }
      List<Variable> variables = new ArrayList<>();
      variables.add(Variable.of("kernel", Shape.of(heads, valueSize, units)));
      if (biased) {
        variables.add(Variable.of("bias", Shape.of(units)));
      }
      List<Weights> weights = call.weights("attention_output", "output_dense", variables);
      return dense(weights, Shape.of(heads * valueSize, units));
    }

    private Layer dense(List<Weights> weights, Shape kernel) {
      return new Layer.Dense(
          call.reshaped(weights.get(0), kernel),
          biased ? call.reshaped(weights.get(1), Shape.of(kernel.channels())) : null,
          Activations.LINEAR);
    }

    /** The nodes by what they are for: those without a name in the order of Keras, then others. */
    private Map<String, Integer> named() {
      List<String> names = List.of("query", "value", "key");
      List<String> keywords =
          call.keywords().keys().stream()
              .filter(name -> names.contains(name) && call.keywords().has(name))
              .toList();
      List<Integer> inputs = call.inputs();
      int positional = inputs.size() - keywords.size();
      if (inputs.isEmpty() || inputs.size() > names.size() || positional < 0) {
        throw new DefectException("takes a query, a value and perhaps a key; save the model again");
      }
      Map<String, Integer> named = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        named.put(i < positional ? names.get(i) : keywords.get(i - positional), inputs.get(i));
      }
      if (named.size() != inputs.size() || !named.containsKey("query")) {
        throw new DefectException("is given one input twice; save the model again");
      }
      return named;
    }
  }
}

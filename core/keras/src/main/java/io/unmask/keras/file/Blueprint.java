package io.unmask.keras.file;

import io.unmask.json.Json;
import io.unmask.keras.config.ConfigParser;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.config.Generation;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.layers.GraphBuilder;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Network;
import java.nio.charset.StandardCharsets;

/**
 * A model without its weights, as Keras's {@code to_json} writes it.
 *
 * @param name what messages call it
 * @param text the JSON
 */
public record Blueprint(String name, String text) {

  /** Stands in the text for the number of classes, where that is left open. */
  private static final String CLASSES = "987654";

  /** Finds out whether it is one, as far as that shows without its weights. */
  public void check() {
    ConfigParser.parse(json(text));
  }

  /** Whether the weights say how many classes it tells apart. */
  boolean open() {
    return text.contains(CLASSES);
  }

  /** The model, of so many classes where that is left open. A single one has a sigmoid. */
  public ModelConfig model(int classes) {
    String filled = text;
    if (open()) {
      filled = filled.replace(CLASSES, Integer.toString(classes));
      filled = classes == 1 ? filled.replace("\"softmax\"", "\"sigmoid\"") : filled;
    }
    return ConfigParser.parse(json(filled));
  }

  /** The model with weights that somebody makes. */
  public Network fresh(int classes, WeightSource weights) {
    return GraphBuilder.build(model(classes), weights, this::generation, null);
  }

  /** Which Keras wrote it. */
  public Generation generation() {
    Json version = json(text).find("keras_version");
    return version.isString() ? Generation.of(version.string()) : Generation.UNKNOWN;
  }

  private Json json(String filled) {
    return ConfigValues.object(filled.getBytes(StandardCharsets.UTF_8), name);
  }
}

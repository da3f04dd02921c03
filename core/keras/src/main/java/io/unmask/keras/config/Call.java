package io.unmask.keras.config;

import io.unmask.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A use of a layer.
 *
 * @param operands what it is called with
 * @param training whether it is called as in training
 * @param arguments what it is called with as the file has it, for what is no operand
 */
public record Call(List<Operand> operands, boolean training, Json arguments) {

  public static final Json NO_KEYWORDS = Json.parse("{}".getBytes(StandardCharsets.UTF_8));

  /** What it is called with by name; an object, which may be empty. */
  public Json keywords() {
    Json keywords = arguments.find("kwargs");
    if (arguments.isArray() && !arguments.elements().isEmpty()) { // Keras 2: behind the tensor
      Json first = arguments.elements().get(0);
      List<Json> parts = (first.isArray() ? first : arguments).elements();
      keywords = parts.size() > 3 ? parts.get(3) : keywords;
    }
    return keywords.isObject() ? keywords : NO_KEYWORDS;
  }
}

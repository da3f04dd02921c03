package io.unmask.keras;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads JSON text into a tree, to a limited depth. */
final class JsonReader {

  /** Keras needs about four levels a nested model. */
  private static final int MAX_DEPTH = 256;

  private JsonReader() {}

  /** The object that the text holds. */
  static Json object(byte[] text, String what) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (JsonParser parser = factory.createParser(text)) {
      parser.nextToken();
      Json json = value(parser);
      if (!json.isObject()) {
        throw new DefectException(
            what + " should hold a JSON object, but is " + json + "; save the model again");
      }
      return json;
    } catch (IOException e) {
      throw new DefectException(
          what
              + " is not the JSON that was expected ("
              + reason(e)
              + "); the file is damaged: copy or save it again",
          e);
    }
  }

  private static String reason(IOException e) {
    String message =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    return Objects.requireNonNullElse(message, "unreadable").lines().findFirst().orElse("empty");
  }

  private static Json value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new java.io.EOFException("it is empty");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
          parser.nextToken();
          fields.put(key, value(parser));
        }
        yield new Json(fields);
      }
      case START_ARRAY -> {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield new Json(elements);
      }
      case VALUE_STRING -> new Json(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json(number(parser));
      case VALUE_TRUE -> new Json(true);
      case VALUE_FALSE -> new Json(false);
      case VALUE_NULL -> Json.NULL;
      default -> throw new IOException("unexpected " + token);
    };
  }

  private static Number number(JsonParser parser) throws IOException {
    JsonParser.NumberType type = parser.getNumberType();
    if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
      return parser.getLongValue();
    }
    return parser.getDoubleValue();
  }
}

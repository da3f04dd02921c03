package io.unmask.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From bytes to maps, lists, strings, numbers, truth values and nulls. */
final class JsonParsing {

  /** Keras's configurations nest about four levels a nested model. */
  private static final int MAX_DEPTH = 256;

  /** A value takes up to fifty times the memory that its text takes. */
  private static final int MAX_VALUES = 1_000_000;

  private final JsonParser parser;
  private int values;

  private JsonParsing(JsonParser parser) {
    this.parser = parser;
  }

  static @Nullable Object parse(byte[] document) {
    try (JsonParser parser = factory().createParser(document)) {
      if (parser.nextToken() == null) {
        throw new JsonException("empty, expected JSON");
      }
      Object value = new JsonParsing(parser).value();
      if (parser.nextToken() != null) {
        throw new JsonException("more text behind the end of the JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new JsonException("not well-formed JSON: " + oneLine(e), e);
    } catch (IOException e) { // of the decoder, which takes zeros for another encoding than UTF-8
      throw new JsonException("not JSON in UTF-8: " + e.getMessage(), e);
    }
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        // Python writes NaN and Infinity.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
        .build();
  }

  private @Nullable Object value() throws IOException {
    if (++values > MAX_VALUES) {
      throw new JsonException(String.format(Locale.ROOT, "more than %,d values", MAX_VALUES));
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private Map<String, @Nullable Object> object() throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      members.put(key, value());
    }
    return Collections.unmodifiableMap(members);
  }

  private List<@Nullable Object> array() throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value());
    }
    return Collections.unmodifiableList(elements);
  }

  private static Number integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }

  private static String oneLine(JsonProcessingException e) {
    var location = e.getLocation();
    String place =
        location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    String message =
        e instanceof JsonEOFException
            ? "it ends too early"
            : e.getOriginalMessage()
                .replaceAll("\\s+", " ")
                .replaceAll(
                    "\\[Source: .*?; line: (\\d+), column: (\\d+)\\]", "line $1, column $2");
    return message + place;
  }
}

package io.unmask.json;

import io.unmask.error.ModelFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON document that remembers where it stands, so that a message can say {@code
 * model.keras: config.json: layers[3].config.filters should be an integer, but is "x"}. Immutable.
 *
 * <p>Every accessor throws {@link ModelFormatException} if the value is of another kind.
 */
public final class Json {

  private final String source;
  private final String path;
  private final @Nullable Object value;

  Json(String source, String path, @Nullable Object value) {
    this.source = source;
    this.path = path;
    this.value = value;
  }

  /**
   * Parses a document in UTF-8.
   *
   * @param document the bytes
   * @param source what the document is called in messages, such as the file's path
   * @throws ModelFormatException if it is not well formed, nests too deeply or repeats a key
   */
  public static Json parse(byte[] document, String source) {
    return new Json(source, "", JsonParsing.parse(document, source));
  }

  /** Where the value stands, such as {@code layers[3].config}; empty for the document itself. */
  public String path() {
    return path;
  }

  /** Whether this is {@code null}. */
  public boolean isNull() {
    return value == null;
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return value instanceof Map;
  }

  /** Whether this is an array. */
  public boolean isArray() {
    return value instanceof List;
  }

  /** Whether this is a string. */
  public boolean isString() {
    return value instanceof String;
  }

  /** Whether this is a number. */
  public boolean isNumber() {
    return value instanceof Number;
  }

  /** Whether this is {@code true} or {@code false}. */
  public boolean isBoolean() {
    return value instanceof Boolean;
  }

  /** The keys of an object, in the document's order. */
  public Set<String> keys() {
    return map().keySet();
  }

  /** Whether an object has the key, with a value other than {@code null}. */
  public boolean has(String key) {
    return map().get(key) != null;
  }

  /** The member of an object, which must be there; it may be {@code null}. */
  public Json get(String key) {
    if (!map().containsKey(key)) {
      throw new ModelFormatException(
          prefix() + "'" + key + "' is missing" + (path.isEmpty() ? "" : " in " + path));
    }
    return child(key);
  }

  /** The member of an object; a {@code null} value if it is not there. */
  public Json find(String key) {
    map();
    return child(key);
  }

  /** The elements of an array. */
  public List<Json> elements() {
    if (!(value instanceof List<?> list)) {
      throw unexpected("an array");
    }
    List<Json> elements = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      elements.add(new Json(source, path + "[" + i + "]", list.get(i)));
    }
    return elements;
  }

  /** The string. */
  public String string() {
    if (value instanceof String string) {
      return string;
    }
    throw unexpected("a string");
  }

  /** The truth value. */
  public boolean bool() {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw unexpected("true or false");
  }

  /** The number, which may be infinite or NaN, as Python writes them. */
  public double number() {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw unexpected("a number");
  }

  /** The number, which must be whole and fit an {@code int}; {@code 3.0} counts as whole. */
  public int integer() {
    if (value instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw unexpected("an integer");
  }

  /** An exception that says where this stands, what was expected there and what was found. */
  public ModelFormatException unexpected(String expected) {
    return unexpected(expected, "is " + shown());
  }

  /**
   * An exception that says where this stands and what was expected there.
   *
   * @param found what was found, such as {@code has 'colour'}
   */
  public ModelFormatException unexpected(String expected, String found) {
    String where = path.isEmpty() ? "the document" : path;
    return new ModelFormatException(prefix() + where + " should be " + expected + ", but " + found);
  }

  /** The value in JSON's notation, shortened to what fits a message. */
  @Override
  public String toString() {
    return shown();
  }

  private Json child(String key) {
    return new Json(source, path.isEmpty() ? key : path + "." + key, map().get(key));
  }

  private Map<String, @Nullable Object> map() {
    if (value instanceof Map<?, ?> map) {
      // The parser makes no other maps.
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
      return members;
    }
    throw unexpected("an object");
  }

  private String prefix() {
    return source + ": ";
  }

  private String shown() {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List<?> list) {
      return list.size() > 4 ? "an array of " + list.size() : elements().toString();
    }
    if (value instanceof String string) {
      String oneLine = string.replaceAll("\\p{Cntrl}", " ");
      return '"' + (oneLine.length() > 60 ? oneLine.substring(0, 60) + "..." : oneLine) + '"';
    }
    return String.valueOf(value);
  }
}

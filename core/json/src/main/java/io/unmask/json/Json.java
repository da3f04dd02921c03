package io.unmask.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON document that remembers where it stands, so that a message can say {@code
 * layers[3].config.filters should be an integer, but is "x"}. Immutable.
 *
 * <p>Every accessor throws {@link JsonException} if the value is of another kind.
 */
public final class Json {

  /** The value of a key that is not there. */
  private static final Object ABSENT = new Object();

  private final @Nullable Json parent;

  /** The key or index in the parent, which its path is made of when somebody asks for it. */
  private final Object key;

  private final @Nullable Object value;

  private Json(@Nullable Json parent, Object key, @Nullable Object value) {
    this.parent = parent;
    this.key = key;
    this.value = value;
  }

  /**
   * Parses a document in UTF-8.
   *
   * @throws JsonException if it is not well formed, nests too deeply, repeats a key, or holds more
   *     than a million values
   */
  public static Json parse(byte[] document) {
    return new Json(null, "", JsonParsing.parse(document));
  }

  /**
   * An object that was not parsed.
   *
   * @param members strings, numbers, truth values, nulls, and lists and maps of these
   */
  public static Json of(Map<String, ? extends @Nullable Object> members) {
    return new Json(null, "", members);
  }

  /**
   * The value itself: a string, a number, a truth value, {@code null}, or an unmodifiable list or
   * map of these.
   */
  public @Nullable Object value() {
    return isNull() ? null : value;
  }

  /** Where the value stands, such as {@code layers[3].config}; empty for the document itself. */
  public String path() {
    if (parent == null) {
      return "";
    }
    String outer = parent.path();
    if (key instanceof Integer) {
      return outer + "[" + key + "]";
    }
    return outer.isEmpty() ? key.toString() : outer + "." + key;
  }

  /** Whether this is {@code null}, or not there at all. */
  public boolean isNull() {
    return value == null || value == ABSENT;
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
      throw new JsonException("'" + key + "' is missing" + (parent == null ? "" : " in " + path()));
    }
    return child(key, map().get(key));
  }

  /** The member of an object; a {@code null} value if it is not there, or this is no object. */
  public Json find(String key) {
    return child(key, value instanceof Map && keys().contains(key) ? map().get(key) : ABSENT);
  }

  /** The elements of an array. */
  public List<Json> elements() {
    if (!(value instanceof List<?> list)) {
      throw unexpected("an array");
    }
    List<Json> elements = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      elements.add(new Json(this, i, list.get(i)));
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
  public JsonException unexpected(String expected) {
    return unexpected(expected, "is " + shown());
  }

  /**
   * An exception that says where this stands and what was expected there.
   *
   * @param found what was found, such as {@code has 'colour'}
   */
  public JsonException unexpected(String expected, String found) {
    String where = parent == null ? "the document" : path();
    return new JsonException(where + " should be " + expected + ", but " + found);
  }

  /**
   * The value as a document with indented lines, which end in a line feed each.
   *
   * @throws IllegalArgumentException if it is made of something else than {@link #of} says
   */
  public String toDocument() {
    return JsonWriting.document(value()) + "\n";
  }

  /** The value in JSON's notation, shortened to what fits a message. */
  @Override
  public String toString() {
    return shown();
  }

  private Json child(String key, @Nullable Object member) {
    return new Json(this, key, member);
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

  private String shown() {
    if (value == ABSENT) {
      return "missing";
    }
    if (value instanceof Map) {
      Json name = find("class_name"); // Keras's objects have one
      return name.isString() ? "an object of class " + name : "an object";
    }
    if (value instanceof List<?> list) {
      return list.size() > 8 ? "an array of " + list.size() : elements().toString();
    }
    if (value instanceof String string) {
      String oneLine = string.replaceAll("\\p{Cntrl}", " ");
      return '"' + (oneLine.length() > 60 ? oneLine.substring(0, 60) + "..." : oneLine) + '"';
    }
    return String.valueOf(value);
  }
}

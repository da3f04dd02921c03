package io.unmask.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value that says, when it is not what it should be, what it is and was expected
 * to be. A field that is missing reads as null.
 */
final class Json {

  static final Json NULL = new Json(null);

  /** A map, list, string, number, boolean or null. */
  private final @Nullable Object value;

  Json(@Nullable Object value) {
    this.value = value;
  }

  boolean isNull() {
    return value == null;
  }

  boolean isObject() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof List;
  }

  boolean isText() {
    return value instanceof String;
  }

  boolean isNumber() {
    return value instanceof Number;
  }

  /** The field of an object; null if it is missing or this is no object. */
  Json get(String key) {
    if (value instanceof Map<?, ?> fields && fields.get(key) instanceof Json field) {
      return field;
    }
    return NULL;
  }

  /** The values of an object's fields in their order, but for the named ones. */
  List<Json> valuesWithout(List<String> keys) {
    List<Json> values = new ArrayList<>();
    if (value instanceof Map<?, ?> fields) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        if (field.getValue() instanceof Json json && !keys.contains(field.getKey())) {
          values.add(json);
        }
      }
    }
    return values;
  }

  /** The elements of a list; the list holds nothing but {@code Json}. */
  List<Json> list(String what) {
    if (!(value instanceof List<?> elements)) {
      throw unlike(what, "a list");
    }
    List<Json> list = new ArrayList<>(elements.size());
    for (Object element : elements) {
      list.add((Json) element);
    }
    return list;
  }

  String text(String what) {
    if (value instanceof String text) {
      return text;
    }
    throw unlike(what, "a text");
  }

  boolean truth(String what, boolean fallback) {
    if (value == null) {
      return fallback;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw unlike(what, "true or false");
  }

  int integer(String what) {
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw unlike(what, "a whole number of at most " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  /** A number, which older versions also write as a wrapped NumPy scalar. */
  double number(String what) {
    if ("__numpy__".equals(get("class_name").value)) {
      return get("config").get("value").number(what);
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw unlike(what, "a finite number");
  }

  double number(String what, double fallback) {
    return value == null ? fallback : number(what);
  }

  DefectException unlike(String what, String expected) {
    return new DefectException(
        "'" + what + "' should be " + expected + ", but is " + this + "; save the model again");
  }

  /** A short description for messages. */
  @Override
  public String toString() {
    if (value instanceof Map) {
      Json name = get("class_name");
      return name.isText() ? "an object of class " + name : "an object";
    }
    if (value instanceof List<?> list) {
      return list.size() > 8 ? "a list of " + list.size() : list.toString();
    }
    if (value instanceof String text) {
      return '"' + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + '"';
    }
    return value == null ? "missing" : value.toString();
  }
}

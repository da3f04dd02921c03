package io.unmask.keras.config;

import io.unmask.json.Json;
import io.unmask.keras.fault.UnsupportedException;
import java.util.List;
import java.util.Set;

/**
 * Arrays in a call's arguments: {@code {"class_name": "__numpy__", "config": {"value": [...]}}}.
 */
public final class ArrayConstant {

  private static final Set<String> CLASSES = Set.of("__numpy__", "__tensor__");

  private ArrayConstant() {}

  public static boolean is(Json value) {
    Json name = value.isObject() ? value.find("class_name") : value;
    return value.isObject() && name.isString() && CLASSES.contains(name.string());
  }

  /** The array, of which only the last axis may have more than one element. */
  static Operand.Constant read(Json array) {
    return ofElements(array.find("config").find("value"));
  }

  /** Likewise, of the elements alone. */
  static Operand.Constant ofElements(Json array) {
    Json rest = array;
    int rank = 0;
    while (rest.isArray()) {
      rank++;
      List<Json> elements = rest.elements();
      if (elements.isEmpty() || !elements.get(0).isArray()) {
        return new Operand.Constant(elements.stream().map(ConfigValues::number).toList(), rank);
      }
      if (elements.size() != 1) {
        throw new UnsupportedException(
            "an array of constants has "
                + elements.size()
                + " elements along an axis that is not its last, the channels; supported are"
                + " numbers and one number a channel");
      }
      rest = elements.get(0);
    }
    return new Operand.Constant(List.of(ConfigValues.number(rest)), rank);
  }
}

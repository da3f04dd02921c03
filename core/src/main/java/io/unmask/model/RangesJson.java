package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.ActivationRanges.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ranges of a network's values in JSON: an object of two numbers for each. */
final class RangesJson {

  private RangesJson() {}

  /**
   * Reads ranges.
   *
   * @throws JsonException if one is not two numbers, the lower first
   */
  static ActivationRanges parse(Json json) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (String name : json.keys()) {
      ranges.put(name, range(json.get(name)));
    }
    return ActivationRanges.of(ranges);
  }

  private static Range range(Json json) {
    List<Json> ends = json.elements();
    if (ends.size() == 2) {
      float low = (float) ends.get(0).number();
      float high = (float) ends.get(1).number();
      if (Float.isFinite(low) && Float.isFinite(high) && low <= high) {
        return new Range(low, high);
      }
    }
    throw json.unexpected("two numbers, the lower first");
  }

  /** The members of the object. */
  static Map<String, Object> members(ActivationRanges ranges) {
    Map<String, Object> members = new LinkedHashMap<>();
    ranges
        .byNode()
        .forEach(
            (name, range) -> members.put(name, List.of(number(range.low()), number(range.high()))));
    return members;
  }

  /** The shortest decimal number that is read as the same float. */
  private static double number(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}

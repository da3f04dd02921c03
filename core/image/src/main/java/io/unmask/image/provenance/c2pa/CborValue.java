package io.unmask.image.provenance.c2pa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value of CBOR. What is asked for and is not there, or is of another kind, is empty. Immutable.
 *
 * @param value a {@link Long}, {@link Double}, {@link Boolean}, {@link String}, {@code byte[]}, a
 *     list or a map of such values, or null
 */
record CborValue(@Nullable Object value) {

  static final CborValue NONE = new CborValue(null);

  /** What a map holds under a key. */
  CborValue find(Object key) {
    return value instanceof Map<?, ?> map && map.get(key) instanceof CborValue found ? found : NONE;
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<byte[]> bytes() {
    return value instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
  }

  OptionalLong number() {
    return value instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  boolean isList() {
    return value instanceof List;
  }

  boolean isMap() {
    return value instanceof Map;
  }

  boolean isNull() {
    return value == null;
  }

  /** The elements of a list. */
  List<CborValue> elements() {
    if (value instanceof List<?> list) {
      return list.stream().map(CborValue.class::cast).toList(); // the parser makes no others
    }
    return List.of();
  }
}

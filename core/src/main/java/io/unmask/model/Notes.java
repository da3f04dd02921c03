package io.unmask.model;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says to people: texts, numbers and lists under names, which may be nested. No
 * verdict depends on them. Immutable; each {@code with} method returns another one.
 */
public final class Notes {

  /** None. */
  public static final Notes NONE = new Notes(Json.of(Map.of()));

  private static final int MAX_NOTES = 10_000;
  private static final int MAX_PATH = 1_000;

  /** An object, which does not remember where it stood in a document. */
  private final Json object;

  private Notes(Json object) {
    this.object = object;
  }

  /**
   * Those that are members of an object.
   *
   * @throws JsonException if they are too many, or have names that are too long
   */
  static Notes parse(Json json, Collection<String> keys) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String key : json.keys()) {
      if (keys.contains(key)) {
        members.put(key, json.get(key).value());
      }
    }
    return checked(members);
  }

  private static Notes checked(Map<String, @Nullable Object> members) {
    Notes notes = new Notes(Json.of(Collections.unmodifiableMap(members)));
    notes.byPath();
    return notes;
  }

  /**
   * These and a text, in place of what had that name.
   *
   * @throws IllegalArgumentException if they are more than 10,000, or a path has more than 1,000
   *     characters; here and below
   */
  public Notes with(String key, String text) {
    return put(key, text);
  }

  /** These and a number, in place of what had that name. */
  public Notes with(String key, double number) {
    return put(key, number);
  }

  /** These and a group of notes, in place of what had that name. */
  public Notes with(String key, Notes group) {
    return put(key, group.object.value());
  }

  private Notes put(String key, @Nullable Object value) {
    Map<String, @Nullable Object> members = copy(object);
    members.put(key, value);
    try {
      return checked(members);
    } catch (JsonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The notes of a group, if there is one of that name. */
  public Optional<Notes> group(String key) {
    Json group = object.find(key);
    return group.isObject() ? Optional.of(new Notes(Json.of(copy(group)))) : Optional.empty();
  }

  /** The names at the top, in order. */
  Iterable<String> keys() {
    return object.keys();
  }

  /** Whether there is something of this name at the top. */
  boolean has(String key) {
    return object.keys().contains(key);
  }

  /** What stands under a name at the top, as {@link Json#value} gives it. */
  @Nullable Object value(String key) {
    return object.get(key).value();
  }

  /** Each text, number or list, by its path, such as {@code figures.decision.rate}; in order. */
  public Map<String, String> byPath() {
    Map<String, String> notes = new LinkedHashMap<>();
    object.keys().forEach(key -> add(key, object.get(key), notes));
    return Collections.unmodifiableMap(notes);
  }

  /** Every leaf of a tree, by its path, which many leaves may share: so neither is endless. */
  private static void add(String path, Json json, Map<String, String> notes) {
    if (path.length() > MAX_PATH || notes.size() >= MAX_NOTES) {
      throw new JsonException(
          String.format(
              Locale.ROOT,
              "its notes should be at most %,d with names of at most %,d characters",
              MAX_NOTES,
              MAX_PATH));
    }
    if (json.isObject()) {
      json.keys().forEach(key -> add(path + "." + key, json.get(key), notes));
    } else {
      notes.put(path, json.isString() ? json.string() : json.toString());
    }
  }

  /** These, completed by others where they say nothing. */
  Notes orElse(Notes others) {
    return new Notes(Json.of(Collections.unmodifiableMap(merged(object, others.object))));
  }

  private static Map<String, @Nullable Object> merged(Json own, Json others) {
    Map<String, @Nullable Object> members = copy(others);
    for (String key : own.keys()) {
      Json value = own.get(key);
      Json other = others.find(key);
      members.put(key, value.isObject() && other.isObject() ? merged(value, other) : value.value());
    }
    return members;
  }

  private static Map<String, @Nullable Object> copy(Json object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.keys().forEach(key -> members.put(key, object.get(key).value()));
    return members;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Notes notes && copy(object).equals(copy(notes.object));
  }

  @Override
  public int hashCode() {
    return copy(object).hashCode();
  }

  /** All of them, by their paths. */
  @Override
  public String toString() {
    return byPath().toString();
  }
}

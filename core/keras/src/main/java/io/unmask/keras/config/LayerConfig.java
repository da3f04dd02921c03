package io.unmask.keras.config;

import io.unmask.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a model's config describes it. Compared by identity: a layer that is used several
 * times is one object.
 */
public final class LayerConfig {

  private final String className;
  private final boolean operation;
  private final Json config;
  private final List<Call> calls;
  private final List<String> ancestry;
  private final List<String> containers;
  private final @Nullable ModelConfig nested;
  private final Map<String, LayerConfig> parts = new HashMap<>();

  /**
   * Creates the description of a layer.
   *
   * @param className its class
   * @param operation whether it is a function on tensors rather than a layer
   * @param config what its class needs to know
   * @param calls where it is used
   * @param ancestry its name, after those of the models that it is nested in, without the outermost
   * @param containers likewise for what Keras calls them in an archive
   * @param nested the model that it is, if it is one
   */
  public LayerConfig(
      String className,
      boolean operation,
      Json config,
      List<Call> calls,
      List<String> ancestry,
      List<String> containers,
      @Nullable ModelConfig nested) {
    this.className = className;
    this.operation = operation;
    this.config = config;
    this.calls = List.copyOf(calls);
    this.ancestry = List.copyOf(ancestry);
    this.containers = List.copyOf(containers);
    this.nested = nested;
  }

  public String name() {
    return ancestry.get(ancestry.size() - 1);
  }

  public String className() {
    return className;
  }

  public boolean isInput() {
    return className.equals("InputLayer");
  }

  public boolean isOperation() {
    return operation;
  }

  /** Whether its weights change in training, or else are frozen. */
  public boolean isTrainable() {
    Json trainable = config.isObject() ? config.find("trainable") : config;
    return !trainable.isBoolean() || trainable.bool();
  }

  public Json config() {
    return config;
  }

  public List<Call> calls() {
    return calls;
  }

  public List<String> ancestry() {
    return ancestry;
  }

  public List<String> containers() {
    return containers;
  }

  public @Nullable ModelConfig nested() {
    return nested;
  }

  /**
   * A layer that this one consists of, one object for each name.
   *
   * @param name its name
   * @param attribute what Keras 3 calls it in an archive
   */
  public LayerConfig part(String name, String attribute) {
    return parts.computeIfAbsent(
        name,
        key ->
            new LayerConfig(
                className,
                false,
                config,
                List.of(),
                append(ancestry, name),
                inLast(containers, attribute),
                null));
  }

  /** In an archive parts lie in the layer's own place, without the {@code layers} of a model. */
  private static List<String> inLast(List<String> containers, String attribute) {
    int last = containers.size() - 1;
    return append(containers.subList(0, last), containers.get(last) + "/" + attribute);
  }

  private static List<String> append(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /** How messages name it. */
  public String described() {
    return "layer '" + String.join("/", ancestry) + "' (" + className + ")";
  }
}

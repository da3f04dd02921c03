package io.unmask.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code unmask.json} beside model files, which says what they do not say themselves. Its
 * format is described in docs/models.md; {@link ManifestFile} reads and writes it. What it leaves
 * out is empty here, which is not the same as a default that it states: manifests that are used
 * together may not contradict each other, and silence contradicts nobody. Immutable.
 */
public final class Manifest {

  /** The name of the file. */
  public static final String FILE_NAME = "unmask.json";

  private final ModelSettings common;
  private final Map<String, ModelSettings> models;
  private final List<String> members;
  private final Optional<String> fusion;
  private final Optional<Map<String, Double>> weights;
  private final Optional<Double> maxSpread;

  private Manifest(Builder from) {
    common = from.common;
    models = Collections.unmodifiableMap(new LinkedHashMap<>(from.models));
    members = List.copyOf(from.members);
    fusion = from.fusion;
    weights = from.weights;
    maxSpread = from.maxSpread;
  }

  /** Starts with a manifest that says nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with this manifest. */
  public Builder toBuilder() {
    return builder().set(this);
  }

  /** What it says about each model of the folder, and about those that are used together. */
  public ModelSettings common() {
    return common;
  }

  /** What it says about single files alone, by their names, in order. */
  public Map<String, ModelSettings> models() {
    return models;
  }

  /** The names of the files that are used together, in order; empty if it does not list them. */
  public List<String> members() {
    return members;
  }

  /** The name of the rule that makes one probability of several. */
  public Optional<String> fusion() {
    return fusion;
  }

  /** The weights of members in a weighted mean, by the file's name, each above 0. */
  public Optional<Map<String, Double>> weights() {
    return weights;
  }

  /** How far the members may be apart, in [0, 1], before an image is left undecided. */
  public Optional<Double> maxSpread() {
    return maxSpread;
  }

  /** What it says about a file, alone or with all others. */
  public ModelSettings settings(String name) {
    return own(name).orElse(common);
  }

  /** What it says about a file alone. */
  public ModelSettings own(String name) {
    return models.getOrDefault(name, ModelSettings.NONE);
  }

  private List<Object> parts() {
    return List.of(common, models, members, fusion, weights, maxSpread);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Manifest manifest && parts().equals(manifest.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  /** All of it, in the order of the methods. */
  @Override
  public String toString() {
    return parts().toString();
  }

  /** Collects what a manifest is to say. Not thread-safe. */
  public static final class Builder {

    private ModelSettings common = ModelSettings.NONE;
    private final Map<String, ModelSettings> models = new LinkedHashMap<>();
    private List<String> members = new ArrayList<>();
    private Optional<String> fusion = Optional.empty();
    private Optional<Map<String, Double>> weights = Optional.empty();
    private Optional<Double> maxSpread = Optional.empty();

    private Builder() {}

    private Builder set(Manifest from) {
      common = from.common;
      models.putAll(from.models);
      members = from.members;
      fusion = from.fusion;
      weights = from.weights;
      maxSpread = from.maxSpread;
      return this;
    }

    /** Sets {@link Manifest#common}. */
    public Builder common(ModelSettings settings) {
      this.common = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /** Sets what it says about a file alone, in place of what it said before. */
    public Builder model(String name, ModelSettings settings) {
      models.put(
          Objects.requireNonNull(name, "name"), Objects.requireNonNull(settings, "settings"));
      return this;
    }

    /** Sets {@link Manifest#members}. */
    public Builder members(List<String> names) {
      this.members = List.copyOf(names);
      return this;
    }

    /** Sets {@link Manifest#fusion}. */
    public Builder fusion(String rule) {
      this.fusion = Optional.of(rule);
      return this;
    }

    /**
     * Sets {@link Manifest#weights}.
     *
     * @throws IllegalArgumentException if one is not a finite number above 0
     */
    public Builder weights(Map<String, Double> byName) {
      byName.forEach(
          (name, weight) -> {
            if (!isWeight(weight)) {
              throw new IllegalArgumentException(
                  "the weight of %s is %s, expected a number above 0".formatted(name, weight));
            }
          });
      this.weights = Optional.of(Collections.unmodifiableMap(new LinkedHashMap<>(byName)));
      return this;
    }

    static boolean isWeight(double weight) {
      return weight > 0 && Double.isFinite(weight);
    }

    /**
     * Sets {@link Manifest#maxSpread}.
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Builder maxSpread(double spread) {
      if (!(spread >= 0 && spread <= 1)) {
        throw new IllegalArgumentException("a spread lies in [0, 1], not " + spread);
      }
      this.maxSpread = Optional.of(spread);
      return this;
    }

    /** What was collected. */
    public Manifest build() {
      return new Manifest(this);
    }
  }
}

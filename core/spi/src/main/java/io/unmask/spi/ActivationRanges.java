package io.unmask.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of the values inside a network, as measured on images of the kind that it is for.
 * {@link Precision#INT8} spreads its 256 numbers over each range. Immutable.
 *
 * <p>A value has the name of the node whose output it is, in the network that {@code
 * Passes.forInference()} makes. A value without a range is computed in single precision.
 */
public final class ActivationRanges {

  /** No ranges. */
  public static final ActivationRanges NONE = new ActivationRanges(Map.of());

  /**
   * The range of one value.
   *
   * @param low the value is seldom below this
   * @param high the value is seldom above this
   */
  public record Range(float low, float high) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a limit is not finite, or the lower one comes second
     */
    public Range {
      if (!Float.isFinite(low) || !Float.isFinite(high) || low > high) {
        throw new IllegalArgumentException(
            "a range is two finite numbers, the lower first, not %s and %s".formatted(low, high));
      }
    }

    /** The smallest range that contains both. */
    public Range with(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
  }

  private final Map<String, Range> byNode;

  private ActivationRanges(Map<String, Range> byNode) {
    this.byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
  }

  /** The given ranges, by the nodes' names, in their order. */
  public static ActivationRanges of(Map<String, Range> byNode) {
    return new ActivationRanges(byNode);
  }

  /** All ranges, by the nodes' names. */
  public Map<String, Range> byNode() {
    return byNode;
  }

  /** The range of a node's value, if it was measured. */
  public Optional<Range> of(String node) {
    return Optional.ofNullable(byNode.get(node));
  }

  /** Whether there are no ranges. */
  public boolean isEmpty() {
    return byNode.isEmpty();
  }

  /** These ranges with a prefix before each node's name, together with the given ones. */
  public ActivationRanges prefixedAnd(String prefix, ActivationRanges others) {
    Map<String, Range> all = new LinkedHashMap<>(others.byNode);
    byNode.forEach((name, range) -> all.put(prefix + name, range));
    return new ActivationRanges(all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ActivationRanges ranges && byNode.equals(ranges.byNode);
  }

  @Override
  public int hashCode() {
    return byNode.hashCode();
  }

  /** The number of ranges, in words. */
  @Override
  public String toString() {
    return "ranges of " + byNode.size() + " values";
  }
}

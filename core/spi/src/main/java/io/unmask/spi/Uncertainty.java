package io.unmask.spi;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The conditions under which a detector leaves an image undecided. Immutable.
 *
 * @param band the band of probabilities of fake that are too close to call, if there is one
 * @param maxSpread the largest difference of the members' probabilities, in [0, 1], at which an
 *     image is still decided, if there is a limit; a single model has the difference 0
 */
public record Uncertainty(Optional<Band> band, OptionalDouble maxSpread) {

  /** Every image is decided, as the reference does. */
  public static final Uncertainty NONE = new Uncertainty(Optional.empty(), OptionalDouble.empty());

  /**
   * A closed interval of probabilities.
   *
   * @param low the smallest, in [0, 1]
   * @param high the largest, in [{@code low}, 1]
   */
  public record Band(double low, double high) {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if it is not within [0, 1], or the ends are in the wrong
     *     order
     */
    public Band {
      if (!(0 <= low && low <= high && high <= 1)) {
        throw new IllegalArgumentException(
            "a band is two probabilities in [0, 1], the lower first, not " + low + "," + high);
      }
    }

    /**
     * Returns what is left of the band below a threshold that was chosen separately: from the
     * band's lower end up to the threshold, above which images are fake. Empty if the band begins
     * above the threshold.
     */
    public Optional<Band> upTo(double threshold) {
      return low <= threshold ? Optional.of(new Band(low, threshold)) : Optional.empty();
    }

    /** Whether a probability lies in the band; the ends are included. */
    public boolean contains(double probability) {
      return low <= probability && probability <= high;
    }
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the spread is not within [0, 1]
   */
  public Uncertainty {
    if (maxSpread.isPresent() && !(maxSpread.getAsDouble() >= 0 && maxSpread.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "a spread of probabilities lies in [0, 1], not " + maxSpread.getAsDouble());
    }
  }

  /**
   * Whether an image is left undecided: its probability lies in the band, or between the band and
   * the threshold, or the spread is above its limit. So with a rising probability an image is first
   * real, then undecided, then fake, wherever threshold and band lie.
   *
   * @param probability the fused probability of fake
   * @param threshold the threshold above which an image is fake
   * @param spread the largest of the members' probabilities minus the smallest
   */
  public boolean covers(double probability, double threshold, double spread) {
    return (band.isPresent() && between(band.get(), probability, threshold))
        || (maxSpread.isPresent() && spread > maxSpread.getAsDouble());
  }

  private static boolean between(Band band, double probability, double threshold) {
    boolean real = probability < band.low() && probability <= threshold;
    boolean fake = probability > band.high() && probability > threshold;
    return !real && !fake;
  }

  /** Returns these conditions; those that are not set are taken from the other ones. */
  public Uncertainty orElse(Uncertainty other) {
    return new Uncertainty(
        band.or(other::band), maxSpread.isPresent() ? maxSpread : other.maxSpread);
  }
}

package io.unmask.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What share of the fakes is found when only so many photographs may be taken for fake, and how
 * sure that is. Immutable.
 *
 * <p>The photographs are those of all sources together; the recall is the mean over the generators,
 * each of which weighs the same. The interval says what other generators and other cameras might
 * have given: it is the middle 95 % of the recalls with as many sources of each class drawn from
 * them, with repetition (the percentile bootstrap of Efron, Bootstrap Methods, 1979). A class of
 * one source is resampled by image instead; that leaves out that other sources differ.
 *
 * @param limit the greatest share of the photographs that may be taken for fake, in [0, 1]
 * @param threshold what then has to be exceeded to be fake
 * @param recall the share of the fakes that are found
 * @param low where the interval begins
 * @param high where it ends
 */
public record RecallAtRate(double limit, double threshold, double recall, double low, double high) {

  /** The rates that are reported: 0.5, 1 and 5 % false positives. */
  public static final List<Double> RATES = List.of(0.005, 0.01, 0.05);

  private static final int RESAMPLES = 1000;
  private static final long SEED = 42;
  private static final double OUTSIDE = 0.025;

  /** At {@link #RATES}; nothing if a class is missing. */
  public static List<RecallAtRate> all(SourcedPredictions predictions) {
    return predictions.hasBothClasses()
        ? RATES.stream().map(rate -> at(rate, predictions)).toList()
        : List.of();
  }

  /**
   * At one rate.
   *
   * @throws IllegalArgumentException if it is not in [0, 1]
   * @throws IllegalStateException if a class is missing
   */
  public static RecallAtRate at(double limit, SourcedPredictions predictions) {
    double threshold = OperatingPoint.at(limit, predictions.pooled()).threshold();
    List<double[]> generators = predictions.sorted(true);
    List<double[]> fakes = units(generators);
    Photographs photographs = Photographs.of(units(predictions.sorted(false)));
    SplittableRandom random = new SplittableRandom(SEED);
    double[] recalls = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double exceeded = photographs.threshold(limit, drawn(photographs.sizes.length, random));
      recalls[i] = recall(fakes, drawn(fakes.size(), random), exceeded);
    }
    Arrays.sort(recalls);
    int outside = (int) (OUTSIDE * RESAMPLES);
    return new RecallAtRate(
        limit,
        threshold,
        recall(generators, ones(generators.size()), threshold),
        recalls[outside],
        recalls[RESAMPLES - 1 - outside]);
  }

  /** What is drawn: the sources, or the images of the only one. */
  private static List<double[]> units(List<double[]> sources) {
    return sources.size() > 1
        ? sources
        : Arrays.stream(sources.get(0)).mapToObj(value -> new double[] {value}).toList();
  }

  /** How often each of so many was drawn, in as many draws. */
  private static int[] drawn(int count, SplittableRandom random) {
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[random.nextInt(count)]++;
    }
    return times;
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** The mean of the units' recalls, each as often as it was drawn. */
  private static double recall(List<double[]> units, int[] times, double threshold) {
    double sum = 0;
    for (int unit = 0; unit < times.length; unit++) {
      if (times[unit] > 0) {
        sum += times[unit] * SourcedPredictions.shareAbove(units.get(unit), threshold);
      }
    }
    return sum / times.length;
  }

  /**
   * The photographs of all units, from the highest probability down.
   *
   * @param values the probabilities
   * @param unitOf the unit of each
   * @param sizes how many photographs each unit has
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied, and never compared
  private record Photographs(double[] values, int[] unitOf, int[] sizes) {

    static Photographs of(List<double[]> units) {
      int[] owner =
          IntStream.range(0, units.size())
              .flatMap(unit -> IntStream.range(0, units.get(unit).length).map(i -> unit))
              .toArray();
      double[] all = units.stream().flatMapToDouble(Arrays::stream).toArray();
      int[] order =
          IntStream.range(0, all.length)
              .boxed()
              .sorted((a, b) -> Double.compare(all[b], all[a]))
              .mapToInt(Integer::intValue)
              .toArray();
      return new Photographs(
          Arrays.stream(order).mapToDouble(i -> all[i]).toArray(),
          Arrays.stream(order).map(i -> owner[i]).toArray(),
          units.stream().mapToInt(unit -> unit.length).toArray());
    }

    /** The lowest threshold above which there are at most so many. */
    double threshold(double limit, int[] times) {
      long total = 0;
      for (int unit = 0; unit < sizes.length; unit++) {
        total += (long) times[unit] * sizes[unit];
      }
      long above = 0;
      for (int i = 0; i < values.length; i++) {
        above += times[unitOf[i]];
        if (above > limit * total) {
          return values[i];
        }
      }
      return 0;
    }
  }
}

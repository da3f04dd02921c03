package io.unmask.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predictions with the source of each image: what figures by generator and by camera are computed
 * from. Immutable.
 */
public final class SourcedPredictions {

  /**
   * An image.
   *
   * @param part the fold whose model said so
   * @param source where the image comes from
   * @param fake whether it is fake in truth
   * @param probability of fake, in [0, 1]
   */
  record Image(String part, String source, boolean fake, double probability) {}

  private final List<Image> images;

  private SourcedPredictions(List<Image> images) {
    this.images = List.copyOf(images);
  }

  /** Whether there are images of both classes. */
  public boolean hasBothClasses() {
    return images.stream().anyMatch(Image::fake) && !images.stream().allMatch(Image::fake);
  }

  List<Image> images() {
    return images;
  }

  /** All of them, without their sources. */
  public Predictions pooled() {
    Predictions.Accumulator all = new Predictions.Accumulator();
    images.forEach(image -> all.add(image.probability, image.fake));
    return all.snapshot();
  }

  /** The images of a class by source, in the order in which sources came. */
  Map<String, List<Image>> bySource(boolean fake) {
    Map<String, List<Image>> sources = new LinkedHashMap<>();
    images.stream()
        .filter(image -> image.fake == fake)
        .forEach(image -> sources.computeIfAbsent(image.source, s -> new ArrayList<>()).add(image));
    return sources;
  }

  /** The probabilities of each source of a class, each ascending. */
  List<double[]> sorted(boolean fake) {
    return bySource(fake).values().stream()
        .map(
            source -> {
              double[] values = source.stream().mapToDouble(Image::probability).toArray();
              Arrays.sort(values);
              return values;
            })
        .toList();
  }

  /** The share of ascending values that are above a threshold. */
  static double shareAbove(double[] ascending, double threshold) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] > threshold) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return (double) (ascending.length - low) / ascending.length;
  }

  /** Collects predictions. Not thread-safe. */
  public static final class Accumulator {

    private final List<Image> images = new ArrayList<>();

    /** Starts without any. */
    public Accumulator() {}

    /**
     * Adds one.
     *
     * @param part the fold whose model said so
     * @param source where the image comes from
     * @param fake whether it is fake in truth
     * @param probability of fake, in [0, 1]
     * @throws IllegalArgumentException if the probability is out of range
     */
    public void add(String part, String source, boolean fake, double probability) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability " + probability + " is not in [0, 1]");
      }
      images.add(new Image(part, source, fake, probability));
    }

    /** What was added so far. Later additions do not change it. */
    public SourcedPredictions snapshot() {
      return new SourcedPredictions(images);
    }
  }
}

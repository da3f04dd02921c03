package io.unmask.training.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Deals whole sources to folds so that each fold has some of both classes, and as many images as
 * the others as far as that goes: dividing exactly is the partition problem, so that this stops
 * where moving a source or exchanging two no longer helps.
 */
final class SourceFolds {

  private final int folds;
  private final NumpyRandom random;

  private SourceFolds(int folds, NumpyRandom random) {
    this.folds = folds;
    this.random = random;
  }

  /**
   * For each image the number of the fold that validates with it, from 1.
   *
   * @throws IllegalArgumentException if a class has fewer sources than there are folds
   */
  static int[] of(List<FaceImage> images, int folds, long seed) {
    Map<String, Integer> real = counts(images, false);
    Map<String, Integer> fake = counts(images, true);
    if (Math.min(real.size(), fake.size()) < folds) {
      throw new IllegalArgumentException(
          ("%d folds by source need at least %d sources of each class, folders in the folders of real"
                  + " and fake images, but there are %d real (%s) and %d fake (%s)")
              .formatted(
                  folds,
                  folds,
                  real.size(),
                  String.join(", ", real.keySet()),
                  fake.size(),
                  String.join(", ", fake.keySet())));
    }
    SourceFolds deal = new SourceFolds(folds, new NumpyRandom(seed));
    List<Bin> ofReal = deal.bins(real);
    List<Bin> ofFake = deal.bins(fake);
    // The fold with the most photographs gets the fewest fakes.
    ofReal.sort(Comparator.comparingInt(Bin::images).reversed());
    ofFake.sort(Comparator.comparingInt(Bin::images));
    int[] numbers = deal.shuffled(folds);
    Map<String, Integer> foldOfReal = new LinkedHashMap<>();
    Map<String, Integer> foldOfFake = new LinkedHashMap<>();
    for (int i = 0; i < folds; i++) {
      int number = numbers[i] + 1;
      ofReal.get(i).sources.keySet().forEach(source -> foldOfReal.put(source, number));
      ofFake.get(i).sources.keySet().forEach(source -> foldOfFake.put(source, number));
    }
    return images.stream()
        .mapToInt(image -> (image.fake() ? foldOfFake : foldOfReal).getOrDefault(image.source(), 0))
        .toArray();
  }

  /** The sources of one class that one fold leaves out. */
  private static final class Bin {

    final Map<String, Integer> sources = new LinkedHashMap<>();

    int images() {
      return sources.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** One step from a bin to another, which may take a source back. */
  private record Exchange(Bin from, String source, Bin to, String back, long gain) {

    void make() {
      int count = from.sources.getOrDefault(source, 0);
      from.sources.remove(source);
      if (!back.isEmpty()) {
        from.sources.put(back, to.sources.getOrDefault(back, 0));
        to.sources.remove(back);
      }
      to.sources.put(source, count);
    }
  }

  private static Map<String, Integer> counts(List<FaceImage> images, boolean fake) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    images.stream()
        .filter(image -> image.fake() == fake)
        .forEach(image -> counts.merge(image.source(), 1, Integer::sum));
    return counts;
  }

  private int[] shuffled(int count) {
    int[] order = IntStream.range(0, count).toArray();
    random.shuffle(order);
    return order;
  }

  /** The largest sources first, each to the bin with the fewest images; then the descent. */
  private List<Bin> bins(Map<String, Integer> counts) {
    List<String> names = new ArrayList<>(counts.keySet());
    List<String> order = new ArrayList<>();
    for (int i : shuffled(names.size())) { // sources of equal size take turns by the seed
      order.add(names.get(i));
    }
    order.sort(Comparator.comparingInt((String name) -> counts.getOrDefault(name, 0)).reversed());
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < folds; i++) {
      bins.add(new Bin());
    }
    for (String source : order) {
      bins.stream()
          .min(Comparator.comparingInt(Bin::images))
          .orElseThrow()
          .sources
          .put(source, counts.getOrDefault(source, 0));
    }
    for (Exchange best = best(bins); best.gain > 0; best = best(bins)) {
      best.make();
    }
    return bins;
  }

  /** The step that lowers the sum of the squares of the bins' sizes most. */
  private static Exchange best(List<Bin> bins) {
    Exchange best = new Exchange(bins.get(0), "", bins.get(0), "", 0);
    for (Bin from : bins) {
      for (Bin to : bins) {
        for (Map.Entry<String, Integer> source : from.sources.entrySet()) {
          if (from != to && from.sources.size() > 1) {
            long gain = gain(from, to, source.getValue());
            best = gain > best.gain ? new Exchange(from, source.getKey(), to, "", gain) : best;
          }
          for (Map.Entry<String, Integer> back : to.sources.entrySet()) {
            long gain = from == to ? 0 : gain(from, to, source.getValue() - back.getValue());
            best =
                gain > best.gain
                    ? new Exchange(from, source.getKey(), to, back.getKey(), gain)
                    : best;
          }
        }
      }
    }
    return best;
  }

  /** By how much the sum of the squares falls if so many images go from one bin to another. */
  private static long gain(Bin from, Bin to, long images) {
    return 2 * images * (from.images() - to.images() - images);
  }
}

package io.unmask.training.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits a data set into folds, each of which validates with another part of it. Immutable; the
 * same data set always gets the same folds.
 */
public sealed interface CrossValidation {

  /** The number of folds. */
  int folds();

  /**
   * Splits a data set.
   *
   * @return the folds, numbered from 1
   * @throws IllegalArgumentException if there are fewer images, or of a class, or sources, than
   *     folds
   */
  List<Fold> split(List<FaceImage> images);

  /**
   * Whether sources weigh the same in training and validation, whatever their number of images, and
   * so do the two classes.
   */
  default boolean balancesSources() {
    return false;
  }

  /**
   * Shuffled folds, identical to scikit-learn's {@code KFold(folds, shuffle=True,
   * random_state=seed)}. The reference has 5 folds and seed 42.
   *
   * @param folds at least 2
   * @param seed in [0, 2^32)
   * @throws IllegalArgumentException if an argument is out of range
   */
  static CrossValidation shuffled(int folds, long seed) {
    return new Shuffled(folds, seed);
  }

  /**
   * Shuffled folds with the same share of fakes in each, identical to scikit-learn's {@code
   * StratifiedKFold(folds, shuffle=True, random_state=seed)}.
   *
   * @param folds at least 2
   * @param seed in [0, 2^32)
   * @throws IllegalArgumentException if an argument is out of range
   */
  static CrossValidation stratified(int folds, long seed) {
    return new Stratified(folds, seed);
  }

  /**
   * Folds that leave whole sources out: each source validates in one fold and in no other, and each
   * fold has sources of both classes. Within that, the folds have as many images of each class, and
   * in all, as can be reached by moving or exchanging sources.
   *
   * @param folds at least 2
   * @param seed in [0, 2^32)
   * @throws IllegalArgumentException if an argument is out of range
   */
  static CrossValidation bySource(int folds, long seed) {
    return new BySource(folds, seed);
  }

  /** Whole sources. */
  record BySource(int folds, long seed) implements CrossValidation {

    /** Checks the arguments. */
    public BySource {
      check(folds, seed);
    }

    @Override
    public String toString() {
      return "%d, by source with seed %d; sources weigh the same".formatted(folds, seed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if there are fewer sources of a class than folds
     */
    @Override
    public List<Fold> split(List<FaceImage> images) {
      return Fold.all(folds, SourceFolds.of(images, folds, seed));
    }

    @Override
    public boolean balancesSources() {
      return true;
    }
  }

  /** {@code KFold}. */
  record Shuffled(int folds, long seed) implements CrossValidation {

    /** Checks the arguments. */
    public Shuffled {
      check(folds, seed);
    }

    @Override
    public String toString() {
      return "%d, shuffled with seed %d".formatted(folds, seed);
    }

    @Override
    public List<Fold> split(List<FaceImage> images) {
      int count = images.size();
      checkEnough(count, folds, "images");
      int[] order = IntStream.range(0, count).toArray();
      new NumpyRandom(seed).shuffle(order);
      int[] foldOfImage = new int[count];
      int start = 0;
      for (int fold = 1; fold <= folds; fold++) {
        int size = count / folds + (fold <= count % folds ? 1 : 0);
        for (int i = start; i < start + size; i++) {
          foldOfImage[order[i]] = fold;
        }
        start += size;
      }
      return Fold.all(folds, foldOfImage);
    }
  }

  /** {@code StratifiedKFold}. */
  record Stratified(int folds, long seed) implements CrossValidation {

    /** Checks the arguments. */
    public Stratified {
      check(folds, seed);
    }

    @Override
    public String toString() {
      return "%d, stratified with seed %d".formatted(folds, seed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if there are fewer images of a class than folds
     */
    @Override
    public List<Fold> split(List<FaceImage> images) {
      boolean[] fakes = new FaceSet(images, List.of()).fakes();
      // Scikit-learn numbers the classes in the order of their appearance.
      boolean first = fakes.length > 0 && fakes[0];
      int ofFirst = count(fakes, first);
      checkEnough(Math.min(ofFirst, fakes.length - ofFirst), folds, "images of a class");
      NumpyRandom random = new NumpyRandom(seed);
      int[] foldOfImage = new int[fakes.length];
      assign(random, fakes, first, 0, ofFirst, foldOfImage);
      assign(random, fakes, !first, ofFirst, fakes.length, foldOfImage);
      return Fold.all(folds, foldOfImage);
    }

    /** Deals the images of one class, which stand from start to end if sorted by class. */
    private void assign(
        NumpyRandom random, boolean[] fakes, boolean label, int start, int end, int[] target) {
      int[] dealt = IntStream.range(start, end).map(i -> i % folds + 1).sorted().toArray();
      random.shuffle(dealt);
      int next = 0;
      for (int i = 0; i < fakes.length; i++) {
        if (fakes[i] == label) {
          target[i] = dealt[next++];
        }
      }
    }

    private static int count(boolean[] fakes, boolean label) {
      return (int) IntStream.range(0, fakes.length).filter(i -> fakes[i] == label).count();
    }
  }

  private static void check(int folds, long seed) {
    if (folds < 2) {
      throw new IllegalArgumentException("folds: " + folds + ", expected at least 2");
    }
    NumpyRandom.checkSeed(seed);
  }

  private static void checkEnough(int available, int folds, String what) {
    if (available < folds) {
      throw new IllegalArgumentException(
          "%d folds need at least %d %s, but there are %d"
              .formatted(folds, folds, what, available));
    }
  }
}

package io.unmask.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * Probabilities of fake beside the truth: what every metric is computed from. Immutable.
 *
 * <p>{@link Accumulator} collects them one by one.
 */
public final class Predictions {

  private final double[] probabilities;
  private final boolean[] fakes;
  private final int fakeCount;

  private Predictions(double[] probabilities, boolean[] fakes) {
    this.probabilities = probabilities;
    this.fakes = fakes;
    int count = 0;
    for (boolean fake : fakes) {
      count += fake ? 1 : 0;
    }
    this.fakeCount = count;
  }

  /**
   * Copies the arrays.
   *
   * @param probabilities of fake, each in [0, 1]
   * @param fakes whether each of the images is fake in truth
   * @throws IllegalArgumentException if the lengths differ or a probability is out of range
   */
  public static Predictions of(double[] probabilities, boolean[] fakes) {
    if (probabilities.length != fakes.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities, but " + fakes.length + " truths");
    }
    for (double probability : probabilities) {
      check(probability);
    }
    return new Predictions(probabilities.clone(), fakes.clone());
  }

  /** The predictions of all folds, one fold after the other. */
  public static Predictions pooled(List<Predictions> folds) {
    Accumulator all = new Accumulator();
    folds.forEach(all::addAll);
    return all.snapshot();
  }

  /** How many there are. */
  public int size() {
    return probabilities.length;
  }

  /** How many are fake in truth. */
  public int fakeCount() {
    return fakeCount;
  }

  /** How many are real in truth. */
  public int realCount() {
    return probabilities.length - fakeCount;
  }

  /** Whether both classes are there, without which there is no ROC curve. */
  public boolean hasBothClasses() {
    return fakeCount > 0 && fakeCount < size();
  }

  /** The probability of fake that was predicted for image {@code i}, in [0, 1]. */
  public double probability(int i) {
    return probabilities[i];
  }

  /** Whether image {@code i} is fake in truth. */
  public boolean fake(int i) {
    return fakes[i];
  }

  /**
   * The mean negative logarithm of the probability given to the truth. As in scikit-learn's {@code
   * log_loss}, a probability is first brought into [2^-52, 1 - 2^-52].
   *
   * @throws IllegalStateException if there are no predictions
   */
  public double logLoss() {
    requireSome();
    double epsilon = Math.ulp(1.0);
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      double p = Math.min(Math.max(probabilities[i], epsilon), 1 - epsilon);
      sum -= Math.log(fakes[i] ? p : 1 - p);
    }
    return sum / size();
  }

  /**
   * The mean squared difference between probability and truth.
   *
   * @throws IllegalStateException if there are no predictions
   */
  public double brierScore() {
    requireSome();
    double sum = 0;
    for (int i = 0; i < size(); i++) {
      double difference = probabilities[i] - (fakes[i] ? 1 : 0);
      sum += difference * difference;
    }
    return sum / size();
  }

  /** The indices from the highest probability to the lowest, equal ones in their order. */
  int[] byDescendingProbability() {
    Integer[] order = new Integer[size()];
    Arrays.setAll(order, i -> i);
    // Adding 0 turns -0.0 into 0.0: one threshold, not two.
    Arrays.sort(order, (a, b) -> Double.compare(0 + probabilities[b], 0 + probabilities[a]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  void requireSome() {
    if (size() == 0) {
      throw new IllegalStateException("there are no predictions");
    }
  }

  void requireBothClasses() {
    if (!hasBothClasses()) {
      throw new IllegalStateException(
          "needs images of both classes, but there are %d real and %d fake"
              .formatted(realCount(), fakeCount));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Predictions that
        && Arrays.equals(probabilities, that.probabilities)
        && Arrays.equals(fakes, that.fakes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(probabilities) + Arrays.hashCode(fakes);
  }

  /** How many there are of each class. */
  @Override
  public String toString() {
    return "Predictions[" + realCount() + " real, " + fakeCount() + " fake]";
  }

  private static void check(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + " is not in [0, 1]");
    }
  }

  /** Collects predictions. Not thread-safe. */
  public static final class Accumulator {

    private double[] probabilities = new double[64];
    private boolean[] fakes = new boolean[64];
    private int size;

    /** Starts without any. */
    public Accumulator() {}

    /**
     * Adds one.
     *
     * @param probability of fake, in [0, 1]
     * @param fake whether the image is fake in truth
     * @throws IllegalArgumentException if the probability is out of range
     */
    public void add(double probability, boolean fake) {
      check(probability);
      if (size == probabilities.length) {
        probabilities = Arrays.copyOf(probabilities, size * 2);
        fakes = Arrays.copyOf(fakes, size * 2);
      }
      probabilities[size] = probability;
      fakes[size] = fake;
      size++;
    }

    /** Adds all of the others. */
    public void addAll(Predictions others) {
      for (int i = 0; i < others.size(); i++) {
        add(others.probability(i), others.fake(i));
      }
    }

    /** What was added so far. Later additions do not change it. */
    public Predictions snapshot() {
      return new Predictions(Arrays.copyOf(probabilities, size), Arrays.copyOf(fakes, size));
    }
  }
}

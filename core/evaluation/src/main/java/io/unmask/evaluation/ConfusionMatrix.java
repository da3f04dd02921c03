package io.unmask.evaluation;

/**
 * How often which class was taken for which. Immutable; fake is the positive class. A quotient
 * whose divisor is 0 is 0, as in scikit-learn.
 *
 * @param trueReal real images taken for real
 * @param falseFake real images taken for fake
 * @param falseReal fake images taken for real
 * @param trueFake fake images taken for fake
 */
public record ConfusionMatrix(long trueReal, long falseFake, long falseReal, long trueFake) {

  /**
   * Checks that no count is negative.
   *
   * @throws IllegalArgumentException if one is
   */
  public ConfusionMatrix {
    if (trueReal < 0 || falseFake < 0 || falseReal < 0 || trueFake < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /** Counts the verdicts, where fake means a probability above the threshold. */
  public static ConfusionMatrix of(Predictions predictions, double threshold) {
    Accumulator counts = new Accumulator();
    for (int i = 0; i < predictions.size(); i++) {
      counts.add(predictions.fake(i), predictions.probability(i) > threshold);
    }
    return counts.snapshot();
  }

  /** How many images there are. */
  public long total() {
    return real() + fake();
  }

  /** How many are real in truth. */
  public long real() {
    return trueReal + falseFake;
  }

  /** How many are fake in truth. */
  public long fake() {
    return falseReal + trueFake;
  }

  /** The share of right verdicts. */
  public double accuracy() {
    return quotient(trueReal + trueFake, total());
  }

  /**
   * The mean of the recalls of both classes, which does not depend on how many of each there are.
   */
  public double balancedAccuracy() {
    return (realScores().recall() + fakeScores().recall()) / 2;
  }

  /** Precision, recall and F1 of fake. */
  public ClassScores fakeScores() {
    return scores(trueFake, fake(), falseFake + trueFake);
  }

  /** Precision, recall and F1 of real. */
  public ClassScores realScores() {
    return scores(trueReal, real(), trueReal + falseReal);
  }

  private static ClassScores scores(long right, long inTruth, long byVerdict) {
    return new ClassScores(
        quotient(right, byVerdict),
        quotient(right, inTruth),
        quotient(2 * right, inTruth + byVerdict),
        inTruth);
  }

  private static double quotient(long dividend, long divisor) {
    return divisor == 0 ? 0 : (double) dividend / divisor;
  }

  /** Counts verdicts. Not thread-safe. */
  public static final class Accumulator {

    private final long[][] counts = new long[2][2];

    /** Starts without any. */
    public Accumulator() {}

    /** Counts one verdict. */
    public void add(boolean fakeInTruth, boolean fakeByVerdict) {
      counts[fakeInTruth ? 1 : 0][fakeByVerdict ? 1 : 0]++;
    }

    /** What was counted so far. */
    public ConfusionMatrix snapshot() {
      return new ConfusionMatrix(counts[0][0], counts[0][1], counts[1][0], counts[1][1]);
    }
  }
}

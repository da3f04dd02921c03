package io.unmask.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Precision, recall and F1 of both classes and their averages, printed as scikit-learn's {@code
 * classification_report} prints them. Immutable.
 *
 * <p>One difference: if not a single verdict is right, scikit-learn 1.9 prints the supports with a
 * decimal, as {@code 2.0}.
 *
 * @param real the scores of real images
 * @param fake the scores of fake ones
 * @param accuracy the share of right verdicts
 */
public record ClassificationReport(ClassScores real, ClassScores fake, double accuracy) {

  private static final String LONGEST_AVERAGE = "weighted avg";
  private static final int COLUMN = 9;

  /** The report on the verdicts. */
  public static ClassificationReport of(ConfusionMatrix matrix) {
    return new ClassificationReport(matrix.realScores(), matrix.fakeScores(), matrix.accuracy());
  }

  /** The plain mean of the two classes' scores. */
  public ClassScores macroAverage() {
    return new ClassScores(
        (real.precision() + fake.precision()) / 2,
        (real.recall() + fake.recall()) / 2,
        (real.f1() + fake.f1()) / 2,
        support());
  }

  /** The mean of the two classes' scores, weighted with how many images each has. */
  public ClassScores weightedAverage() {
    return new ClassScores(
        weighted(real.precision(), fake.precision()),
        weighted(real.recall(), fake.recall()),
        weighted(real.f1(), fake.f1()),
        support());
  }

  /** The report with the reference's names, {@code Real} and {@code Fake}, and two decimals. */
  @Override
  public String toString() {
    return format("Real", "Fake", 2);
  }

  /**
   * The report in scikit-learn's layout, with a line feed at the end of each line.
   *
   * @param realName what to call the class of real images
   * @param fakeName what to call the class of fake ones
   * @param digits the number of decimals
   * @throws IllegalArgumentException if {@code digits} is negative
   */
  public String format(String realName, String fakeName, int digits) {
    if (digits < 0) {
      throw new IllegalArgumentException("digits: " + digits + " is negative");
    }
    int width =
        List.of(realName.length(), fakeName.length(), LONGEST_AVERAGE.length(), digits).stream()
            .reduce(0, Math::max);
    return line(width, "", "precision", "recall", "f1-score", "support")
        + "\n"
        + line(width, realName, digits, real)
        + line(width, fakeName, digits, fake)
        + "\n"
        + line(width, "accuracy", "", "", fixed(accuracy, digits), Long.toString(support()))
        + line(width, "macro avg", digits, macroAverage())
        + line(width, LONGEST_AVERAGE, digits, weightedAverage());
  }

  private long support() {
    return real.support() + fake.support();
  }

  private double weighted(double ofReal, double ofFake) {
    return support() == 0
        ? 0
        : (ofReal * real.support() + ofFake * fake.support()) / (double) support();
  }

  private static String line(int width, String name, int digits, ClassScores scores) {
    return line(
        width,
        name,
        fixed(scores.precision(), digits),
        fixed(scores.recall(), digits),
        fixed(scores.f1(), digits),
        Long.toString(scores.support()));
  }

  private static String line(int width, String name, String... columns) {
    StringBuilder line = new StringBuilder(right(name, width)).append(' ');
    for (String column : columns) {
      line.append(' ').append(right(column, COLUMN));
    }
    return line.append('\n').toString();
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** As Python: the exact value is rounded, half to even; {@code String.format} rounds half up. */
  private static String fixed(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}

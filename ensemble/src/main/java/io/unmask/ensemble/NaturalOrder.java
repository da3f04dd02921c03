package io.unmask.ensemble;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which people count: {@code model_2} before {@code model_10}. */
final class NaturalOrder {

  /** Files by their names. */
  static final Comparator<Path> BY_NAME =
      Comparator.comparing((Path file) -> String.valueOf(file.getFileName()), NaturalOrder::compare)
          .thenComparing(Comparator.naturalOrder());

  private static final Pattern PART = Pattern.compile("\\d+|\\D");

  private NaturalOrder() {}

  private static int compare(String left, String right) {
    Matcher lefts = PART.matcher(left);
    Matcher rights = PART.matcher(right);
    while (lefts.find()) {
      if (!rights.find()) {
        return 1;
      }
      int order = compareParts(lefts.group(), rights.group());
      if (order != 0) {
        return order;
      }
    }
    return rights.find() ? -1 : 0;
  }

  private static int compareParts(String left, String right) {
    return Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0))
        ? new BigInteger(left).compareTo(new BigInteger(right))
        : left.compareTo(right);
  }
}

package io.unmask.cli;

import io.unmask.Label;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a detector said of the photographs and of the fakes, with its own threshold and band. Not
 * thread-safe.
 */
final class VerdictCounts {

  private static final String OF_REAL = "Said of real";
  private static final String OF_FAKE = "Said of fakes";

  private final Map<Label, Integer> real = new EnumMap<>(Label.class);
  private final Map<Label, Integer> fake = new EnumMap<>(Label.class);

  /** Counts an image. */
  void add(boolean isFake, Label label) {
    (isFake ? fake : real).merge(label, 1, Integer::sum);
  }

  /** Adds the counts to the facts of a report. */
  void addTo(Map<String, String> facts) {
    facts.put(OF_REAL, words(real));
    facts.put(OF_FAKE, words(fake));
  }

  /** Prints the counts among the facts of a report, if they are there, and what they tell. */
  static void print(Map<String, String> facts, PrintWriter out) {
    for (String name : new String[] {OF_REAL, OF_FAKE}) {
      if (facts.containsKey(name)) {
        out.println(String.format(Locale.ROOT, "%-18s %s", name, facts.get(name)));
      }
    }
    if (facts.getOrDefault(OF_REAL, "").contains(Label.UNCERTAIN.name())
        || facts.getOrDefault(OF_FAKE, "").contains(Label.UNCERTAIN.name())) {
      out.println("                   (the table above counts UNCERTAIN by the threshold alone)");
    }
  }

  private static String words(Map<Label, Integer> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
  }
}

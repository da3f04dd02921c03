package io.unmask.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What a mistyped subcommand or option was probably meant to be. */
final class Correction {

  /** A slip of the fingers, or two, makes this many changes. */
  private static final int MOST_CHANGES = 2;

  private Correction() {}

  /** The name that is nearest to the first word that was not understood, if one is near. */
  static Optional<String> of(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    return nearest(
        word, word.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet());
  }

  static Optional<String> nearest(String word, Collection<String> names) {
    return names.stream()
        .filter(name -> changes(word, name) <= MOST_CHANGES)
        .min(Comparator.comparingInt((String name) -> changes(word, name)).thenComparing(n -> n));
  }

  /** How many letters must be put in, taken out or replaced (Levenshtein's distance). */
  private static int changes(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}

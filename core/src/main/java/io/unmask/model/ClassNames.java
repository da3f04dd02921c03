package io.unmask.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which class the names of classes say means fake. */
final class ClassNames {

  /** What people call folders of such images. */
  private static final Set<String> FAKE =
      Set.of("fake", "fakes", "deepfake", "deepfakes", "ai", "generated", "synthetic");

  private ClassNames() {}

  /** What is wrong with them, if anything is. */
  static Optional<String> fault(List<String> names) {
    if (names.size() < 2) {
      return Optional.of("has " + names.size());
    }
    return names.stream().allMatch(new HashSet<>()::add)
        ? Optional.empty()
        : Optional.of("names one twice");
  }

  /**
   * The index of the one that means fake: the one that is called so, or else the only one with a
   * word for it in its name, such as {@code AI_images}. Empty if it is not clear.
   */
  static OptionalInt fake(List<String> names) {
    List<Integer> called = new ArrayList<>();
    List<Integer> like = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).toLowerCase(Locale.ROOT);
      if (name.equals("fake")) {
        called.add(i);
      }
      if (Arrays.stream(name.split("[^\\p{L}]+")).anyMatch(FAKE::contains)) {
        like.add(i);
      }
    }
    List<Integer> found = called.isEmpty() ? like : called;
    return found.size() == 1 ? OptionalInt.of(found.get(0)) : OptionalInt.empty();
  }
}

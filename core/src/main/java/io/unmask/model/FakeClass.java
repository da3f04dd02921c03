package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.network.Network;
import io.unmask.spi.Convention;
import io.unmask.spi.Convention.Origin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The class of a network that means fake.
 *
 * @param index counted from 0
 * @param convention how that is known
 */
record FakeClass(int index, Convention convention) {

  /** The reference's labels: 0 is real, 1 is fake. */
  private static final int DEFAULT = 1;

  /**
   * Chooses: what the user says, else the manifest, else the reference's.
   *
   * @throws ModelFormatException if nobody says so and it is not clear, or if the manifest speaks
   *     of classes that are not there
   * @throws IllegalArgumentException if the user does
   */
  static FakeClass of(ModelLocation file, Network network, Asked asked, ModelSettings settings) {
    int classes = Math.max(2, network.outputShape(0).size());
    Optional<List<String>> names = asked.conventions().classes();
    if (asked.fakeClass().isPresent() || names.isPresent()) {
      names.ifPresent(given -> check(file, classes, given));
      int index = ofUser(asked.fakeClass(), names.orElse(List.of()));
      if (index >= classes) {
        throw new IllegalArgumentException(noSuchClass(file, classes, index));
      }
      int calibrated = settings.fakeClass().orElse(DEFAULT);
      if (settings.calibration().isPresent() && index != calibrated) {
        throw new IllegalArgumentException(
            "%s: class %d is said to mean fake, but the calibration beside the model was made for class %d,"
                    .formatted(file, index, calibrated)
                + " so that every verdict would be turned round; leave out what says which class means fake");
      }
      return new FakeClass(index, convention(index, names, Origin.SAID, "by you"));
    }
    if (settings.fakeClass().isPresent()) {
      int index = settings.fakeClass().get();
      Optional<List<String>> listed = settings.conventions().classes();
      listed.ifPresent(given -> checkListed(file, classes, given));
      if (index >= classes) {
        throw new ModelFormatException(
            "%s: fakeClass is %d, but %s; correct it, or leave it out if the model has been another"
                .formatted(where(file), index, noSuchClass(file, classes, index)));
      }
      return new FakeClass(
          index, convention(index, listed, Origin.SAID, "by " + Manifest.FILE_NAME));
    }
    if (classes > 2) {
      throw new ModelFormatException(
          "%s: tells %d classes apart; say which means fake, with the option --fake-class, with"
                  .formatted(file, classes)
              + " fakeClass(...) in Java, or with \"fakeClass\" in unmask.json");
    }
    return new FakeClass(
        DEFAULT,
        convention(
            DEFAULT,
            Optional.empty(),
            Origin.ASSUMED,
            "the reference's; alphabetical order of fake and real is 0"));
  }

  private static int ofUser(OptionalInt said, List<String> names) {
    OptionalInt named = ClassNames.fake(names);
    if (said.isPresent() && named.isPresent() && said.getAsInt() != named.getAsInt()) {
      throw new IllegalArgumentException(
          "class %d is said to mean fake, but of the classes %s that is %d; leave one of both out"
              .formatted(said.getAsInt(), String.join(",", names), named.getAsInt()));
    }
    if (said.isPresent()) {
      return said.getAsInt();
    }
    return named.orElseThrow(
        () ->
            new IllegalArgumentException(
                "which of the classes %s means fake is not clear; call it fake, or say which with"
                        .formatted(String.join(",", names))
                    + " --fake-class, or fakeClass(...) in Java"));
  }

  private static void check(ModelLocation file, int classes, List<String> names) {
    Optional<String> fault = ClassNames.fault(names);
    if (names.size() != classes || fault.isPresent()) {
      throw new IllegalArgumentException(
          "%s: tells %d classes apart, and the names are %s; give each its own, in their order"
              .formatted(file, classes, String.join(",", names)));
    }
  }

  private static void checkListed(ModelLocation file, int classes, List<String> names) {
    if (names.size() != classes) {
      throw new ModelFormatException(
          "%s: classes names %d, but %s tells %d apart; name each, in their order"
              .formatted(where(file), names.size(), file, classes));
    }
  }

  private static Convention convention(
      int index, Optional<List<String>> names, Origin origin, String reason) {
    String value =
        names
            .map(
                given ->
                    IntStream.range(0, given.size())
                        .mapToObj(i -> i + " " + given.get(i))
                        .collect(Collectors.joining(", ", "", "; ")))
            .orElse("");
    return new Convention("classes", value + "class " + index + " is fake", origin, reason);
  }

  private static String where(ModelLocation file) {
    return ManifestFile.where(file.folder());
  }

  private static String noSuchClass(ModelLocation file, int classes, int fakeClass) {
    return "%s: tells %d classes apart, counted from 0; there is no class %d to mean fake"
        .formatted(file, classes, fakeClass);
  }
}

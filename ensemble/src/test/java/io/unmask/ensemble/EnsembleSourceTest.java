package io.unmask.ensemble;

import static io.unmask.ensemble.Folds.fold;
import static io.unmask.ensemble.Folds.folds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorBuilder;
import io.unmask.Label;
import io.unmask.error.ModelFormatException;
import io.unmask.network.Node;
import io.unmask.spi.Calibration;
import io.unmask.spi.FusionRule;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.testkit.InterpreterBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsembleSourceTest {

  private static final double LIKE_KERAS = 2e-5;

  @TempDir Path folder;

  @Test
  void membersAreKerasAndTheirMeanIsTheProbability() throws IOException {
    Folds.write(folder, folds(1, 2, 3, 4, 5));
    try (Detector detector = detector(folder).open()) {
      Classification result = detector.classify(Folds.image());
      double sum = 0;
      for (int n = 1; n <= 5; n++) {
        double keras = Folds.answer(fold(n))[0];
        Classification.Opinion member = result.members().get(n - 1);
        assertThat(member.name()).isEqualTo(fold(n));
        assertThat(member.probability()).isEqualTo(keras, within(LIKE_KERAS));
        sum += keras;
      }
      assertThat(result.probability()).isEqualTo(sum / 5, within(LIKE_KERAS));
      assertThat(result.label()).isEqualTo(Label.FAKE);
      assertThat(result.spread()).isEqualTo(0.94303435 - 0.45652324, within(LIKE_KERAS));
      assertThat(result.agreement()).isEqualTo(0.8);
      assertThat(detector.info().fusion()).isEqualTo("mean");
      assertThat(detector.info().members()).containsExactly(folds(1, 2, 3, 4, 5));
    }
  }

  @Test
  void theTrunkOfFoldsIsThereOnce() throws IOException {
    Folds.write(folder, folds(1, 2, 3));
    Model model = load(folder);
    assertThat(model.network().nodes())
        .filteredOn(node -> node.name().contains("trunk/"))
        .isNotEmpty();
    assertThat(model.network().nodes())
        .filteredOn(node -> node.name().contains("trunk/"))
        .allSatisfy(node -> assertThat(node.name()).startsWith("1/"));
    long trunk = 3 * 3 * 3 * 6 + 4 * 6 + 3 * 3 * 6 + 6 * 8 + 4 * 8;
    assertThat(model.sharedParameters()).isEqualTo(2 * trunk);
    assertThat(model.members()).extracting(Member::parameters).containsOnly(trunk + 5 * 9 + 20 + 6);
  }

  @Test
  void oneFlippedBitInATrunkEndsTheSharingFromThereOn() throws IOException {
    Folds.write(folder, fold(1), "flipped.keras", fold(2));
    Model model = load(paths(fold(1), "flipped.keras", fold(2)));
    assertThat(names(model))
        .contains("1/trunk/conv_2", "2/trunk/conv_2", "2/trunk/conv_2_bn", "2/pool", "2/dense_1")
        .doesNotContain(
            "2/trunk/conv_1", "2/trunk/conv_1_bn", "2/trunk/conv_1_act", "3/trunk/conv_2");
  }

  @Test
  void modelsOfDifferentWeightsShareNothing() throws IOException {
    Model model = load(Folds.write(folder, fold(1), "distinct.keras"));
    assertThat(model.sharedParameters()).isZero();
    assertThat(names(model).stream().filter(name -> name.startsWith("2/")).count())
        .isEqualTo(names(model).stream().filter(name -> name.startsWith("1/")).count());
    try (Detector detector = detector(paths(fold(1), "distinct.keras")).open()) {
      assertThat(detector.classify(Folds.image()).members())
          .extracting(Classification.Opinion::probability)
          .satisfiesExactly(
              p -> assertThat(p).isEqualTo(0.45652324, within(LIKE_KERAS)),
              p -> assertThat(p).isEqualTo(Folds.answer("distinct.keras")[0], within(LIKE_KERAS)));
    }
  }

  @Test
  void theRuleCanBeChosenByName() throws IOException {
    Folds.write(folder, folds(1, 2, 3, 4, 5));
    double[] keras =
        Arrays.stream(folds(1, 2, 3, 4, 5)).mapToDouble(f -> Folds.answer(f)[0]).toArray();
    for (String rule :
        List.of("mean", "mean-logit", "median", "max", "majority-vote", "noisy-or")) {
      try (Detector detector = detector(folder).fusion(rule).open()) {
        double expected =
            switch (rule) {
              case "mean" -> DoubleStream.of(keras).average().orElseThrow();
              case "median" -> keras[2];
              case "max" -> keras[3];
              case "majority-vote" -> 0.8;
              case "noisy-or" -> 1 - DoubleStream.of(keras).reduce(1, (a, p) -> a * (1 - p));
              default -> FusionRule.MEAN_LOGIT.fuse(keras);
            };
        assertThat(detector.classify(Folds.image()).probability())
            .as(rule)
            .isEqualTo(expected, within(LIKE_KERAS));
        assertThat(detector.info().fusion()).isEqualTo(rule);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> detector(folder).fusion("average").open())
        .withMessageContaining("'average'")
        .withMessageContaining("mean, weighted-mean, mean-logit");
  }

  @Test
  void aRuleOfTheProgramsOwnFusesAndIsNotCalibratedForAnother() throws IOException {
    Folds.write(folder, folds(1, 2));
    manifest("{\"version\": 1, \"calibration\": {\"scale\": 0.5}}");
    FusionRule first =
        new FusionRule() {
          @Override
          public String name() {
            return "first";
          }

          @Override
          public double fuse(double[] probabilities) {
            return probabilities[0];
          }
        };
    try (Detector detector = detector(folder).fusion(first).open()) {
      assertThat(detector.info().fusion()).isEqualTo("first");
      assertThat(detector.info().calibration()).isEqualTo(Calibration.NONE);
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo(Folds.answer(fold(1))[0], within(LIKE_KERAS));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> detector(folder).fusion("mean").fusion(first))
        .withMessage("fusion is already set to mean, and cannot be first as well");
  }

  @Test
  void aManifestListsMembersAndHowTheyDecide() throws IOException {
    Folds.write(folder, folds(1, 2, 3, 4));
    manifest(
        """
        {"version": 1, "members": ["%s", "%s"], "weights": {"%s": 3, "%s": 1},
         "threshold": 0.6, "band": [0.59, 0.61], "maxSpread": 0.9, "inputSize": {"height": 12, "width": 12}}
        """
            .formatted(fold(4), fold(1), fold(1), fold(4)));
    try (Detector detector = detector(folder).open()) {
      assertThat(detector.info().members()).containsExactly(fold(4), fold(1));
      assertThat(detector.info().fusion()).isEqualTo("weighted-mean");
      assertThat(detector.info().threshold()).isEqualTo(0.6);
      Classification result = detector.classify(Folds.image());
      assertThat(result.probability())
          .isEqualTo((3 * 0.45652324 + 0.94303435) / 4, within(LIKE_KERAS));
      assertThat(result.label()).isEqualTo(Label.REAL);
    }
    try (Detector detector = detector(folder).maxSpread(0.4).open()) {
      assertThat(detector.classify(Folds.image()).label()).isEqualTo(Label.UNCERTAIN);
      assertThat(detector.info().uncertainty().band()).isPresent();
    }
    try (Detector detector = detector(folder).fusion("max").open()) {
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo(0.94303435, within(LIKE_KERAS));
    }
  }

  @Test
  void theFusedProbabilityIsCalibratedAndTheMembersAreNot() throws IOException {
    Path[] models = Folds.write(folder, folds(1, 4));
    manifest(
        "{\"version\": 1, \"calibration\": {\"scale\": 0.5, \"offset\": -1}, \"threshold\": 0.3}");
    try (Detector detector = detector(models).open()) {
      Classification result = detector.classify(Folds.image());
      double mean = (0.45652324 + 0.94303435) / 2;
      double logit = Math.log(mean / (1 - mean));
      assertThat(result.probability())
          .isEqualTo(1 / (1 + Math.exp(1 - 0.5 * logit)), within(LIKE_KERAS));
      assertThat(result.label()).isEqualTo(Label.FAKE);
      assertThat(result.members())
          .extracting(Classification.Opinion::probability)
          .satisfiesExactly(
              p -> assertThat(p).isEqualTo(0.45652324, within(LIKE_KERAS)),
              p -> assertThat(p).isEqualTo(0.94303435, within(LIKE_KERAS)));
      assertThat(detector.info().calibration()).isEqualTo(new Calibration(0.5, -1));
    }
  }

  @Test
  void anotherRuleThanTheManifestsIsNotCalibrated() throws IOException {
    Path[] models = Folds.write(folder, folds(1, 4));
    manifest("{\"version\": 1, \"calibration\": {\"temperature\": 3}}");
    try (Detector detector = detector(models).fusion("max").open()) {
      assertThat(detector.info().calibration()).isEqualTo(Calibration.NONE);
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo(0.94303435, within(LIKE_KERAS));
    }
    try (Detector detector = detector(models).fusion("mean").open()) {
      assertThat(detector.info().calibration()).isEqualTo(new Calibration(1 / 3.0, 0));
    }
  }

  @Test
  void theManifestMayShowAllMembersEachImageMirroredToo() throws IOException {
    Path[] models = Folds.write(folder, folds(1, 4));
    manifest("{\"version\": 1, \"mirrored\": true}");
    float[] image = Folds.image();
    try (Detector both = detector(models).open();
        Detector plain = detector(models).mirrored(false).open();
        Detector single = detector(models[0]).open()) {
      assertThat(both.info().mirrored()).isTrue();
      assertThat(single.info().mirrored()).isTrue();
      double asItIs = plain.classify(image).probability();
      double mirrored = plain.classify(mirrored(image, plain.info().input().width())).probability();
      assertThat(mirrored).isNotCloseTo(asItIs, within(10 * LIKE_KERAS));
      assertThat(both.classify(image).probability())
          .isEqualTo((asItIs + mirrored) / 2, within(LIKE_KERAS));
    }
  }

  private static float[] mirrored(float[] image, int width) {
    float[] mirrored = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int x = i / 3 % width;
      mirrored[i + 3 * (width - 1 - 2 * x)] = image[i];
    }
    return mirrored;
  }

  @Test
  void aSingleModelMayBeFusedToo() throws IOException {
    Path file = Folds.write(folder, fold(3))[0];
    try (Detector detector = detector(file).fusion("median").open()) {
      assertThat(detector.classify(Folds.image()).probability())
          .isEqualTo(0.70214593, within(LIKE_KERAS));
    }
  }

  @Test
  void foldsComeInOrderAndOfPhaseOneOnlyWherePhaseTwoIsMissing() throws IOException {
    for (int n = 1; n <= 11; n++) {
      Folds.write(fold(1 + n % 5), folder.resolve(fold(n)));
    }
    Files.delete(folder.resolve(fold(2)));
    Folds.write(
        folder,
        "fold_1_phase1_best_model.keras",
        "fold_2_phase1_best_model.keras",
        "distinct.keras");
    List<String> expected = new ArrayList<>(List.of(folds(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
    expected.set(1, "fold_2_phase1_best_model.keras");
    assertThat(load(folder).members()).extracting(Member::name).isEqualTo(expected);
  }

  @Test
  void otherModelsComeInNaturalOrder() throws IOException {
    for (String name :
        List.of("m10.keras", "m9.keras", "a.keras", "m9b.keras", "m.keras", "m09.keras")) {
      Folds.write(fold(1), folder.resolve(name));
    }
    assertThat(load(folder).members())
        .extracting(Member::name)
        .containsExactly("a.keras", "m.keras", "m09.keras", "m9.keras", "m9b.keras", "m10.keras");
  }

  @Test
  void filesOfOneNameInTwoFoldersAreNamedWithTheirFolders() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path one = Folds.write(folder, fold(1))[0];
    Path two = Folds.write(fold(2), other.resolve(fold(1)));
    assertThat(load(one, two).members())
        .extracting(Member::name)
        .containsExactly(one.toString(), two.toString());
  }

  @Test
  void aMissingFoldIsAnErrorAndNoSmallerEnsemble() throws IOException {
    Folds.write(folder, folds(1, 3));
    refuses("fold 2 is missing", folder.toString(), "unmask.json");
    Files.delete(folder.resolve(fold(1)));
    Folds.write(folder, fold(2));
    refuses("fold 1 is missing", folder.toString());
    manifest("{\"version\": 1, \"members\": [\"%s\", \"%s\"]}".formatted(fold(2), fold(3)));
    assertThat(load(folder).members()).hasSize(2);
    Files.delete(folder.resolve(fold(3)));
    refuses("unmask.json: members", "'" + fold(3) + "', which is not there");
  }

  @Test
  void aCorruptFoldIsAnErrorAndNoSmallerEnsemble() throws IOException {
    Path[] files = Folds.write(folder, folds(1, 2, 3));
    byte[] bytes = Files.readAllBytes(files[1]);
    Files.write(files[1], Arrays.copyOf(bytes, bytes.length * 2 / 3));
    refuses(files[1].toString(), "damaged");
    Files.write(files[1], new byte[0]);
    refuses(files[1].toString(), "empty");
    Files.delete(files[1]);
    Files.createSymbolicLink(files[1], folder.resolve("nowhere"));
    refuses(files[1].toString(), "no such file");
  }

  @Test
  void aFolderWithoutModelsIsAnError() throws IOException {
    Files.createFile(folder.resolve("readme.txt"));
    refuses(folder.toString(), "holds no model file");
  }

  @Test
  void modelsThatDoNotFitAreNamed() throws IOException {
    Folds.write(folder, folds(1, 2));
    Path size = Folds.write(folder, "other_size.keras")[0];
    refuse(List.of(folder, size), size.toString(), "(14, 14, 3)", fold(1), "(12, 12, 3)");
    Path classes = Folds.write(folder, "two_classes.keras")[0];
    refuse(List.of(folder, classes), classes.toString(), "(2,)", fold(1), "(1,)");
    Path other = Files.createDirectory(folder.resolve("other"));
    Path scaled = Folds.write(other, "distinct.keras")[0];
    Files.writeString(
        other.resolve("unmask.json"),
        "{\"version\": 1, \"scaling\": {\"divisor\": 127.5, \"offset\": -1}}");
    refuse(List.of(folder, scaled), scaled.toString(), "v / 127.5 - 1", fold(1));
  }

  @Test
  void aFileThatIsGivenTwiceIsTheCallersMistake() throws IOException {
    Folds.write(folder, folds(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> load(folder, folder.resolve("../" + folder.getFileName()).resolve(fold(2))))
        .withMessageContaining("given twice");
  }

  @Test
  void manifestsOfTwoFoldersMustNotContradictEachOther() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path one = Folds.write(folder, fold(1))[0];
    Path two = Folds.write(other, fold(2))[0];
    manifest("{\"version\": 1, \"threshold\": 0.3, \"fusion\": \"max\"}");
    assertThat(load(one, two).threshold()).isEqualTo(0.3);
    assertThat(load(one, two).fusion()).isEqualTo(new Maximum());
    Files.writeString(other.resolve("unmask.json"), "{\"version\": 1, \"threshold\": 0.4}");
    refuse(List.of(one, two), folder.resolve("unmask.json").toString(), "'threshold'");
    manifest("{\"version\": 1, \"mirrored\": true}");
    Files.writeString(other.resolve("unmask.json"), "{\"version\": 1}");
    assertThat(load(one, two).mirrored()).isTrue();
    Files.writeString(other.resolve("unmask.json"), "{\"version\": 1, \"mirrored\": false}");
    refuse(List.of(one, two), folder.resolve("unmask.json").toString(), "'mirrored'");
  }

  /** Whether a value is the default does not matter: the one folder states it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fusion | \"mean\" | \"median\"",
        "calibration | {\"temperature\": 1} | {\"temperature\": 2}",
        "threshold | 0.5 | 0.4",
        "expects | {} | {\"minSide\": 64}",
        "mirrored | false | true",
        "band | [0, 0] | [0.4, 0.6]",
        "maxSpread | 1 | 0.5",
      })
  void aStatedDefaultIsNoSilence(String key, String byDefault, String other) throws IOException {
    Path second = Files.createDirectory(folder.resolve("other"));
    Path one = Folds.write(folder, fold(1))[0];
    Path two = Folds.write(second, fold(2))[0];
    String stated = "{\"version\": 1, \"%s\": %s}";
    for (String silence : List.of("{\"version\": 1}", stated.formatted(key, other))) {
      manifest(stated.formatted(key, other));
      Files.writeString(second.resolve("unmask.json"), silence);
      Model agreed = load(one, two);
      Files.writeString(folder.resolve("unmask.json"), silence);
      Files.writeString(second.resolve("unmask.json"), stated.formatted(key, other));
      Model turned = load(one, two);
      assertThat(
              List.of(
                  agreed.fusion(),
                  agreed.calibration(),
                  agreed.threshold(),
                  agreed.expectation(),
                  agreed.mirrored(),
                  agreed.uncertainty()))
          .isEqualTo(
              List.of(
                  turned.fusion(),
                  turned.calibration(),
                  turned.threshold(),
                  turned.expectation(),
                  turned.mirrored(),
                  turned.uncertainty()));
    }
    for (int turn = 0; turn < 2; turn++) {
      manifest(stated.formatted(key, turn == 0 ? byDefault : other));
      Files.writeString(
          second.resolve("unmask.json"), stated.formatted(key, turn == 0 ? other : byDefault));
      refuse(List.of(one, two), folder.resolve("unmask.json").toString(), "'" + key + "'");
    }
  }

  @Test
  void weightsAskForTheRuleThatUsesThemAndContradictAnother() throws IOException {
    Path second = Files.createDirectory(folder.resolve("other"));
    Path one = Folds.write(folder, fold(1))[0];
    Path two = Folds.write(second, fold(2))[0];
    manifest("{\"version\": 1, \"weights\": {\"%s\": 1}}".formatted(fold(1)));
    Files.writeString(second.resolve("unmask.json"), "{\"version\": 1, \"fusion\": \"mean\"}");
    refuse(List.of(one, two), folder.resolve("unmask.json").toString(), "'fusion'");
    Files.writeString(second.resolve("unmask.json"), "{\"version\": 1, \"weights\": {}}");
    refuse(List.of(one, two), two + ": has no weight");
    Files.writeString(
        second.resolve("unmask.json"),
        "{\"version\": 1, \"weights\": {\"%s\": 3}}".formatted(fold(2)));
    assertThat(load(one, two).fusion()).isEqualTo(new WeightedMean(List.of(1.0, 3.0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"fusion\": \"average\" | there is no fusion rule 'average'; there are mean",
        "\"fusion\": 3 | fusion should be a string",
        "\"fusion\": \"max\", \"weights\": {\"a.keras\": 1} | does not use",
        "\"weights\": {\"a.keras\": 1} | b.keras: has no weight",
        "\"fusion\": \"weighted-mean\" | a.keras: has no weight",
        "\"weights\": {\"a.keras\": 0, \"b.keras\": 1} | a.keras should be a number above 0",
        "\"weights\": {\"c.keras\": 1} | 'c.keras', which is not there",
        "\"members\": [] | members should be the names of model files",
        "\"members\": [\"a.keras\", \"a.keras\"] | has 'a.keras' twice",
        "\"members\": [\"../a.keras\"] | has '../a.keras', which is not there",
        "\"members\": \"a.keras\" | members should be an array",
        "\"band\": [0.6, 0.4] | band should be two probabilities, the lower first",
        "\"band\": [0.6] | band should be two probabilities",
        "\"band\": [0.6, 1.4] | band[1] should be a probability",
        "\"maxSpread\": -1 | maxSpread should be a probability",
        "\"inputSize\": {\"height\": 12, \"width\": 13} | 12 high and 13 wide",
        "\"inputSize\": [12, 12] | inputSize should be an object",
        "\"Members\": [\"a.keras\"] | has 'Members'",
      })
  void aManifestThatMakesNoSenseIsRefused(String text, String part) throws IOException {
    Folds.write(fold(1), folder.resolve("a.keras"));
    Folds.write(fold(2), folder.resolve("b.keras"));
    manifest("{\"version\": 1, " + text + "}");
    refuses(part);
  }

  private void manifest(String text) throws IOException {
    Files.writeString(folder.resolve("unmask.json"), text);
  }

  private Path[] paths(String... names) {
    return Arrays.stream(names).map(folder::resolve).toArray(Path[]::new);
  }

  private static List<String> names(Model model) {
    return model.network().nodes().stream().map(Node::name).toList();
  }

  private static Model load(Path... paths) {
    return new EnsembleSource()
        .load(new ModelRequest(List.of(paths), OptionalInt.empty(), Optional.empty()));
  }

  private static DetectorBuilder detector(Path... paths) {
    return Detector.builder().backend(new InterpreterBackend()).model(paths);
  }

  private void refuses(String... parts) {
    refuse(List.of(folder), parts);
  }

  private static void refuse(List<Path> paths, String... parts) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> load(paths.toArray(Path[]::new)))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).contains(parts));
  }
}

package io.unmask.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.options.Options;

class CompareTest {

  @TempDir Path folder;

  @Test
  void withoutArgumentsEverythingIsMeasuredAndPrinted() {
    assertThat(CompareArguments.parse())
        .isEqualTo(new CompareArguments(false, 3, Set.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void argumentsComeInAnyOrder() {
    Path file = folder.resolve("rows.json");
    assertThat(CompareArguments.parse("--out", file.toString(), "--rounds", "7", "--quick"))
        .isEqualTo(
            new CompareArguments(
                true, 7, Set.of(), Optional.of(file.toAbsolutePath()), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, unknown argument '--fast'",
    "--out, --out needs a value",
    "--rounds, --rounds needs a value",
    "--rounds 0, from 1 to 9999",
    "--rounds many, from 1 to 9999",
    "--rounds 99999, from 1 to 9999",
    "--only speed, there is no 'speed' to measure",
    "--quick --only load, there is no 'load' to measure with --quick",
    "--quick --only first-verdict, there is no 'first-verdict' to measure with --quick",
    "--out missing/rows.json, the folder of missing/rows.json is not there",
    "--out ., . is a folder",
  })
  void whatCannotBeFollowedIsSaidBeforeAnythingRuns(String line, String part) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompareArguments.parse(line.split(" ")))
        .withMessageContaining(part);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int status = Compare.run(stream(out), stream(log), line.split(" "));
    assertThat(status).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(log.toString(UTF_8))
        .startsWith("benchmarks/compare: ")
        .contains(part, "see --help")
        .hasLineCount(1);
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(Compare.run(stream(out), stream(new ByteArrayOutputStream()), "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("--quick", "--only", "--rounds", "--out");
  }

  @Test
  void onlyWhatIsNamedIsMeasured() {
    CompareArguments some = CompareArguments.parse("--only", "classify,first-verdict");
    assertThat(some.selections())
        .extracting(Selection::benchmark)
        .containsExactly(ClassifyBytes.class);
    assertThat(some.processes()).isTrue();
    assertThat(CompareArguments.parse("--quick", "--only", "inference").selections())
        .hasSize(2)
        .allMatch(selection -> selection.benchmark() == BareInference.class);
    assertThat(CompareArguments.parse("--only", "load").processes()).isFalse();
    assertThat(CompareArguments.parse().selections()).isEqualTo(Selection.full());
    assertThat(CompareArguments.parse().processes()).isTrue();
    CompareArguments quick = CompareArguments.parse("--quick");
    assertThat(quick.selections()).isEqualTo(Selection.quick());
    assertThat(quick.processes()).isFalse();
  }

  @Test
  void helpNamesAllThatCanBeMeasured() {
    assertThat(Selection.full())
        .allSatisfy(selection -> assertThat(CompareArguments.USAGE).contains(selection.name()))
        .hasSize(9);
    assertThat(CompareArguments.USAGE).contains(Row.FIRST_VERDICT);
  }

  static Stream<Selection> selections() {
    return Stream.concat(Selection.quick().stream(), Selection.full().stream());
  }

  @ParameterizedTest
  @MethodSource("selections")
  void aSelectionSaysTheValueOfEveryParameterThatItsBenchmarkHas(Selection selection) {
    Set<String> declared =
        Arrays.stream(selection.benchmark().getFields())
            .filter(field -> field.isAnnotationPresent(Param.class))
            .map(Field::getName)
            .collect(Collectors.toSet());
    assertThat(selection.parameters().keySet()).isEqualTo(declared);
    Options options = selection.options(true);
    assertThat(options.getIncludes())
        .singleElement()
        .satisfies(
            regex -> assertThat(selection.benchmark().getName() + ".run").containsPattern(regex));
    selection
        .parameters()
        .forEach(
            (key, values) ->
                assertThat(options.getParameter(key).get()).containsExactlyElementsOf(values));
  }

  @Test
  void nothingIsMeasuredTwice() {
    for (List<Selection> all : List.of(Selection.quick(), Selection.full())) {
      List<String> combinations = all.stream().flatMap(CompareTest::combinations).toList();
      assertThat(combinations).doesNotHaveDuplicates();
      assertThat(combinations).hasSize(all.stream().mapToInt(Selection::combinations).sum());
    }
  }

  @Test
  void theQuickComparisonHasWhatMattersMost() {
    assertThat(Selection.quick().stream().map(Selection::benchmark))
        .contains(BareInference.class, SeveralModels.class, Preprocessing.class);
    assertThat(Selection.quick().stream().mapToInt(Selection::combinations).sum())
        .isLessThan(Selection.full().stream().mapToInt(Selection::combinations).sum());
  }

  private static Stream<String> combinations(Selection selection) {
    List<String> combinations = List.of(selection.benchmark().getName());
    for (String key : selection.parameters().keySet().stream().sorted().toList()) {
      combinations =
          combinations.stream()
              .flatMap(
                  left -> selection.parameters().get(key).stream().map(v -> left + " " + key + v))
              .toList();
    }
    return combinations.stream();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}

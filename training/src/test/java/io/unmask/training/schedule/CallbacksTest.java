package io.unmask.training.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/golden/make_callbacks_golden.py} wrote the decisions with Keras. */
class CallbacksTest {

  static Stream<List<String[]>> courses() throws IOException {
    try (InputStream stream = CallbacksTest.class.getResourceAsStream("/callbacks/decisions.csv")) {
      Map<Integer, List<String[]>> courses =
          new String(stream.readAllBytes(), UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split(",", -1))
              .collect(Collectors.groupingBy(words -> Integer.parseInt(words[0])));
      return courses.values().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("courses")
  void decisionsAreThoseOfKeras(List<String[]> course) {
    String[] first = course.get(0);
    double rate = Double.parseDouble(first[1]);
    ReduceOnPlateau plateau = new ReduceOnPlateau(0.5, Integer.parseInt(first[2]), 1e-7);
    EarlyStopping stopping = new EarlyStopping(Integer.parseInt(first[3]));
    List<Double> losses = new ArrayList<>();
    for (String[] epoch : course) {
      losses.add(epoch[5].equals("nan") ? Double.NaN : Double.parseDouble(epoch[5]));
      String where = "course " + epoch[0] + ", epoch " + epoch[4];
      double next = Double.parseDouble(epoch[6]);
      assertThat(plateau.rateAfter(rate, losses)).as(where).isCloseTo(next, within(1e-6 * next));
      assertThat(BestEpoch.of(losses).orElse(-1) == losses.size() - 1)
          .as(where)
          .isEqualTo(epoch[7].equals("1"));
      assertThat(stopping.stopsAfter(losses)).as(where).isEqualTo(epoch[8].equals("1"));
    }
  }

  @Test
  void thereAreCoursesThatStopAndCoursesThatDoNot() throws IOException {
    assertThat(courses().map(course -> course.get(course.size() - 1)[8]))
        .contains("0", "1")
        .hasSizeGreaterThan(10);
  }

  @Test
  void aCourseOfNoNumbersHasNoBestEpoch() {
    assertThat(BestEpoch.of(List.of(Double.NaN, Double.NaN))).isEmpty();
    assertThat(BestEpoch.of(List.of())).isEmpty();
  }

  @Test
  void rangesAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EarlyStopping(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReduceOnPlateau(1, 4, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReduceOnPlateau(0.5, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ReduceOnPlateau(0.5, 1, -1));
  }
}

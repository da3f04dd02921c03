package io.unmask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The soak in short. Resident memory is too restless in so short a time to say anything. */
class SoakTest {

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "tensorflow"})
  void underLoadEveryAnswerIsTheSerialOneAndNothingIsLeftBehind(String backend) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Soak.run(
        new SoakArguments(backend, 480, 8, 12), new PrintStream(out, true, StandardCharsets.UTF_8));
    String report = out.toString(StandardCharsets.UTF_8);
    assertThat(report)
        .contains("ok   480 calls from 8 threads: 0 differ from serial")
        .contains("ok   opened and closed 12 times: 0 differ from serial")
        .contains("ok   closed 12 times while called")
        .contains("ok   200 calls on an interrupted thread: 0 differ")
        .containsPattern("growth over the calls.* native objects (0|-.*)")
        .containsPattern("growth over the openings.* native objects (0|-.*)");
  }

  @Test
  void growthIsThatOfTheLastThirdOverTheSecond() {
    List<MemoryInUse> samples = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      samples.add(new MemoryInUse(i < 3 ? 100 : 10, i * i, i < 6 ? 7 : 9));
    }
    assertThat(MemoryInUse.growth(samples)).isEqualTo(new MemoryInUse(0, 49 - 16, 2));
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    assertThat(SoakArguments.parse("--backend", "tensorflow", "--calls", "100"))
        .isEqualTo(new SoakArguments("tensorflow", 100, 8, 200));
    for (String wrong : List.of("--calls", "--calls x", "--calls 0", "--fast 1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SoakArguments.parse(wrong.split(" ", -1)));
    }
  }
}

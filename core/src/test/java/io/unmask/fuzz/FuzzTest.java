package io.unmask.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.testkit.fuzz.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes sound files at random and reads them. Each input depends on the seed and its number only.
 *
 * <p>A build tries the same inputs every time; {@code core/fuzz --seconds N --seed S} tries others,
 * as many as the time allows. What is not as it should be is left in {@code target/fuzz}.
 */
class FuzzTest {

  private static final int MOST_FINDINGS = 20;
  private static final long SECONDS = Long.getLong("unmask.fuzz.seconds", 0);
  private static final long SEED = Long.getLong("unmask.fuzz.seed", 1);

  @TempDir Path folder;

  private final List<String> findings = new ArrayList<>();
  private int results;
  private int refused;
  private long slowest;
  private long largest;

  @ParameterizedTest
  @EnumSource
  void anyInputGivesAResultOrIsRefused(Target target) throws Exception {
    List<byte[]> corpus = target.corpus();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
    int number = 0;
    Trial trial = new Trial();
    for (; (SECONDS == 0 ? number < target.inputs() : System.nanoTime() < end); number++) {
      Random random = new Random(31 * (31 * SEED + target.name().hashCode()) + number);
      byte[] input = target.mutated(corpus.get(random.nextInt(corpus.size())), random);
      try {
        note(
            trial.run(
                () -> {
                  target.read(input, folder, random);
                  return input;
                },
                target.mostBytes(input.length)));
      } catch (AssertionError e) {
        trial.close();
        trial = new Trial(); // the other may still be at it
        findings.add(kept(target, number, input) + " " + e.getMessage() + at(e));
        if (findings.size() >= MOST_FINDINGS) {
          break;
        }
      }
    }
    trial.close();
    System.out.printf(
        "%s: seed %d, %,d inputs in %.1f s, %,d gave a result, %,d were refused,"
            + " at most %.2f s and %,d bytes%n",
        target,
        SEED,
        number,
        (System.nanoTime() - start) / 1e9,
        results,
        refused,
        slowest / 1e9,
        largest);
    assertThat(findings).isEmpty();
    assertThat(results).isPositive();
    assertThat(refused).isPositive();
  }

  private void note(Trial.Report report) {
    results += report.refused() ? 0 : 1;
    refused += report.refused() ? 1 : 0;
    slowest = Math.max(slowest, report.nanoseconds());
    largest = Math.max(largest, report.bytes());
  }

  private static String at(AssertionError error) {
    Throwable cause = error.getCause();
    return cause == null || cause.getStackTrace().length == 0
        ? ""
        : " at " + cause.getStackTrace()[0];
  }

  private static Path kept(Target target, int number, byte[] input) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "fuzz"));
    return Files.write(kept.resolve(target + "-" + SEED + "-" + number), input);
  }
}

package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.unmask.error.BackendException;
import io.unmask.error.ImageException;
import io.unmask.error.ModelFormatException;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.FusionRule;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Member;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Batches. A file is called what the network shall put out for it, or {@code unreadable}; tasks run
 * when they are submitted, so that everything is decoded that may be.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutcomesTest {

  private static final int ALL = Integer.MAX_VALUE;

  private final FakeBackend backend =
      new FakeBackend(
          pixels -> {
            if (pixels[0] == 2) {
              throw new BackendException("it cannot do 2");
            }
            return new float[][] {{pixels[0]}, {1 - pixels[0], pixels[0]}};
          });
  private final ImageBuffers buffers = new ImageBuffers(1);
  private final Set<FloatBuffer> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private int decoded;

  @Test
  void whatIsDecodedIsRunTogetherUpToThePreferredBatch() {
    List<Path> files = IntStream.range(0, 10).mapToObj(i -> Path.of("0." + i)).toList();
    List<Outcome<Path>> outcomes = all(outcomes(files, 4));
    assertThat(backend.batches).containsExactly(4, 4, 2);
    assertThat(outcomes).extracting(Outcome::source).isEqualTo(files);
    assertThat(outcomes)
        .allSatisfy(
            outcome -> {
              float probability = Float.parseFloat(outcome.source().toString());
              assertThat(opinions(outcome))
                  .extracting(Classification.Opinion::probability)
                  .containsExactly((double) probability, (double) probability);
            });
  }

  @Test
  void aWarningGoesWithItsImageInABatch() {
    List<Outcome<Path>> outcomes = all(outcomes(files("0.3", "0.1", "0.4"), 4));
    assertThat(backend.batches).containsExactly(3);
    assertThat(outcomes)
        .extracting(outcome -> outcome.classification().orElseThrow().warnings().size())
        .containsExactly(0, 1, 0);
  }

  @Test
  void aBackendThatPrefersNoBatchIsGivenOneImageAtATime() {
    assertThat(all(outcomes(files("0.1", "0.2", "0.3"), 1))).hasSize(3);
    assertThat(backend.batches).containsExactly(1, 1, 1);
  }

  @Test
  void nobodyWaitsForABatchToBeFull() {
    HeldTasks decoders = new HeldTasks(1);
    Outcomes<Path> outcomes =
        outcomes(files("0.1", "0.2", "0.3", "0.4").iterator(), inference(4), decoders);
    assertThat(probability(outcomes.next())).isEqualTo(0.1f);
    assertThat(backend.batches).containsExactly(1);
    decoders.run(ALL - 1);
    assertThat(all(outcomes)).hasSize(3);
    assertThat(backend.batches).containsExactly(1, 3);
  }

  @Test
  void anUnreadableImageIsNoPartOfItsBatch() {
    List<Outcome<Path>> outcomes =
        all(outcomes(files("0.1", "unreadable", "0.3", "unreadable"), 4));
    assertThat(backend.batches).containsExactly(2);
    assertThat(probability(outcomes.get(0))).isEqualTo(0.1f);
    assertThat(error(outcomes.get(1))).isInstanceOf(ImageException.class);
    assertThat(probability(outcomes.get(2))).isEqualTo(0.3f);
    assertThat(error(outcomes.get(3))).isInstanceOf(ImageException.class);
  }

  @Test
  void theImagesOfABatchThatFailsAreRunOneByOneAsTheyAreTaken() {
    Outcomes<Path> outcomes = outcomes(files("0.1", "2", "0.3", "0.4", "0.5"), 4);
    assertThat(probability(outcomes.next())).isEqualTo(0.1f);
    assertThat(backend.batches).containsExactly(4, 1);
    assertThat(error(outcomes.next()))
        .isInstanceOf(BackendException.class)
        .hasMessage("it cannot do 2");
    assertThat(all(outcomes))
        .extracting(OutcomesTest::probability)
        .containsExactly((double) 0.3f, (double) 0.4f, (double) 0.5f);
    assertThat(backend.batches).containsExactly(4, 1, 1, 1, 1, 1);
  }

  @Test
  void whatIsNoProbabilityIsAnErrorInItsPlaceAndNoMore() {
    List<Outcome<Path>> outcomes = all(outcomes(files("0.1", "NaN", "0.3"), 4));
    assertThat(backend.batches).containsExactly(3);
    assertThat(probability(outcomes.get(0))).isEqualTo(0.1f);
    assertThat(error(outcomes.get(1))).isInstanceOf(ModelFormatException.class);
    assertThat(probability(outcomes.get(2))).isEqualTo(0.3f);
  }

  @Test
  void memoryIsBoundedForAnEndlessSource() {
    Iterator<Path> endless = Stream.generate(() -> Path.of("0.5")).iterator();
    Outcomes<Path> outcomes = outcomes(endless, inference(4), new HeldTasks(ALL));
    int window = Math.max(Decoders.AHEAD, 4);
    for (int taken = 1; taken <= 1000; taken++) {
      outcomes.next();
      assertThat(decoded - taken).isLessThan(window + 4);
    }
    assertThat(backend.batches).hasSize(250).containsOnly(4);
    assertThat(used).hasSizeLessThanOrEqualTo(window + 4);
  }

  @Test
  void nothingIsDoneOnceItIsClosed() {
    Iterator<Path> endless = Stream.generate(() -> Path.of("0.5")).iterator();
    Outcomes<Path> outcomes = outcomes(endless, inference(4), new HeldTasks(ALL));
    outcomes.next();
    int before = decoded;
    outcomes.close();
    assertThat(outcomes.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(outcomes::next);
    assertThat(backend.batches).containsExactly(4);
    assertThat(decoded).isEqualTo(before);
  }

  @Test
  void aClosedDetectorHasNoMoreOutcomesEvenOfABatchThatWasRun() {
    Inference inference = inference(4);
    Outcomes<Path> outcomes =
        outcomes(files("0.1", "0.2").iterator(), inference, new HeldTasks(ALL));
    outcomes.next();
    inference.close();
    assertThatIllegalStateException().isThrownBy(outcomes::next);
  }

  @Test
  void theTimeOfABatchIsSharedAmongItsImages() {
    List<Outcome<Path>> outcomes = all(outcomes(files("0.1", "0.2", "0.3"), 4));
    assertThat(outcomes)
        .extracting(outcome -> outcome.classification().orElseThrow().timings().inference())
        .containsOnly(outcomes.get(0).classification().orElseThrow().timings().inference());
  }

  @Test
  void aBatchOfLargeImagesIsSmaller() {
    assertThat(new Inference(program(32), verdicts(), 224 * 224 * 3, 1).batch()).isEqualTo(32);
    assertThat(new Inference(program(32), verdicts(), 1024 * 1024 * 3, 1).batch()).isEqualTo(2);
    assertThat(new Inference(program(32), verdicts(), 4096 * 4096 * 3, 1).batch()).isEqualTo(1);
  }

  @Test
  void twoViewsOfAnImageTakeTwoPlacesInABatch() {
    assertThat(new Inference(program(32), verdicts(), 224 * 224 * 3, 2).batch()).isEqualTo(16);
    assertThat(new Inference(program(1), verdicts(), 224 * 224 * 3, 2).batch()).isEqualTo(1);
    assertThat(new Inference(program(32), verdicts(), 4096 * 4096 * 3, 2).batch()).isEqualTo(1);
  }

  private static List<Path> files(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }

  private Outcomes<Path> outcomes(List<Path> files, int preferredBatch) {
    return outcomes(files.iterator(), inference(preferredBatch), new HeldTasks(ALL));
  }

  private Outcomes<Path> outcomes(
      Iterator<Path> files, Inference inference, ExecutorService decoders) {
    return new Outcomes<>(files, this::decode, inference, decoders);
  }

  private Subject decode(Path file) {
    decoded++;
    return Subject.whole(
        buffers.fill(
            pixels -> {
              used.add(pixels);
              if (file.toString().equals("unreadable")) {
                throw new ImageException(file + ": no image");
              }
              float value = Float.parseFloat(file.toString());
              pixels.put(value);
              return new Picture(new ImageSize(9, value < 0.2f ? 1 : 9), Optional.empty());
            }));
  }

  private Inference inference(int preferredBatch) {
    return new Inference(program(preferredBatch), verdicts(), 1, 1);
  }

  private Program program(int preferredBatch) {
    return backend.preferring(preferredBatch).compile(TestModels.network(), ProgramOptions.DEFAULT);
  }

  private static Verdicts verdicts() {
    List<Member> members = List.of(new Member("one", 1, 0), new Member("two", 1, 0));
    Expectation square =
        new Expectation(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(new Expectation.Aspect(1, 1)));
    return new Verdicts(
        "both",
        members,
        FusionRule.SINGLE,
        Calibration.NONE,
        0.5,
        Uncertainty.NONE,
        Views.WHOLE_IMAGE,
        new Warnings(square));
  }

  private static List<Outcome<Path>> all(Outcomes<Path> outcomes) {
    List<Outcome<Path>> all = new ArrayList<>();
    outcomes.forEachRemaining(all::add);
    return all;
  }

  private static List<Classification.Opinion> opinions(Outcome<Path> outcome) {
    return outcome.classification().orElseThrow().members();
  }

  private static double probability(Outcome<Path> outcome) {
    return outcome.classification().orElseThrow().probability();
  }

  private static Exception error(Outcome<Path> outcome) {
    return ((Outcome.Failed<Path>) outcome).error();
  }
}

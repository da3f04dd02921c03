package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.unmask.json.Json;
import io.unmask.network.Network;
import io.unmask.network.Weights;
import io.unmask.spi.BatchResult;
import io.unmask.spi.Device;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Ten steps of the optimizer come to what real Keras comes to.
 *
 * <p>The bounds: a weight takes a step of about the learning rate, 1e-3, whatever the size of its
 * gradient {@code g}, for Adam divides by the gradient's own size; so a rounding error {@code e} of
 * the gradient moves the weight by up to {@code 1e-3 e / |g|}. With fixed statistics {@code e /
 * |g|} stays near float32's 6e-8, and weights agree to about a rounding of their own; losses, which
 * lie between 0.4 and 1.8, to a few. With statistics of the batch, every gradient is what is left
 * after the mean is taken out, and in some weights nearly nothing is left: there the error may
 * reach a hundredth of the way of ten steps, 1e-2 in all, and losses follow. (It is exactly nothing
 * for the bias of a unit that is on for the whole batch before a batch normalisation; the golden
 * model has none.)
 */
class KerasTrainingTest {

  private static final double STEADY = 5e-7;
  private static final double STEADY_LOSS = 2e-6;
  private static final double BATCH = 1e-4;
  private static final double BATCH_LOSS = 2e-4;

  private static TrainingOptions.Builder options() {
    return TrainingOptions.builder()
        .program(new ProgramOptions(Device.CPU, 1))
        .l2(layer -> layer.equals("dense_1") ? 1e-2 : 0);
  }

  private static boolean isTrunk(String layer) {
    return layer.startsWith("trunk/");
  }

  @Test
  void everythingFromScratchWithWeightDecayAndSmoothing() {
    check("scratch", BATCH, BATCH_LOSS, options().weightDecay(0.01).labelSmoothing(0.1));
  }

  @Test
  void theHeadOnAFrozenTrunk() {
    check("head", STEADY, STEADY_LOSS, options().trainable(layer -> !isTrunk(layer)));
  }

  @Test
  void theTrunkWithItsStatisticsKept() {
    check("fine_tune", STEADY, STEADY_LOSS, options().batchStatistics(layer -> !isTrunk(layer)));
  }

  private static void check(
      String name, double bound, double lossBound, TrainingOptions.Builder options) {
    Json expected = TrainingGolden.expected(name);
    double[] losses = TrainingGolden.numbers(expected.get("loss"));
    double[] correct = TrainingGolden.numbers(expected.get("correct"));
    double[] rates = TrainingGolden.numbers(expected.get("rates"));
    Network start = TrainingGolden.start();
    try (TrainingSession session =
        new TensorFlowBackend().trainable().orElseThrow().open(start, options.build())) {
      for (int step = 0; step < losses.length; step++) {
        TrainingGolden.Batch batch = TrainingGolden.batch(start, step);
        BatchResult result = session.step(batch.images(), batch.labels(), rates[step]);
        System.out.println(name + " " + step + " " + (result.loss() - losses[step]));
        assertThat(result.loss()).as("step %d", step).isCloseTo(losses[step], within(lossBound));
        assertThat(result.correct()).as("step %d", step).isEqualTo((int) correct[step]);
      }
      TrainingGolden.Batch batch = TrainingGolden.batch(start, 0);
      assertThat(session.evaluate(batch.images(), batch.labels()).loss())
          .isCloseTo(expected.get("evaluated").number(), within(lossBound));
      compare(session.network(), TrainingGolden.network(name), bound);
    }
  }

  private static void compare(Network actual, Network expected, double bound) {
    for (int n = 0; n < actual.nodes().size(); n++) {
      List<Weights> own = actual.node(n).layer().weights();
      for (int i = 0; i < own.size(); i++) {
        Weights theirs = expected.node(n).layer().weights().get(i);
        double worst = 0;
        for (int e = 0; e < theirs.size(); e++) {
          worst = Math.max(worst, Math.abs(own.get(i).get(e) - theirs.get(e)));
        }
        assertThat(worst).as(actual.node(n).name() + "/" + i).isLessThan(bound);
      }
    }
  }
}

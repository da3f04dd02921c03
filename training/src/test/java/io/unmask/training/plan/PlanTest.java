package io.unmask.training.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.schedule.EarlyStopping;
import io.unmask.training.schedule.LearningRate;
import io.unmask.training.schedule.ReduceOnPlateau;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void theTwoPhasesAreTheReferences() {
    List<Phase> phases = Plan.twoPhase().phases();
    assertThat(phases).extracting(Phase::epochs).containsExactly(20, 30);
    assertThat(phases)
        .extracting(Phase::rate)
        .containsExactly(new LearningRate.Constant(1e-3), new LearningRate.Constant(1e-5));
    assertThat(phases)
        .extracting(Phase::stopping)
        .containsExactly(Optional.of(new EarlyStopping(10)), Optional.of(new EarlyStopping(15)));
    assertThat(phases)
        .extracting(Phase::plateau)
        .containsExactly(
            Optional.of(new ReduceOnPlateau(0.5, 4, 1e-7)),
            Optional.of(new ReduceOnPlateau(0.5, 7, 1e-7)));
    assertThat(phases)
        .extracting(Phase::trunk)
        .containsExactly(Phase.Trunk.FROZEN, Phase.Trunk.TRAINED);
    assertThat(Plan.twoPhase().batch()).isEqualTo(32);
    assertThat(Plan.twoPhase().augmentation()).isEqualTo(Augmentations.REFERENCE);
  }

  @Test
  void theSecondPhaseCanBeLeftOut() {
    Plan plan = Plan.twoPhase().withEpochs(List.of(7, 0));
    assertThat(plan.phases()).extracting(Phase::epochs).containsExactly(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.twoPhase().withEpochs(List.of(0, 7)));
    assertThatIllegalArgumentException().isThrownBy(() -> Plan.twoPhase().withEpochs(List.of(7)));
  }

  @Test
  void anotherRateKeepsItsCourse() {
    assertThat(Plan.fromScratch().withRates(List.of(0.1)).phases().get(0).rate())
        .isEqualTo(new LearningRate.OneCycle(0.1));
    assertThat(Plan.twoPhase().withRates(List.of(0.1, 0.2)).phases())
        .extracting(Phase::rate)
        .containsExactly(new LearningRate.Constant(0.1), new LearningRate.Constant(0.2));
  }

  @Test
  void aHeadKeepsItsLastEpochAndItsL2MayBeChanged() {
    Plan head = Plan.named("head").withL2(0.5);
    assertThat(head.phases()).hasSize(1);
    assertThat(head.description().get("Phase 1"))
        .contains("trunk frozen", "L2 0.5", "last epoch kept");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Plan.head().withL2(-1))
        .withMessageContaining("-1.0");
  }

  @Test
  void aCurveRunsToItsEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Phase.of(3, new LearningRate.Cosine(1), Phase.Trunk.TRAINED)
                    .withCallbacks(new ReduceOnPlateau(0.5, 1, 1e-7), new EarlyStopping(2)))
        .withMessageContaining("without callbacks");
  }

  @Test
  void thePlanFollowsTheArchitectureAndItsWeights() {
    assertThat(Architecture.XCEPTION.plan(true).name()).isEqualTo(Plan.TWO_PHASE);
    assertThat(Architecture.XCEPTION.plan(false).name()).isEqualTo(Plan.FROM_SCRATCH);
    assertThat(Architecture.CNN.plan(true).name()).isEqualTo(Plan.SINGLE_PHASE);
    assertThat(Architecture.named("high-pass").plan(false).crop()).isEqualTo(128);
    assertThat(Architecture.named("high-pass").plan(false).phases().get(0).epochs()).isEqualTo(150);
    for (String name : List.of(Plan.TWO_PHASE, Plan.FROM_SCRATCH, Plan.SINGLE_PHASE)) {
      assertThat(Plan.named(name).name()).isEqualTo(name);
    }
  }

  @Test
  void aDescriptionTellsPlansApart() {
    Plan plan = Plan.twoPhase();
    assertThat(plan.description())
        .containsEntry(
            "Phase 1",
            "20 epochs, Adam at 0.001, trunk frozen, times 0.5 on a plateau of 4, not below 1.0E-7,"
                + " early stopping after 10, L2 1.0E-4");
    assertThat(plan.description()).isEqualTo(Plan.twoPhase().description());
    assertThat(
            List.of(
                plan.withBatch(8),
                plan.withVariants(2),
                plan.withEpochs(List.of(20, 29)),
                plan.withRates(List.of(1e-3, 2e-5)),
                plan.withAugmentation(Augmentations.FLIP),
                Plan.fromScratch().withCrop(64)))
        .extracting(Plan::description)
        .doesNotHaveDuplicates()
        .doesNotContain(plan.description());
  }
}

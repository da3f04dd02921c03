package io.unmask.training.run;

import io.unmask.keras.Precision;
import io.unmask.spi.Backend;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Views;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceSet;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Phase;
import io.unmask.training.plan.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be trained, with what and how. Immutable.
 *
 * @param faces the images to train and validate with
 * @param test images that take no part in the training, on which the models together are tried
 * @param folder where the models and the report go
 * @param architecture the network
 * @param weights a file with weights to begin with
 * @param plan how to train
 * @param folds which images validate in which fold
 * @param seed of weights, order, augmentation and dropout
 * @param trainer the backend that trains
 * @param engine the backend that runs networks as they are
 * @param options the device and the threads
 * @param precision of the kernels in the model files
 * @param decision if the manifest gets a calibration, a threshold and a band, what they are to
 *     reach; fitted on what each model says of the images that it has not seen
 * @param mirrored whether the models are to see each image mirrored too, once they are trained
 * @param views what of a photo the models are to be shown once they are trained; the images to
 *     train with are such views already
 * @param refit whether a last model is trained with all images, as the folds' models were, for use
 *     in place of them
 * @param robustness whether to measure how robust the models are
 */
public record TrainingSettings(
    FaceSet faces,
    Optional<FaceSet> test,
    Path folder,
    Architecture architecture,
    Optional<Path> weights,
    Plan plan,
    CrossValidation folds,
    long seed,
    Backend trainer,
    Backend engine,
    ProgramOptions options,
    Precision precision,
    Optional<DecisionGoal> decision,
    boolean mirrored,
    Views views,
    boolean refit,
    boolean robustness) {

  /**
   * Checks what fits together.
   *
   * @throws IllegalArgumentException if it does not
   */
  public TrainingSettings {
    boolean frozen = plan.phases().stream().anyMatch(phase -> phase.trunk() == Phase.Trunk.FROZEN);
    if (frozen && architecture.trunk().isEmpty()) {
      throw new IllegalArgumentException(
          "architecture %s has no trunk that plan %s could freeze; choose plan %s or %s"
              .formatted(architecture.key(), plan.name(), Plan.FROM_SCRATCH, Plan.SINGLE_PHASE));
    }
    if (architecture.taps().isPresent() && plan.phases().get(0).trunk() != Phase.Trunk.FROZEN) {
      throw new IllegalArgumentException(
          "what the taps say is normalised by what the trunk says as it is; choose plan %s or %s"
              .formatted(Plan.HEAD, Plan.FINE_TUNE));
    }
    if (plan.crop() != 0
        && plan.phases().stream().allMatch(phase -> phase.trunk() == Phase.Trunk.FROZEN)) {
      throw new IllegalArgumentException(
          "a frozen trunk reads whole images; leave out the crop, or choose a plan that trains it");
    }
    if (refit && !plan.phases().stream().allMatch(Phase::keepsLast)) {
      throw new IllegalArgumentException(
          "a model of all images has none left to find its best epoch by; choose a plan that keeps its last, %s or %s"
              .formatted(Plan.HEAD, Plan.FINE_TUNE));
    }
    if (faces.remadeCount() > 0 && plan.remade() > 0 && !folds.balancesSources()) {
      throw new IllegalArgumentException(
          "photographs that come with what was made of them need folds by source");
    }
  }

  /** All that decides what comes out, as text by name. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Architecture", architecture.key());
    architecture
        .taps()
        .ifPresent(
            taps -> {
              facts.put("Trunk", taps.trunk().getFileName() + " " + RunRecord.sum(taps.trunk()));
              facts.put("Taps", taps.description());
            });
    architecture
        .backbone()
        .ifPresent(
            backbone -> {
              String sum = RunRecord.sum(backbone.file());
              facts.put("Backbone", backbone.file().getFileName() + " " + sum);
              facts.put("Head", backbone.description());
            });
    weights.ifPresent(
        file -> facts.put("Start weights", file.getFileName() + " " + RunRecord.sum(file)));
    facts.putAll(plan.description());
    if (!views.equals(Views.WHOLE_IMAGE)) {
      facts.put("Views", views.toString());
    }
    facts.put("Folds", folds.toString());
    facts.put("Seed", String.valueOf(seed));
    facts.put("Backend", trainer.name());
    facts.put("Device", options.device().toString());
    facts.put("Threads", String.valueOf(options.effectiveThreads()));
    facts.put("Precision", precision.toString());
    return facts;
  }
}

package io.unmask.training.run;

import io.unmask.evaluation.Metric;
import io.unmask.evaluation.RecallAtRate;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelSettings;
import io.unmask.model.Notes;
import io.unmask.training.report.Evaluation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The manifest that makes one detector of the models of all folds. */
final class TrainedManifest {

  private TrainedManifest() {}

  /**
   * Writes it beside the models.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  static void write(
      TrainingSettings settings,
      RunFolder folder,
      Evaluation evaluation,
      Optional<OutOfFoldFit> fit) {
    Manifest manifest =
        Manifest.builder()
            .members(
                IntStream.rangeClosed(1, settings.folds().folds())
                    .mapToObj(fold -> folder.model(fold, settings.plan().phases().size()))
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList())
            .common(common(settings, evaluation, fit))
            .build();
    try {
      ManifestFile.write(folder.folder(), manifest);
    } catch (IOException e) {
      throw RunFolder.unwritable(folder.folder().resolve(Manifest.FILE_NAME), e);
    }
  }

  private static ModelSettings common(
      TrainingSettings settings, Evaluation evaluation, Optional<OutOfFoldFit> fit) {
    ModelSettings.Builder common = ModelSettings.builder();
    if (settings.views().faces()) {
      common.views(settings.views());
    }
    if (settings.mirrored()) {
      common.mirrored(true);
    }
    if (fit.isPresent()) {
      common.calibration(fit.get().calibration());
      ManifestDecision.set(fit.get().rule(), common);
    }
    Notes provenance = Notes.NONE;
    for (Map.Entry<String, String> fact : evaluation.facts().entrySet()) {
      provenance = provenance.with(fact.getKey(), fact.getValue());
    }
    return common
        .notes(Notes.NONE.with("figures", figures(evaluation, fit)).with("provenance", provenance))
        .build();
  }

  private static Notes figures(Evaluation evaluation, Optional<OutOfFoldFit> fit) {
    Notes figures =
        Notes.NONE.with(
            "of", "each model on the images that it was not trained with, all folds pooled");
    OptionalDouble auc = evaluation.pooled().get(Metric.AUC);
    if (auc.isPresent()) {
      figures = figures.with("AUC", auc.getAsDouble());
    }
    for (RecallAtRate each : RecallAtRate.all(evaluation.sourced())) {
      figures =
          figures.with("recall at " + 100 * each.limit() + " % false positives", each.recall());
    }
    return fit.isPresent()
        ? figures.with(ManifestDecision.KEY, ManifestDecision.figures(fit.get().rule()))
        : figures;
  }
}

package io.unmask.cli;

import io.unmask.Backends;
import io.unmask.Faces;
import io.unmask.evaluation.MeanAndDeviation;
import io.unmask.evaluation.Metric;
import io.unmask.evaluation.Metrics;
import io.unmask.keras.KerasReader;
import io.unmask.keras.Precision;
import io.unmask.keras.StartWeights;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View.Resampling;
import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.RemadePhotos;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Phase;
import io.unmask.training.plan.Plan;
import io.unmask.training.run.DecisionGoal;
import io.unmask.training.run.Training;
import io.unmask.training.run.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One training. It is apart from the command so that the other commands do not load its classes.
 *
 * @param console where to write
 * @param command what is wanted
 */
record TrainingRun(Console console, TrainCommand command) {

  /** How many photographs may be called fake where nothing else is said. */
  private static final double FALSE_POSITIVES = 0.01;

  /** A layer that every Xception has, and nothing else. */
  private static final String LAST_OF_XCEPTION = "block14_sepconv2";

  /** Runs it. Returns the exit status. */
  int run() {
    Architecture architecture = architecture();
    Plan plan = plan(architecture);
    CrossValidation folds = folds();
    Optional<DecisionGoal> decision = decision();
    Backends backends = Backends.find(command.device);
    Path out = command.out == null ? Path.of("trained-" + architecture.key()) : command.out;
    TrainingProgress progress = new TrainingProgress(console);
    Views views = views();
    TrainingImages images = new TrainingImages(console, progress, views, architecture, out);
    FaceSet faces = images.in(command.data.folders(), backends, command.options());
    if (command.remade != null) {
      faces = RemadePhotos.add(faces, command.data.folders().real(), command.remade);
    }
    Optional<FaceSet> test =
        Optional.ofNullable(command.test)
            .map(each -> images.in(command.data.in(each), backends, command.options()));
    TrainingSettings.Builder settings =
        TrainingSettings.builder(
                faces, out, architecture, backends.trainer(Optional.ofNullable(command.backend)))
            .plan(plan)
            .folds(folds)
            .seed(command.seed)
            .engine(backends.best())
            .options(command.options())
            .precision(command.half ? Precision.HALF : Precision.SINGLE)
            .mirrored(command.mirrored)
            .views(views)
            .refit(command.refit)
            .robustness(command.robustness);
    test.ifPresent(settings::test);
    decision.ifPresent(settings::decision);
    if (command.weights != null && !architecture.bringsWeights()) {
      settings.weights(command.weights);
    }
    TrainingSettings checked = settings.build();
    if (command.architecture == null) {
      progress.notes(
          "architecture %s, as none is named: %s; for another one say --architecture"
              .formatted(
                  architecture.key(),
                  command.weights == null
                      ? "it is small enough to begin with fresh weights"
                      : "the weights are for one"));
    }
    progress.plan(plan.phases().stream().map(Phase::epochs).toList(), command.folds, command.refit);
    Training.Result result;
    try (progress) {
      result = new Training(checked, progress).run();
    }
    summarize(result);
    console.out().println("Models             " + out);
    console.out().println("Report             " + out.resolve("report.html"));
    return faces.leftOut().isEmpty() ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }

  /** The network that is wanted, or one that fits. */
  Architecture architecture() {
    String name = command.architecture;
    if (Architecture.TAPS.equals(name)) {
      return command.taps.on(command.weights);
    }
    if (Architecture.BACKBONE.equals(name) || (name == null && isBackbone())) {
      return command.taps.onBackbone(command.weights);
    }
    Architecture chosen =
        name == null
            ? command.weights == null ? Architecture.HIGH_PASS : Architecture.XCEPTION
            : Architecture.named(name);
    command.taps.refuseLayers(chosen.key());
    return chosen;
  }

  /** Whether the weights are those of a whole model that is no Xception. */
  private boolean isBackbone() {
    return command.weights != null
        && Files.isRegularFile(command.weights) // else what begins with the weights says so
        && !KerasReader.holdsWeightsOnly(command.weights)
        && StartWeights.names(command.weights).stream()
            .noneMatch(layer -> layer.endsWith(LAST_OF_XCEPTION));
  }

  private Optional<DecisionGoal> decision() {
    if (!command.calibrate && (command.falsePositives != null || !command.undecided.isEmpty())) {
      throw new IllegalArgumentException(
          "--threshold-at-fpr and --decide-without are for what --calibrate fits; add --calibrate");
    }
    double rate = command.falsePositives == null ? FALSE_POSITIVES : command.falsePositives;
    return command.calibrate
        ? Optional.of(new DecisionGoal(rate, Set.copyOf(command.undecided)))
        : Optional.empty();
  }

  private CrossValidation folds() {
    if (command.bySource && command.stratified) {
      throw new IllegalArgumentException(
          "--stratified and --group-by-source contradict each other; choose one");
    }
    if (command.bySource) {
      return CrossValidation.bySource(command.folds, command.seed);
    }
    return command.stratified
        ? CrossValidation.stratified(command.folds, command.seed)
        : CrossValidation.shuffled(command.folds, command.seed);
  }

  private Plan plan(Architecture architecture) {
    Plan plan =
        command.plan == null
            ? architecture.plan(command.weights != null)
            : Plan.named(command.plan);
    if (!command.epochs.isEmpty()) {
      plan = plan.withEpochs(command.epochs);
    }
    if (!command.rates.isEmpty()) {
      plan = plan.withRates(command.rates);
    }
    if (command.l2 != null) {
      plan = plan.withL2(command.l2);
    }
    if (command.batch != null) {
      plan = plan.withBatch(command.batch);
    }
    if (command.augmentation != null) {
      plan = plan.withAugmentation(Augmentations.named(command.augmentation));
    }
    if (command.crop != null) {
      plan = plan.withCrop(command.crop);
    }
    if (command.variants != null) {
      plan = plan.withVariants(command.variants);
    }
    checkRemade(plan);
    if (command.remadeShare != null) {
      plan = plan.withRemade(command.remadeShare);
    }
    return command.trunkStatistics ? withTrunkStatistics(plan) : plan;
  }

  private void checkRemade(Plan plan) {
    if (command.remade == null) {
      if (command.remadeShare != null) {
        throw new IllegalArgumentException("--remade-share is for photographs that --remade names");
      }
      return;
    }
    if (!command.bySource) {
      throw new IllegalArgumentException("--remade is for folds by source; add --group-by-source");
    }
    if (command.faces != Faces.WHOLE) {
      throw new IllegalArgumentException(
          "--remade is for images as they are, not for --faces crop: cut the faces out before");
    }
    if (plan.phases().stream().allMatch(phase -> phase.trunk() == Phase.Trunk.FROZEN)) {
      throw new IllegalArgumentException(
          "plan %s trains no trunk, which is what --remade is for; choose %s"
              .formatted(plan.name(), Plan.FINE_TUNE));
    }
  }

  private static Plan withTrunkStatistics(Plan plan) {
    List<Phase> phases =
        plan.phases().stream()
            .map(
                phase ->
                    phase.trunk() == Phase.Trunk.TRAINED
                        ? phase.withTrunk(Phase.Trunk.TRAINED_WITH_STATISTICS)
                        : phase)
            .toList();
    return plan.withPhases(phases);
  }

  private Views views() {
    if (command.faces == Faces.WHOLE) {
      if (command.margin != null) {
        throw new IllegalArgumentException("--margin is for faces that are cut out: --faces crop");
      }
      return Views.WHOLE_IMAGE;
    }
    double margin = command.margin == null ? Views.DEFAULT_MARGIN : command.margin;
    return new Views(true, margin, 0, List.of(new Views.View.Resize(Resampling.ANTIALIASED)));
  }

  private void summarize(Training.Result result) {
    console.out().println("Out-of-fold predictions, pooled");
    MetricsText.print(result.folds().pooled(), console.out());
    List<Metrics> folds = result.folds().metrics();
    console.out().println();
    console.out().println("Mean and standard deviation over the folds");
    for (Metric metric : Metric.values()) {
      if (folds.stream().anyMatch(fold -> fold.get(metric).isPresent())) {
        MeanAndDeviation over = Metrics.over(folds, metric);
        MetricsText.line(console.out(), metric, "%.4f +- %.4f", over.mean(), over.deviation());
      }
    }
    SourceText.print(result.folds(), console.out());
    if (!result.robustness().isEmpty()) {
      console.out().println();
      console.out().println("Unseen images after         AUC     accuracy");
      result
          .robustness()
          .forEach(
              (name, metrics) ->
                  console
                      .out()
                      .println(
                          String.format(
                              Locale.ROOT,
                              "%-26s  %.4f  %.4f",
                              name,
                              metrics.get(Metric.AUC).orElse(Double.NaN),
                              metrics.get(Metric.ACCURACY).orElse(Double.NaN))));
    }
    result
        .test()
        .ifPresent(
            test -> {
              console.out().println();
              console.out().println("Held-out test, mean of all models");
              MetricsText.print(test.pooled(), console.out());
            });
    console.out().println();
  }
}

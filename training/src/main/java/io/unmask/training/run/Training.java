package io.unmask.training.run;

import io.unmask.Detector;
import io.unmask.error.BackendException;
import io.unmask.evaluation.Metrics;
import io.unmask.image.JavaPreprocessor;
import io.unmask.keras.KerasReader;
import io.unmask.keras.KerasWriter;
import io.unmask.keras.StartWeights;
import io.unmask.model.OwnScaling;
import io.unmask.network.Network;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.network.pass.CutNetwork;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Trainable;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.Fold;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Phase;
import io.unmask.training.report.Evaluation;
import io.unmask.training.report.EvaluationReport;
import io.unmask.training.report.History;
import io.unmask.training.report.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A cross-validation: one model a fold, trained on the other folds, and a report on what each says
 * of the images it has not seen.
 *
 * <p>A training that was interrupted, however that was, goes on after its last whole epoch when it
 * is run again with the same settings and images, and ends with the same models, bit for bit (on
 * the CPU, with the same number of threads).
 */
public final class Training {

  private static final double THRESHOLD = 0.5;

  private final TrainingSettings settings;
  private final TrainingListener listener;

  /**
   * Nothing happens before {@link #run}.
   *
   * @param listener is told how it goes
   */
  public Training(TrainingSettings settings, TrainingListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * What came out.
   *
   * @param folds what each fold's model says of the images that it has not been trained with
   * @param test what all models together say of the test images, if there are any
   * @param robustness as {@code folds}, pooled, by what was done to the images before; empty if
   *     that was not asked for
   */
  public record Result(
      Evaluation folds, Optional<Evaluation> test, Map<String, Metrics> robustness) {}

  /**
   * Trains all folds and writes the models, {@code unmask.json} and the report.
   *
   * @throws BackendException if the backend cannot train, or the engine fails
   * @throws java.io.UncheckedIOException if a file cannot be written or an image not be read any
   *     more, or the folder holds another training
   * @throws io.unmask.error.ModelFormatException if the start weights cannot be read or do not fit
   * @throws IllegalArgumentException if there are too few images for the folds
   */
  public Result run() {
    Trainable trainable =
        settings
            .trainer()
            .trainable()
            .orElseThrow(
                () ->
                    new BackendException(
                        "backend '%s' cannot train; choose backend tensorflow"
                            .formatted(settings.trainer().name())));
    List<Fold> folds = settings.folds().split(settings.faces().images());
    Network start = start();
    ExecutorService threads = Executors.newFixedThreadPool(settings.options().effectiveThreads());
    try (RunFolder folder = RunFolder.open(settings.folder())) {
      EvaluationReport.prepare(settings.folder());
      RunRecord record = RunRecord.of(TrainingFacts.of(settings), settings.faces());
      record.claim(folder);
      ImageSamples images = images(start);
      List<History> histories = train(trainable, folds, start, images, folder, record, threads);
      return report(folder, facts(record), folds, histories, robustness(images, threads));
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * What is reported: also how the models are used, which may be another way after each training.
   */
  private Map<String, String> facts(RunRecord record) {
    Map<String, String> facts = new LinkedHashMap<>(record.facts());
    if (settings.mirrored()) {
      facts.put("Views", "each image as it is and mirrored, their mean");
    }
    settings.decision().ifPresent(goal -> facts.put("Decision", goal.toString()));
    return facts;
  }

  private Network start() {
    Network fresh = settings.architecture().build(new KerasInitializer(settings.seed()));
    if (settings.weights().isEmpty()) {
      return fresh;
    }
    Path file = settings.weights().get();
    Architecture architecture = settings.architecture();
    StartWeights start =
        architecture.trunk().isPresent()
            ? StartWeights.atLeast(file, fresh, architecture::inTrunk)
            : StartWeights.all(file, fresh);
    listener.notes(
        "%d of %d layers begin with the weights in %s"
            .formatted(
                start.layers().size(),
                fresh.nodes().stream().filter(node -> !node.layer().weights().isEmpty()).count(),
                file));
    return start.network().inMemory(); // the file may change before the last fold begins
  }

  private ImageSamples images(Network network) {
    InputFormat format =
        InputFormat.unitRange(network.inputShape().extent(0), network.inputShape().extent(1));
    Optional<OwnScaling> own = OwnScaling.of(network);
    own.ifPresent(
        found ->
            listener.notes(
                "the network scales images itself, in layer '%s': it is given %s"
                    .formatted(found.layer(), found.scaling().of(format.order()))));
    return new ImageSamples(
        settings.faces(),
        new JavaPreprocessor(),
        format,
        own.map(found -> found.scaling().of(format.order())).orElse(format.scaling()),
        settings.plan().augmentation().cropped(0),
        0,
        settings.seed());
  }

  private Optional<Robustness> robustness(ImageSamples images, ExecutorService threads) {
    return settings.robustness()
        ? Optional.of(new Robustness(images, THRESHOLD, threads, listener))
        : Optional.empty();
  }

  private List<History> train(
      Trainable trainable,
      List<Fold> folds,
      Network start,
      ImageSamples images,
      RunFolder folder,
      RunRecord record,
      ExecutorService threads) {
    Optional<TrunkFeatures> features = features(start, images, folder, record, threads);
    try {
      List<History> histories = new ArrayList<>();
      for (Fold fold : folds) {
        histories.add(
            new FoldTrainer(settings, trainable, folder, fold, images, features, threads, listener)
                .train(start));
      }
      if (settings.refit()) {
        Fold all = Fold.allImages(settings.faces().size());
        new FoldTrainer(settings, trainable, folder, all, images, features, threads, listener)
            .train(start);
      }
      return histories;
    } finally {
      features.ifPresent(TrunkFeatures::close);
    }
  }

  private Optional<TrunkFeatures> features(
      Network start,
      ImageSamples images,
      RunFolder folder,
      RunRecord record,
      ExecutorService threads) {
    if (settings.plan().phases().stream().noneMatch(p -> p.trunk() == Phase.Trunk.FROZEN)) {
      return Optional.empty();
    }
    Network trunk =
        CutNetwork.behind(start, settings.architecture().trunk().orElseThrow().end()).trunk();
    return Optional.of(
        TrunkFeatures.open(
            folder.hidden("features"),
            record.sum(),
            trunk,
            settings.engine(),
            settings.options(),
            images,
            settings.faces().size(),
            settings.plan().variants(),
            threads,
            listener));
  }

  private Result report(
      RunFolder folder,
      Map<String, String> facts,
      List<Fold> folds,
      List<History> histories,
      Optional<Robustness> robustness) {
    Scoring scoring = new Scoring(settings, THRESHOLD, listener);
    int phases = settings.plan().phases().size();
    List<Part> parts = new ArrayList<>();
    List<double[]> onTest = new ArrayList<>();
    for (Fold fold : folds) {
      Path model = folder.model(fold.number(), phases);
      try (Detector detector = scoring.detector(model)) {
        List<FaceImage> unseen = new ArrayList<>();
        for (int index : fold.validation()) {
          unseen.add(settings.faces().images().get(index));
        }
        double[] scores = scoring.scores(detector, unseen, "scoring fold " + fold.number());
        parts.add(
            new Part(
                "Fold " + fold.number(),
                Scoring.scored(unseen, scores),
                Optional.of(histories.get(fold.number() - 1))));
        robustness.ifPresent(
            each ->
                each.add(
                    detector, fold.validation(), "trying the robustness of fold " + fold.number()));
        settings
            .test()
            .ifPresent(
                test -> onTest.add(scoring.scores(detector, test.images(), "scoring the test")));
      }
    }
    Evaluation evaluation =
        new Evaluation(
            "Cross-validation of " + settings.architecture().key(),
            facts,
            parts,
            THRESHOLD,
            settings.faces().leftOut());
    if (settings.architecture().taps().isPresent() && phases == 1) {
      writeAsOne(folder, folds);
    }
    TrainedManifest.write(settings, folder, evaluation, fit(evaluation));
    EvaluationReport.write(evaluation, folder.folder());
    Optional<Evaluation> test = settings.test().map(faces -> testOf(faces, facts, onTest));
    test.ifPresent(each -> EvaluationReport.write(each, folder.folder().resolve("test")));
    Map<String, Metrics> degraded = robustness.map(Robustness::metrics).orElse(Map.of());
    if (!degraded.isEmpty()) {
      byte[] csv = Robustness.csv(degraded).getBytes(StandardCharsets.UTF_8);
      RunFolder.write(folder.folder().resolve("robustness.csv"), stream -> stream.write(csv));
    }
    return new Result(evaluation, test, degraded);
  }

  /** A file for an ensemble that has no room for the trunk of each fold. */
  private void writeAsOne(RunFolder folder, List<Fold> folds) {
    List<Network> models =
        folds.stream().map(fold -> KerasReader.read(folder.model(fold.number(), 1))).toList();
    String end = settings.architecture().trunk().orElseThrow().end();
    KerasWriter.write(FoldsAsOne.of(models, end), folder.asOne(), settings.precision());
  }

  private Optional<OutOfFoldFit> fit(Evaluation evaluation) {
    if (settings.decision().isEmpty()) {
      return Optional.empty();
    }
    Optional<OutOfFoldFit> fit =
        OutOfFoldFit.of(evaluation, settings.folds().balancesSources(), settings.decision().get());
    if (fit.isEmpty()) {
      listener.notes(
          "no calibration: what the models put out does not grow with the share of fakes");
    }
    return fit;
  }

  private Evaluation testOf(FaceSet faces, Map<String, String> facts, List<double[]> folds) {
    double[] mean = new double[faces.size()];
    for (int i = 0; i < mean.length; i++) {
      int image = i;
      mean[i] = folds.stream().mapToDouble(scores -> scores[image]).average().orElseThrow();
    }
    return Evaluation.of(
        "Held-out test of " + settings.architecture().key() + ", the folds' mean",
        facts,
        Scoring.scored(faces.images(), mean),
        THRESHOLD,
        faces.leftOut());
  }
}

package io.unmask.cli;

import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.Outcome;
import io.unmask.error.DetectorException;
import io.unmask.evaluation.DecisionRule;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.LeftOut;
import io.unmask.training.report.Evaluation;
import io.unmask.training.report.EvaluationReport;
import io.unmask.training.report.ScoredImage;
import io.unmask.training.run.ManifestDecision;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One evaluation. It is apart from the command so that the other commands do not load its classes.
 *
 * @param console where to write
 * @param command what is wanted
 */
record EvaluationRun(Console console, EvaluateCommand command) {

  private static final String NO_FACE = "no face was found in it";

  /** Runs it. Returns the exit status. */
  int run() {
    check();
    FaceSet set = limited(command.data.folders().list());
    EvaluationReport.prepare(command.report);
    try (Detector detector = command.options.open(console)) {
      Evaluation evaluated;
      try (Progress progress = Progress.onTerminal(console, "evaluate", set.size())) {
        evaluated = evaluate(detector, set, progress);
      }
      return report(detector, evaluated);
    }
  }

  private int report(Detector detector, Evaluation evaluated) {
    Optional<DecisionRule> rule =
        Optional.ofNullable(command.falsePositives)
            .map(rate -> DecisionRule.of(rate, evaluated.sourced()));
    Evaluation evaluation = rule.map(r -> evaluated.at(r.threshold())).orElse(evaluated);
    for (LeftOut out : evaluation.leftOut()) {
      console.complain(out.file() + ": " + out.reason());
    }
    MetricsText.print(evaluation.pooled(), console.out());
    SourceText.print(evaluation, console.out());
    VerdictCounts.print(evaluation.facts(), console.out());
    ReversedClasses.hint(evaluation.pooled()).ifPresent(hint -> console.complain("note: " + hint));
    FewImages.hint(evaluation.pooled().predictions())
        .ifPresent(hint -> console.complain("note: " + hint));
    EvaluationReport.write(
        evaluation,
        command.report,
        file -> command.explain ? map(detector, file) : Optional.empty());
    rule.ifPresent(this::decide);
    console.out().println("Report             " + command.report.resolve("report.html"));
    return evaluation.leftOut().stream().allMatch(out -> out.reason().equals(NO_FACE))
        ? ExitStatus.OK
        : ExitStatus.SOME_FAILED;
  }

  private Optional<BufferedImage> map(Detector detector, Path file) {
    try {
      EncodedImage image = EncodedImage.read(file);
      BufferedImage photo =
          Annotator.decoded(image, command.options.imageOptions(), detector.info().upright());
      return Optional.of(HeatmapPicture.small(photo, detector.explain(image)));
    } catch (DetectorException e) {
      console.complain(file + ": cannot be explained: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void check() {
    if (command.falsePositives != null && command.options.hasThreshold()) {
      throw new IllegalArgumentException(
          "--threshold and --threshold-at-fpr contradict each other; choose one");
    }
    if (command.falsePositives != null
        && !(command.falsePositives >= 0 && command.falsePositives <= 1)) {
      throw new IllegalArgumentException(
          "--threshold-at-fpr "
              + command.falsePositives
              + ", expected a share of the photographs in [0, 1], such as 0.01");
    }
    if (command.writeManifest && command.falsePositives == null) {
      throw new IllegalArgumentException(
          "--write-manifest writes what --threshold-at-fpr chooses; add --threshold-at-fpr 0.01");
    }
    if (command.writeManifest && command.options.models().size() != 1) {
      throw new IllegalArgumentException(
          "--write-manifest needs one --model, a file or a folder, to write unmask.json beside");
    }
  }

  private void decide(DecisionRule rule) {
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "FAKE above %.4f  %.2f %% of the photographs, %.1f %% of the fakes",
                rule.threshold(),
                100 * rule.falseFakeRate(),
                100 * rule.recall()));
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "REAL below %.4f  %.1f %% of the photographs, %.1f %% of the fakes",
                rule.realBelow(),
                100 * rule.realOfReal(),
                100 * rule.realOfFake()));
    if (command.writeManifest) {
      Path manifest = ManifestDecision.write(rule, command.options.models().get(0));
      console.out().println("Manifest           " + manifest);
    }
  }

  private Evaluation evaluate(Detector detector, FaceSet set, Progress progress) {
    List<ScoredImage> scored = new ArrayList<>();
    List<LeftOut> failed = new ArrayList<>();
    VerdictCounts counts = new VerdictCounts();
    Iterator<FaceImage> images = set.images().iterator();
    try (Stream<Outcome<Path>> outcomes =
        detector.classifyAll(set.images().stream().map(FaceImage::file))) {
      outcomes.forEachOrdered(
          outcome -> {
            FaceImage image = images.next();
            if (outcome instanceof Outcome.Classified<Path> classified) {
              counts.add(image.fake(), classified.result().label());
            }
            if (outcome instanceof Outcome.Classified<Path> classified
                && !classified.result().isJudged()) {
              failed.add(new LeftOut(image.file(), NO_FACE));
            } else if (outcome instanceof Outcome.Classified<Path> classified) {
              scored.add(ScoredImage.of(image, classified.result().probability()));
            } else if (outcome instanceof Outcome.Failed<Path> failure) {
              failed.add(LeftOut.because(image.file(), failure.error()));
            }
            progress.step();
          });
    }
    FaceSet used = set.without(failed);
    Map<String, String> facts = facts(detector.info());
    if (command.falsePositives == null) { // which chooses another threshold and band
      counts.addTo(facts);
    }
    return Evaluation.of("Evaluation", facts, scored, detector.info().threshold(), used.leftOut());
  }

  private static Map<String, String> facts(DetectorInfo info) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Model", info.model());
    facts.put("Backend", info.program().backend() + " (" + info.program().engine() + ")");
    facts.put("Preprocessor", info.preprocessor());
    facts.put("Looks at", info.views().toString());
    if (info.mirrored()) {
      facts.put("Views", "each image as it is and mirrored, their mean");
    }
    return facts;
  }

  /** The same images every time, and not all from the beginning. */
  private FaceSet limited(FaceSet set) {
    if (command.limit == null) {
      return set;
    }
    if (command.limit < 1) {
      throw new IllegalArgumentException("--limit " + command.limit + ", expected at least 1");
    }
    List<FaceImage> some = new ArrayList<>();
    for (boolean fake : new boolean[] {false, true}) {
      List<FaceImage> all = set.images().stream().filter(each -> each.fake() == fake).toList();
      int count = Math.min(command.limit, all.size());
      for (int i = 0; i < count; i++) {
        some.add(all.get((int) ((long) i * all.size() / count)));
      }
    }
    return new FaceSet(some, set.leftOut());
  }
}

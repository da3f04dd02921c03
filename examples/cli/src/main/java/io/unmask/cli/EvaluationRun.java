package io.unmask.cli;

import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.Outcome;
import io.unmask.training.data.FaceImage;
import io.unmask.training.data.FaceSet;
import io.unmask.training.data.LeftOut;
import io.unmask.training.report.Evaluation;
import io.unmask.training.report.EvaluationReport;
import io.unmask.training.report.ScoredImage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One evaluation. It is apart from the command so that the other commands do not load its classes.
 *
 * @param console where to write
 * @param command what is wanted
 */
record EvaluationRun(Console console, EvaluateCommand command) {

  /** Runs it. Returns the exit status. */
  int run() {
    FaceSet set = limited(command.data.folders().list());
    EvaluationReport.prepare(command.report);
    Evaluation evaluation;
    try (Detector detector = command.options.open();
        Progress progress = Progress.onTerminal(console, "evaluate", set.size())) {
      evaluation = evaluate(detector, set, progress);
    }
    for (LeftOut out : evaluation.leftOut()) {
      console.complain(out.file() + ": " + out.reason());
    }
    MetricsText.print(evaluation.pooled(), console.out());
    SourceText.print(evaluation, console.out());
    EvaluationReport.write(evaluation, command.report);
    console.out().println("Report             " + command.report.resolve("report.html"));
    return evaluation.leftOut().isEmpty() ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }

  private static Evaluation evaluate(Detector detector, FaceSet set, Progress progress) {
    List<ScoredImage> scored = new ArrayList<>();
    List<LeftOut> failed = new ArrayList<>();
    Iterator<FaceImage> images = set.images().iterator();
    try (Stream<Outcome> outcomes =
        detector.classifyAll(set.images().stream().map(FaceImage::file))) {
      outcomes.forEachOrdered(
          outcome -> {
            FaceImage image = images.next();
            if (outcome instanceof Outcome.Classified classified) {
              scored.add(ScoredImage.of(image, classified.result().probability()));
            } else if (outcome instanceof Outcome.Failed failure) {
              failed.add(LeftOut.because(image.file(), failure.error()));
            }
            progress.step();
          });
    }
    FaceSet used = set.without(failed);
    return Evaluation.of(
        "Evaluation", facts(detector.info()), scored, detector.info().threshold(), used.leftOut());
  }

  private static Map<String, String> facts(DetectorInfo info) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Model", info.model());
    facts.put("Backend", info.program().backend() + " (" + info.program().engine() + ")");
    facts.put("Preprocessor", info.preprocessor());
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

package io.unmask.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unmask evaluate}. */
@Command(
    name = "evaluate",
    description = "Classifies images whose truth is known, and reports how good the detector is.",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

  private final Console console;

  @Mixin DetectorOptions options = new DetectorOptions();

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder for metrics.json, predictions.csv, report.html and plots; made if missing."
              + " Files of an earlier report are replaced, others stay.")
  Path report = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Use N images of each class only, spread evenly over its files.")
  @Nullable Integer limit;

  @Option(
      names = "--threshold-at-fpr",
      paramLabel = "RATE",
      description =
          "Choose the threshold above which at most this share of the photographs lies, such as"
              + " 0.01, and the band below it so that REAL is right nine times in ten. Report with"
              + " that threshold.")
  @Nullable Double falsePositives;

  @Option(
      names = "--write-manifest",
      description =
          "Put the threshold and the band of --threshold-at-fpr into unmask.json beside the model.")
  boolean writeManifest;

  @Option(
      names = "--explain",
      description =
          "Show beside the mistakes in report.html what in each image spoke for fake and for real.")
  boolean explain;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new EvaluationRun(console, this).run();
  }
}

package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.Outcome;
import io.unmask.error.ImageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unmask classify}. */
@Command(
    name = "classify",
    description = "Says of each image whether its face is real or generated.",
    sortOptions = false)
final class ClassifyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private DetectorOptions options = new DetectorOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description = "How to print the results; else text.")
  private Format format = Format.TEXT;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description =
          "Write a copy of each image, with the verdict below it and around each face, into this"
              + " folder.")
  private @Nullable Path annotate;

  @Option(
      names = "--verbose",
      description = "Say on standard error what is used, and where errors come from.")
  private boolean verbose;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Image files, and folders of them.")
  private List<Path> paths = new ArrayList<>();

  private boolean failed;

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImageFiles files = ImageFiles.list(paths);
    List<ImageFiles.Input> inputs = files.inputs();
    files.notes().forEach(note -> console.complain(Console.printable(note)));
    @Nullable Path copies = annotate == null ? null : Annotator.prepare(annotate);
    try (Detector detector = options.open(console);
        Progress progress = Progress.besideResults(console, "classify", inputs.size());
        Stream<Outcome> classified =
            detector.classifyAll(
                inputs.stream()
                    .filter(input -> input.problem() == null)
                    .map(ImageFiles.Input::path))) {
      describe(detector.info());
      @Nullable Annotator annotator =
          copies == null ? null : Annotator.into(copies, detector.info());
      Report report = format.report(console, detector.info());
      Iterator<Outcome> outcomes = classified.iterator();
      for (ImageFiles.Input input : inputs) {
        if (input.problem() != null) {
          fail(report, input.path(), input.problem());
        } else {
          print(report, outcomes.next(), annotator);
        }
        progress.step();
        if (console.out().checkError()) {
          console.complain("standard output cannot be written to");
          return ExitStatus.NOTHING_RAN;
        }
      }
      if (format == Format.TEXT) {
        DetectorInfo info = detector.info();
        info.expectation()
            .scope()
            .ifPresent(scope -> console.complain("note: model " + info.model() + ": " + scope));
      }
    }
    return failed ? ExitStatus.SOME_FAILED : ExitStatus.OK;
  }

  private void print(Report report, Outcome outcome, @Nullable Annotator annotator) {
    Path file = outcome.file();
    if (outcome instanceof Outcome.Failed failure) {
      String message = String.valueOf(failure.error().getMessage());
      String named = file + ": ";
      fail(report, file, message.startsWith(named) ? message.substring(named.length()) : message);
      if (verbose) {
        failure.error().printStackTrace(console.err());
      }
    } else if (outcome instanceof Outcome.Classified classified) {
      report.classified(file, classified.result());
      if (annotator != null) {
        annotate(annotator, file, classified.result());
      }
    }
  }

  private void annotate(Annotator annotator, Path file, Classification result) {
    try {
      annotator.annotate(file, result);
    } catch (ImageException e) {
      failed = true;
      console.complain(String.valueOf(e.getMessage()));
    }
  }

  private void fail(Report report, Path file, String reason) {
    failed = true;
    report.failed(file, Console.printable(reason));
  }

  private void describe(DetectorInfo info) {
    if (verbose) {
      console
          .err()
          .printf(
              "unmask: model %s (%d members by %s, %d layers, %d parameters and %d shared), backend %s (%s, %s, %d threads),"
                  + " preprocessor %s%s%n",
              info.model(),
              info.members().size(),
              info.fusion(),
              info.layers(),
              info.parameters(),
              info.sharedParameters(),
              info.program().backend(),
              info.program().engine(),
              info.program().device(),
              info.program().threads(),
              info.preprocessor(),
              info.mirrored() ? ", each image also mirrored" : "");
      console
          .err()
          .printf(
              "unmask: looks at %s%s%n",
              info.views(), info.faceFinder().map(name -> ", found by " + name).orElse(""));
    }
  }
}

package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.EncodedImage;
import io.unmask.Outcome;
import io.unmask.error.DetectorException;
import io.unmask.error.ImageException;
import io.unmask.image.ImageBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of {@code unmask classify}. */
final class ClassifyRun {

  /** What the bytes on standard input are called in the detector's messages. */
  private static final String STANDARD = "image";

  /** So many failures are said on standard error too, where the results go into a file. */
  private static final int FAILURES_SAID = 20;

  /** Why standard input is nothing to go on with. */
  static final String NAMELESS =
      "an image on standard input has no name that the next run could know it by; name a file";

  private final Console console;
  private final ClassifyCommand command;
  private volatile byte @Nullable [] standardInput;
  private boolean failed;
  private int failuresSaid;

  ClassifyRun(Console console, ClassifyCommand command) {
    this.console = console;
    this.command = command;
  }

  /** Runs it. Returns the exit status. */
  int run() {
    ImageFiles files = ImageFiles.list(command.paths);
    files.notes().forEach(this::note);
    @Nullable Path copies = command.annotate == null ? null : Annotator.prepare(command.annotate);
    @Nullable Path maps = command.explain == null ? null : Annotator.prepare(command.explain);
    try (ResumedCsv resumed = ResumedCsv.of(command.resume);
        Stream<ImageFiles.Input> listed = FileList.of(command.filesFrom, this::note);
        Detector detector = command.options.open(console)) {
      resumed.goOnWith(detector.info());
      Stream<ImageFiles.Input> inputs =
          Stream.concat(files.inputs().stream(), listed)
              .map(this::named)
              .filter(input -> resumed.isNew(input.name()));
      boolean endless = command.filesFrom != null || command.resume != null;
      Tally tally = new Tally(console, endless, System.nanoTime());
      try (Progress progress =
              endless
                  ? Progress.none()
                  : Progress.besideResults(console, "classify", files.inputs().size());
          Stream<Outcome<ImageFiles.Input>> outcomes = detector.classifyAll(inputs, this::read)) {
        describe(detector.info());
        Pictures pictures = new Pictures(detector, command.options.imageOptions(), copies, maps);
        Report report = report(detector.info(), resumed);
        for (Iterator<Outcome<ImageFiles.Input>> each = outcomes.iterator(); each.hasNext(); ) {
          Outcome<ImageFiles.Input> outcome = each.next();
          print(report, outcome, pictures);
          tally.add(outcome);
          progress.step();
          if (resumed.out().orElse(console.out()).checkError()) {
            console.complain(
                command.resume == null
                    ? "standard output cannot be written to"
                    : command.resume + ": cannot be written to; make room, and run it again");
            return ExitStatus.NOTHING_RAN;
          }
        }
      }
      tally.end(resumed.leftOut());
      if (tally.judged()) {
        sayScope(detector.info());
      }
    }
    return failed ? ExitStatus.SOME_FAILED : ExitStatus.OK;
  }

  /** What a run that another one goes on with can take: standard input may be in a list. */
  private ImageFiles.Input named(ImageFiles.Input input) {
    return command.resume != null && input instanceof ImageFiles.Input.Standard
        ? new ImageFiles.Input.Broken(input.name(), NAMELESS)
        : input;
  }

  private void note(String words) {
    console.complain(Console.printable(words));
  }

  private Report report(DetectorInfo info, ResumedCsv resumed) {
    return resumed
        .out()
        .<Report>map(out -> new CsvReport(out, info, resumed.isEmpty()))
        .orElseGet(() -> command.format.report(console, info, command.summary));
  }

  private void sayScope(DetectorInfo info) {
    if (command.format == Format.TEXT && command.resume == null) {
      info.expectation()
          .scope()
          .ifPresent(scope -> console.complain("note: model " + info.model() + ": " + scope));
    }
  }

  /** Called on the threads that decode. */
  private EncodedImage read(ImageFiles.Input input) {
    if (input instanceof ImageFiles.Input.File file) {
      return EncodedImage.read(file.path());
    }
    if (input instanceof ImageFiles.Input.Broken broken) {
      throw new ImageException(broken.name() + ": " + broken.problem());
    }
    byte[] bytes = ImageBytes.read(System.in, STANDARD);
    standardInput = bytes;
    return new EncodedImage(STANDARD, bytes);
  }

  private void print(Report report, Outcome<ImageFiles.Input> outcome, Pictures pictures) {
    ImageFiles.Input input = outcome.source();
    if (outcome instanceof Outcome.Failed<ImageFiles.Input> failure) {
      fail(report, input, failure.error());
    } else if (outcome instanceof Outcome.Classified<ImageFiles.Input> classified) {
      report.classified(input.name(), classified.result());
      if (input instanceof ImageFiles.Input.File file) {
        Path path = file.path();
        write(pictures, path, () -> Files.readAllBytes(path), classified.result());
      } else {
        byte[] bytes = Objects.requireNonNull(standardInput);
        write(pictures, Path.of("standard-input"), () -> bytes, classified.result());
      }
    }
  }

  private void write(Pictures pictures, Path file, Pictures.Bytes bytes, Classification result) {
    pictures
        .write(file, bytes, result)
        .ifPresent(
            problem -> {
              failed = true;
              console.complain(problem);
            });
  }

  /** Reports an error without the name that it begins with, since the report says that. */
  private void fail(Report report, ImageFiles.Input input, DetectorException error) {
    failed = true;
    String named =
        input instanceof ImageFiles.Input.File file
            ? file.path() + ": "
            : input instanceof ImageFiles.Input.Standard ? STANDARD + ": " : input.name() + ": ";
    String reason = Console.printable(Failures.reason(error, named));
    report.failed(input.name(), reason);
    if (command.resume != null && failuresSaid <= FAILURES_SAID) {
      console.complain(
          failuresSaid++ < FAILURES_SAID
              ? Console.printable(input.name()) + ": " + reason
              : "further failures are said in " + command.resume + " alone");
    }
    if (command.verbose) {
      error.printStackTrace(console.err());
    }
  }

  private void describe(DetectorInfo info) {
    if (!command.verbose) {
      return;
    }
    console
        .err()
        .printf(
            "unmask: model %s (%d members by %s, %d layers, %d parameters and %d shared), backend"
                + " %s (%s, %s, %d threads), preprocessor %s%s%n",
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

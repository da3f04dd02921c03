package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.Outcome;
import io.unmask.error.DetectorException;
import io.unmask.image.ImageBytes;
import java.nio.file.Files;
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
      names = "--summary",
      description = "Say each verdict in three sentences too; in text and JSON.")
  private boolean summary;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description =
          "Write a copy of each image, with the verdict below it and around each face, into this"
              + " folder.")
  private @Nullable Path annotate;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description =
          "Write a copy of each image into this folder, with maps of what in each face speaks for"
              + " fake and what for real. They say what the network looked at, and prove nothing.")
  private @Nullable Path explain;

  @Option(
      names = "--verbose",
      description = "Say on standard error what is used, and where errors come from.")
  private boolean verbose;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Image files, and folders of them; - is an image on standard input.")
  private List<String> paths = new ArrayList<>();

  private boolean failed;

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (annotate != null) {
      Annotator.refuseWithin("--annotate", annotate, paths);
    }
    if (explain != null) {
      Annotator.refuseWithin("--explain", explain, paths);
    }
    if (annotate != null && explain != null && same(annotate, explain)) {
      throw new IllegalArgumentException(
          "--annotate and --explain name the same folder, where their copies would get each other's"
              + " names; name two");
    }
    if (summary && format == Format.CSV) {
      throw new IllegalArgumentException(
          "--summary is for text and JSON; leave it out, or choose --format json");
    }
    ImageFiles files = ImageFiles.list(paths);
    List<ImageFiles.Input> inputs = files.inputs();
    files.notes().forEach(note -> console.complain(Console.printable(note)));
    @Nullable Path copies = annotate == null ? null : Annotator.prepare(annotate);
    @Nullable Path maps = explain == null ? null : Annotator.prepare(explain);
    try (Detector detector = options.open(console);
        Progress progress = Progress.besideResults(console, "classify", inputs.size());
        Stream<Outcome<Path>> classified =
            detector.classifyAll(
                inputs.stream()
                    .filter(ImageFiles.Input.File.class::isInstance)
                    .map(input -> ((ImageFiles.Input.File) input).path()))) {
      describe(detector.info());
      Pictures pictures = new Pictures(detector, options.imageOptions(), copies, maps);
      Report report = format.report(console, detector.info(), summary);
      Iterator<Outcome<Path>> outcomes = classified.iterator();
      for (ImageFiles.Input input : inputs) {
        if (input instanceof ImageFiles.Input.Broken broken) {
          fail(report, broken.name(), broken.problem());
        } else if (input instanceof ImageFiles.Input.Standard) {
          classifyStandardInput(detector, report, pictures);
        } else {
          print(report, input.name(), outcomes.next(), pictures);
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

  private static boolean same(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  private void print(Report report, String name, Outcome<Path> outcome, Pictures pictures) {
    Path file = outcome.source();
    if (outcome instanceof Outcome.Failed<Path> failure) {
      fail(report, name, file + ": ", failure.error());
    } else if (outcome instanceof Outcome.Classified<Path> classified) {
      report.classified(name, classified.result());
      write(pictures, file, () -> Files.readAllBytes(file), classified.result());
    }
  }

  private void classifyStandardInput(Detector detector, Report report, Pictures pictures) {
    byte[] encoded;
    Classification result;
    try {
      // The same name as in the detector's messages.
      encoded = ImageBytes.read(System.in, "image");
      result = detector.classify(encoded);
    } catch (DetectorException e) {
      fail(report, ImageFiles.STANDARD_INPUT, "image: ", e);
      return;
    }
    report.classified(ImageFiles.STANDARD_INPUT, result);
    write(pictures, Path.of("standard-input"), () -> encoded, result);
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

  /**
   * Reports an error without the name that it begins with, since the report says that.
   *
   * @param named how it begins
   */
  private void fail(Report report, String name, String named, DetectorException error) {
    fail(report, name, Failures.reason(error, named));
    if (verbose) {
      error.printStackTrace(console.err());
    }
  }

  private void fail(Report report, String name, String reason) {
    failed = true;
    report.failed(name, Console.printable(reason));
  }

  private void describe(DetectorInfo info) {
    if (verbose) {
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
}

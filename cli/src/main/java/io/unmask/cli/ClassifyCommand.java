package io.unmask.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Mixin DetectorOptions options = new DetectorOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description = "How to print the results; else text.")
  Format format = Format.TEXT;

  @Option(
      names = "--summary",
      description = "Say each verdict in three sentences too; in text and JSON.")
  boolean summary;

  @Option(
      names = "--annotate",
      paramLabel = "DIR",
      description =
          "Write a copy of each image, with the verdict below it and around each face, into this"
              + " folder.")
  @Nullable Path annotate;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description =
          "Write a copy of each image into this folder, with maps of what in each face speaks for"
              + " fake and what for real. They say what the network looked at, and prove nothing.")
  @Nullable Path explain;

  @Option(
      names = "--verbose",
      description = "Say on standard error what is used, and where errors come from.")
  boolean verbose;

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description =
          "Classify what this file names too, a path a line, in UTF-8; - reads the list from"
              + " standard input.")
  @Nullable String filesFrom;

  @Option(
      names = "--resume",
      paramLabel = "OUT.csv",
      description =
          "Write the results into this file, as CSV, behind what it has already, and leave out what"
              + " it has: a run that was ended goes on.")
  @Nullable Path resume;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description = "Image files, and folders of them; - is an image on standard input.")
  List<String> paths = new ArrayList<>();

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    return new ClassifyRun(console, this).run();
  }

  private void check() {
    if (paths.isEmpty() && filesFrom == null) {
      throw new IllegalArgumentException(
          "no image is named; name image files or folders of them, or a list with --files-from");
    }
    if ("-".equals(filesFrom) && paths.contains(ImageFiles.STANDARD_INPUT)) {
      throw new IllegalArgumentException(
          "standard input is read once: as an image, or as the list of --files-from");
    }
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
    if (summary && (format == Format.CSV || resume != null)) {
      throw new IllegalArgumentException(
          "--summary is for text and JSON; leave it out, or choose --format json");
    }
    if (resume != null && format == Format.JSON) {
      throw new IllegalArgumentException("--resume writes CSV; leave --format json out");
    }
    if (resume != null && paths.contains(ImageFiles.STANDARD_INPUT)) {
      throw new IllegalArgumentException(
          "--resume cannot be used with '-': " + ClassifyRun.NAMELESS);
    }
  }

  private static boolean same(Path a, Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }
}

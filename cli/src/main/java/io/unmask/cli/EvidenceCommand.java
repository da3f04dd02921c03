package io.unmask.cli;

import io.unmask.error.DetectorException;
import io.unmask.error.ImageException;
import io.unmask.image.FileKind;
import io.unmask.image.ImageBytes;
import io.unmask.image.RegularFile;
import io.unmask.image.provenance.Evidence;
import io.unmask.image.provenance.Provenance;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unmask evidence}. */
@Command(
    name = "evidence",
    description =
        "Says what image files claim about how they were made: C2PA, IPTC, TC260, generators'"
            + " texts, EXIF. Nothing is decoded, and no model is loaded.",
    sortOptions = false)
final class EvidenceCommand implements Callable<Integer> {

  private static final String READ = "JPEG, PNG, GIF, BMP, WebP, HEIC, AVIF, TIFF or SVG";

  private final Console console;

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      description = "How to print the results; else text.")
  private Format format = Format.TEXT;

  @Option(names = "--verbose", description = "Say where errors come from.")
  private boolean verbose;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Image files, and folders of them; - is an image on standard input.")
  private List<String> paths = new ArrayList<>();

  private boolean failed;

  EvidenceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImageFiles files = ImageFiles.list(paths, Provenance::reads, READ);
    files.notes().forEach(console::complain);
    EvidenceReport report = EvidenceReport.of(format, console);
    for (ImageFiles.Input input : files.inputs()) {
      if (input instanceof ImageFiles.Input.File file) {
        one(input.name(), file.path() + ": ", () -> ofFile(file.path()), report);
      } else if (input instanceof ImageFiles.Input.Broken broken) {
        fail(broken.name(), broken.problem(), report);
      } else {
        one(input.name(), ImageFiles.STANDARD_INPUT + ": ", EvidenceCommand::standardInput, report);
      }
      if (console.out().checkError()) {
        console.complain("standard output cannot be written to");
        return ExitStatus.NOTHING_RAN;
      }
    }
    return failed ? ExitStatus.SOME_FAILED : ExitStatus.OK;
  }

  /** That nothing was found is said of images only. */
  private static List<Evidence> ofFile(Path file) {
    return RegularFile.read(
        file,
        channel -> {
          List<Evidence> evidence = Provenance.of(channel);
          if (evidence.isEmpty()) {
            channel.position(0);
            requireKnown(Channels.newInputStream(channel).readNBytes(FileKind.BYTES));
          }
          return evidence;
        });
  }

  private static void requireKnown(byte[] beginning) {
    if (FileKind.of(beginning).isEmpty()) {
      throw new ImageException(
          beginning.length == 0
              ? "empty, expected an image; copy or download it again"
              : "not an image of a known format, so that nothing was looked for");
    }
  }

  private static List<Evidence> standardInput() {
    byte[] encoded = ImageBytes.read(System.in, ImageFiles.STANDARD_INPUT);
    List<Evidence> evidence = Provenance.of(encoded);
    if (evidence.isEmpty()) {
      requireKnown(Arrays.copyOf(encoded, Math.min(encoded.length, FileKind.BYTES)));
    }
    return evidence;
  }

  /**
   * Reads one file.
   *
   * @param named what messages about it begin with, which the report says itself
   */
  private void one(
      String name, String named, Supplier<List<Evidence>> reading, EvidenceReport report) {
    List<Evidence> evidence;
    try {
      evidence = reading.get();
    } catch (DetectorException e) {
      fail(name, Failures.reason(e, named), report);
      if (verbose) {
        e.printStackTrace(console.err());
      }
      return;
    }
    report.found(name, evidence);
  }

  private void fail(String file, String reason, EvidenceReport report) {
    failed = true;
    report.failed(file, Console.printable(reason));
  }
}

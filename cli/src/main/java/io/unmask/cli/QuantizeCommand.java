package io.unmask.cli;

import io.unmask.RangeCalibration;
import io.unmask.error.DetectorException;
import io.unmask.files.FileFault;
import io.unmask.image.ImageFolder;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFile;
import io.unmask.model.ModelFolder;
import io.unmask.model.ModelLocation;
import io.unmask.spi.ActivationRanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unmask quantize}. */
@Command(
    name = "quantize",
    description =
        "Measures on images between which numbers a model's values lie, and writes that into its"
            + " unmask.json: what --precision int8 needs.",
    sortOptions = false)
final class QuantizeCommand implements Callable<Integer> {

  /** Below so many images, it is said that they are few. */
  private static final int FEW = 50;

  private final Console console;

  @Mixin DetectorOptions options = new DetectorOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "A folder with images of the kind that the model is for, here or in folders below.")
  private Path data = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Look at N images, spread evenly over the folder; else 200.")
  private int limit = 200;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "The folder whose unmask.json is written, such as one with a copy of the model; else the"
              + " model's own.")
  private @Nullable Path output;

  QuantizeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (options.models().isEmpty()) {
      throw new IllegalArgumentException(
          "--model is missing: the ranges are written beside a model's file, and the bundled default is in a jar;"
              + " copy it out of there, see docs/models.md#precision");
    }
    if (options.precision().isPresent()) {
      throw new IllegalArgumentException(
          "--precision is not for quantize, which measures in single precision; leave it out");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("--limit " + limit + ", expected at least 1");
    }
    if (!Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "--data %s: %s"
              .formatted(data, Files.exists(data) ? "is not a folder" : "there is no such folder"));
    }
    List<Path> images = some();
    if (images.isEmpty()) {
      console.complain("there is no image in " + data);
      return ExitStatus.NOTHING_RAN;
    }
    List<Path> models = models();
    for (Path model : models) {
      requireCopy(model);
    }
    int failed = 0;
    for (Path model : models) {
      failed += measure(model, images);
    }
    return failed == 0 ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }

  /** A manifest that speaks of a model which is not beside it would be refused later. */
  private void requireCopy(Path model) {
    Path file = model.getFileName();
    if (output != null
        && file != null
        && Files.exists(model)
        && !Files.exists(output.resolve(file.toString()))) {
      throw new IllegalArgumentException(
          "--output %s: there is no %s in it, which its manifest would speak of; copy the model there"
              .formatted(output, file));
    }
  }

  private List<Path> models() {
    List<Path> files = new ArrayList<>();
    for (Path model : options.models()) {
      if (Files.isDirectory(model)) {
        files.addAll(ModelFile.in(model));
      } else {
        files.add(model);
      }
    }
    return files;
  }

  /** The same images every time, and not all from the beginning. */
  private List<Path> some() {
    List<Path> all =
        ImageFolder.of(data).entries().stream()
            .filter(entry -> entry.problem().isEmpty())
            .map(ImageFolder.Entry::path)
            .toList();
    List<Path> some = new ArrayList<>();
    int count = Math.min(limit, all.size());
    for (int i = 0; i < count; i++) {
      some.add(all.get((int) ((long) i * all.size() / count)));
    }
    return some;
  }

  /** Measures one model, and returns how many images could not be read. */
  private int measure(Path model, List<Path> images) {
    int failed = 0;
    int judged = 0;
    ActivationRanges ranges;
    try (RangeCalibration calibration = RangeCalibration.open(options.builder(List.of(model)));
        Progress progress = Progress.onTerminal(console, "quantize", images.size())) {
      for (Path image : images) {
        try {
          judged += calibration.detector().classify(image).isJudged() ? 1 : 0;
        } catch (DetectorException e) {
          failed++;
          console.complain(image + ": " + Failures.reason(e, image + ": "));
        }
        progress.step();
      }
      if (judged == 0) {
        throw new IllegalArgumentException(
            "%s: the network has seen none of the %d images, so there is nothing to write"
                .formatted(model, images.size()));
      }
      if (judged < FEW) {
        console.complain(
            "note: %s: %d images are few to measure ranges on; values beyond them are cut off"
                .formatted(model, judged));
      }
      ranges = calibration.ranges();
    }
    Path manifest = write(model, ranges);
    console
        .out()
        .println(
            Console.printable(
                "%s: ranges of %d values, of %d images, in %s"
                    .formatted(model, ranges.byNode().size(), judged, manifest)));
    return failed;
  }

  private Path write(Path model, ActivationRanges ranges) {
    ModelLocation location = ModelLocation.of(model);
    ModelFolder folder = location.folder();
    Manifest before = ManifestFile.read(folder).orElseGet(() -> Manifest.builder().build());
    Manifest after =
        before.toBuilder()
            .model(location.name(), before.own(location.name()).toBuilder().ranges(ranges).build())
            .build();
    Path there =
        output != null ? output : folder.path(Manifest.FILE_NAME).orElseThrow().resolveSibling("");
    try {
      return ManifestFile.write(there, after);
    } catch (IOException e) {
      throw new UncheckedIOException(
          there + ": no manifest can be written (" + FileFault.reason(e) + ")", e);
    }
  }
}

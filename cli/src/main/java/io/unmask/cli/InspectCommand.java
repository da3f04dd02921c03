package io.unmask.cli;

import io.unmask.ensemble.BundledDefault;
import io.unmask.ensemble.EnsembleSource;
import io.unmask.error.DetectorException;
import io.unmask.model.ManifestFile;
import io.unmask.model.ManifestTemplate;
import io.unmask.model.ModelFile;
import io.unmask.model.ModelFolder;
import io.unmask.model.ModelLocation;
import io.unmask.spi.Model;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unmask inspect}. */
@Command(
    name = "inspect",
    description = "Says what models consist of, and how they are read.",
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--layers", description = "List every layer, not only how many of a kind.")
  private boolean layers;

  @Option(names = "--verbose", description = "Say where errors come from.")
  private boolean verbose;

  @Option(
      names = "--write-manifest",
      description =
          "Write what holds of the models into an unmask.json beside them, to be corrected there.")
  private boolean writeManifest;

  @Mixin private ConventionOptions conventions = new ConventionOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = ".keras or .h5 files, and folders of them; else the bundled default.")
  private List<Path> paths = new ArrayList<>();

  private final Map<Path, List<Model>> models = new LinkedHashMap<>();
  private int read;
  private int failed;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (writeManifest && paths.isEmpty()) {
      throw new IllegalArgumentException(
          "--write-manifest needs a model, a file or a folder, to write unmask.json beside");
    }
    if (paths.isEmpty()) {
      attempt(
          () -> {
            List<ModelLocation> members = BundledDefault.members();
            several(BundledDefault.NAME, List.of(), members, members.get(0).folder());
          });
    }
    for (Path path : paths) {
      attempt(() -> inspect(path));
    }
    if (writeManifest && failed == 0) {
      models.forEach(this::write);
    }
    if (read == 0) {
      if (failed == 0) {
        console.complain("there is no model file (.keras, .h5 or .hdf5) in " + paths);
      }
      return ExitStatus.NOTHING_RAN;
    }
    return failed == 0 ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }

  private void attempt(Runnable inspection) {
    try {
      inspection.run();
    } catch (DetectorException | IllegalArgumentException | UncheckedIOException e) {
      failed++;
      console.complain(String.valueOf(e.getMessage()));
      if (verbose) {
        e.printStackTrace(console.err());
      }
    }
  }

  private void write(Path folder, List<Model> there) {
    attempt(
        () ->
            console
                .out()
                .println(
                    "Wrote  "
                        + Console.printable(ManifestTemplate.write(folder, there).toString())));
  }

  private void inspect(Path path) {
    if (Files.isDirectory(path)) {
      List<ModelLocation> files = ModelFile.in(path).stream().map(ModelLocation::of).toList();
      several(path.toString(), List.of(path), files, ModelFolder.of(path));
      DetectorOptions.sayLeftOut(path, console);
    } else {
      ModelLocation file = ModelLocation.of(path);
      one(file, file.settings().notes().byPath());
    }
  }

  /** Each model, what they are together, and what the manifest says of all. */
  private void several(
      String name, List<Path> paths, List<ModelLocation> files, ModelFolder folder) {
    int before = failed;
    files.forEach(file -> attempt(() -> one(file, ownNotes(file))));
    if (failed > before) {
      return; // they are used together or not at all
    }
    Model model = new EnsembleSource().load(conventions.request(paths));
    if (model.members().size() > 1) {
      console.out().println();
      new TogetherSummary(name, model).print(console.out());
    }
    ManifestFile.read(folder)
        .map(manifest -> manifest.common().notes().byPath())
        .orElse(Map.of())
        .forEach((key, note) -> console.out().println(Summary.note(key, note)));
  }

  private static Map<String, String> ownNotes(ModelLocation file) {
    return file.manifest()
        .map(manifest -> manifest.own(file.name()).notes().byPath())
        .orElse(Map.of());
  }

  private void one(ModelLocation file, Map<String, String> notes) {
    Model model = ModelFile.read(file, conventions.asked());
    if (read++ > 0) {
      console.out().println();
    }
    if (file.folder() instanceof ModelFolder.OnDisk folder) {
      models.computeIfAbsent(folder.path(), there -> new ArrayList<>()).add(model);
    }
    new Summary(file, model, notes).print(console.out(), layers);
  }
}

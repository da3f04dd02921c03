package io.unmask.cli;

import io.unmask.ensemble.EnsembleSource;
import io.unmask.error.DetectorException;
import io.unmask.model.ModelFile;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unmask inspect}. */
@Command(
    name = "inspect",
    description = "Lists the layers of models, and says how they are read.",
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--verbose", description = "Say where errors come from.")
  private boolean verbose;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = ".keras or .h5 files, and folders of them.")
  private List<Path> paths = new ArrayList<>();

  InspectCommand(Console console) {
    this.console = console;
  }

  /** What the models of a folder are together. */
  private void together(Path folder) {
    Model model =
        new EnsembleSource()
            .load(new ModelRequest(List.of(folder), OptionalInt.empty(), Optional.empty()));
    if (model.members().size() > 1) {
      console.out().println();
      new TogetherSummary(folder, model).print(console.out());
    }
  }

  @Override
  public Integer call() {
    int read = 0;
    int failed = 0;
    for (Path path : paths) {
      try {
        for (Path file : Files.isDirectory(path) ? ModelFile.in(path) : List.of(path)) {
          Model model = ModelFile.read(file, OptionalInt.empty());
          if (read++ > 0) {
            console.out().println();
          }
          new Summary(file, model).print(console.out());
        }
        if (Files.isDirectory(path)) {
          together(path);
        }
      } catch (DetectorException e) {
        failed++;
        console.complain(String.valueOf(e.getMessage()));
        if (verbose) {
          e.printStackTrace(console.err());
        }
      }
    }
    if (read == 0) {
      if (failed == 0) {
        console.complain("there is no model file (.keras, .h5 or .hdf5) in " + paths);
      }
      return ExitStatus.NOTHING_RAN;
    }
    return failed == 0 ? ExitStatus.OK : ExitStatus.SOME_FAILED;
  }
}

package io.unmask.cli;

import io.unmask.ensemble.EnsembleSource;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.model.ModelFile;
import io.unmask.onnx.OnnxModel;
import io.unmask.spi.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code unmask export}. */
@Command(
    name = "export",
    description = {
      "Writes models in another format, for programs that do not read Keras's.",
      "Several models become one file with one output for each, and what they share is there once.",
    },
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file to write; one that is there is replaced.")
  private Path file = Path.of("");

  @Mixin private ConventionOptions conventions = new ConventionOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = ".keras or .h5 files, and folders of them; else the bundled default.")
  private List<Path> paths = new ArrayList<>();

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    requireTarget();
    Model model = new EnsembleSource().load(conventions.request(paths));
    OnnxModel onnx = OnnxModel.of(model);
    onnx.write(file);
    print(model, onnx.input(), onnx.outputs());
    return ExitStatus.OK;
  }

  /** What would fail in the end is said before anything is read, and no model is written over. */
  private void requireTarget() {
    if (file.getFileName() == null || Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + ": a folder, expected the file to write");
    }
    for (Path path : paths) {
      List<Path> models = Files.isDirectory(path) ? ModelFile.in(path) : List.of(path);
      for (Path model : models) {
        if (isTarget(model)) {
          throw new IllegalArgumentException(
              file + ": is the model that is to be read; name another file to write");
        }
      }
    }
  }

  private boolean isTarget(Path model) {
    try {
      return Files.exists(file) && Files.exists(model) && Files.isSameFile(file, model);
    } catch (IOException e) {
      throw new ModelFormatException(model + ": cannot be read: " + FileFault.reason(e), e);
    }
  }

  // No parameter is an OnnxModel: picocli looks at all methods of all commands at each start, and
  // that would load it.
  private void print(Model model, String input, List<String> outputs) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%s: %,d bytes", file, file.toFile().length()));
    lines.add("Reads %s: images of shape %s".formatted(input, model.network().inputShape()));
    for (int i = 0; i < outputs.size(); i++) {
      String member = model.members().get(i).name();
      lines.add(
          "Puts out %s: of shape %s, by %s"
              .formatted(outputs.get(i), model.network().outputShape(i), member));
    }
    lines.forEach(line -> console.out().println(Console.printable(line)));
  }
}

package io.unmask.cli;

import io.unmask.training.data.FaceFolders;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which images there are, and which of them are fake. */
final class DataOptions {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with the folders 'real' and 'fake' in it, each with images.")
  private Path data = Path.of("");

  @Option(
      names = "--real",
      paramLabel = "NAME",
      description = "What the folder of real images is called; else 'real'.")
  private String real = "real";

  @Option(
      names = "--fake",
      paramLabel = "NAME",
      description = "What the folder of fake images is called; else 'fake'.")
  private String fake = "fake";

  FaceFolders folders() {
    return in(data);
  }

  /** Another folder whose folders have the same names. */
  FaceFolders in(Path root) {
    return new FaceFolders(root, real, fake);
  }
}

package io.unmask.cli;

import io.unmask.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * From the arguments on the command line to the images to classify.
 *
 * @param inputs the images, in the order of the arguments
 * @param notes what was left out of folders, for people
 */
record ImageFiles(List<Input> inputs, List<String> notes) {

  /** The argument that stands for standard input. */
  static final String STANDARD_INPUT = "-";

  private static final String DECODED = "JPEG, PNG, GIF, BMP or WebP";

  /** Something to classify, or that cannot be looked into. */
  sealed interface Input {

    /** What it is called in results. */
    String name();

    /** A file, whatever it is. */
    record File(Path path) implements Input {
      @Override
      public String name() {
        return FileNames.of(path);
      }
    }

    /** The bytes of one image on standard input. */
    record Standard() implements Input {
      @Override
      public String name() {
        return STANDARD_INPUT;
      }
    }

    /**
     * Nothing that could be classified.
     *
     * @param problem why
     */
    record Broken(String name, String problem) implements Input {}
  }

  /**
   * Files as they are given, whatever they are; in place of a folder the image files in it and
   * below, sorted; and standard input for {@value #STANDARD_INPUT}.
   */
  static ImageFiles list(List<String> arguments) {
    return list(arguments, beginning -> false, DECODED);
  }

  /**
   * The same, with files in folders that are not decoded.
   *
   * @param wanted which, as {@link ImageFolder#of(Path, Predicate)} takes it
   * @param kinds the formats of all that is taken, for people
   */
  static ImageFiles list(List<String> arguments, Predicate<byte[]> wanted, String kinds) {
    List<Input> inputs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals(STANDARD_INPUT)) {
        inputs.add(
            inputs.contains(new Input.Standard())
                ? new Input.Broken(argument, "standard input holds one image and is read once")
                : new Input.Standard());
        continue;
      }
      if (argument.isEmpty()) {
        inputs.add(new Input.Broken("''", "the path is empty; name a file or a folder"));
        continue;
      }
      Optional<Path> path = path(argument);
      if (path.isEmpty()) {
        inputs.add(
            new Input.Broken(
                argument,
                "UTF-8".equals(System.getProperty("sun.jnu.encoding"))
                    ? "a name that is not UTF-8, which Java cannot open by its name; name the folder"
                        + " it lies in, or rename it"
                    : "a name that Java cannot read in the locale that it was started in; start it"
                        + " with LC_ALL=C.UTF-8 in its environment"));
      } else if (Files.isDirectory(path.get())) {
        add(ImageFolder.of(path.get(), wanted), kinds, inputs, notes);
      } else {
        inputs.add(new Input.File(path.get()));
      }
    }
    return new ImageFiles(inputs, notes);
  }

  private static Optional<Path> path(String argument) {
    try {
      return argument.indexOf(FileNames.UNREADABLE) < 0
          ? Optional.of(Path.of(argument))
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static void add(
      ImageFolder folder, String kinds, List<Input> inputs, List<String> notes) {
    for (ImageFolder.Entry entry : folder.entries()) {
      inputs.add(
          entry
              .problem()
              .<Input>map(problem -> new Input.Broken(FileNames.of(entry.path()), problem))
              .orElse(new Input.File(entry.path())));
    }
    String name = FileNames.of(folder.folder());
    folder.describeLeftOut().ifPresent(words -> notes.add(name + ": " + words));
    if (folder.entries().isEmpty()) {
      inputs.add(new Input.Broken(name, "the folder holds no image (" + kinds + ")"));
    }
  }
}

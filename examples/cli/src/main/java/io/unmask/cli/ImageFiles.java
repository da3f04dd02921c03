package io.unmask.cli;

import io.unmask.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the paths on the command line to the files to classify.
 *
 * @param inputs the files, in the order of the paths
 * @param notes what was left out of folders, for people
 */
record ImageFiles(List<Input> inputs, List<String> notes) {

  /**
   * A file to classify, or something that cannot be looked into.
   *
   * @param path the path
   * @param problem why there is nothing to classify, or null for a file
   */
  record Input(Path path, @Nullable String problem) {}

  /**
   * Files as they are given, whatever they are, and in place of a folder the image files in it and
   * below, sorted.
   */
  static ImageFiles list(List<Path> paths) {
    List<Input> inputs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        inputs.add(new Input(path, null));
        continue;
      }
      ImageFolder folder = ImageFolder.of(path);
      for (ImageFolder.Entry entry : folder.entries()) {
        inputs.add(new Input(entry.path(), entry.problem().orElse(null)));
      }
      folder.describeLeftOut().ifPresent(words -> notes.add(path + ": " + words));
      if (folder.entries().isEmpty()) {
        inputs.add(new Input(path, "the folder holds no image (JPEG, PNG, GIF, BMP or WebP)"));
      }
    }
    return new ImageFiles(inputs, notes);
  }
}

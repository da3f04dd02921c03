package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFile;
import io.unmask.model.ModelFolder;
import io.unmask.model.ModelLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** From the paths that the user gives to the files of the members, in order. */
final class MemberFiles {

  private MemberFiles() {}

  /**
   * A file stands for itself; a folder for what its manifest lists as members, else for its fold
   * files if it has any, else for all its model files in natural order.
   *
   * @throws ModelFormatException if a folder cannot be read, holds no model, or lacks a fold
   * @throws IllegalArgumentException if a file is given twice
   */
  static List<ModelLocation> of(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(Files.isDirectory(path) ? in(path) : List.of(path));
    }
    Set<Path> different = new LinkedHashSet<>();
    for (Path file : files) {
      if (!different.add(file.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException(
            file
                + " is given twice; to let a model count double, use the fusion rule weighted-mean");
      }
    }
    return files.stream().map(ModelLocation::of).toList();
  }

  private static List<Path> in(Path folder) {
    List<String> listed =
        ManifestFile.read(ModelFolder.of(folder)).map(Manifest::members).orElse(List.of());
    if (!listed.isEmpty()) {
      return listed.stream().map(folder::resolve).toList();
    }
    List<Path> files = new ArrayList<>(ModelFile.in(folder));
    if (files.isEmpty()) {
      throw new ModelFormatException(
          folder + ": the folder holds no model file (.keras, .h5 or .hdf5)");
    }
    List<Path> folds = FoldFiles.among(folder, files);
    if (!folds.isEmpty()) {
      return folds;
    }
    files.sort(NaturalOrder.BY_NAME);
    return files;
  }
}

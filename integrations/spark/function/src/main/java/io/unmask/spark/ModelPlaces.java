package io.unmask.spark;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkFiles;

/**
 * Where a model lies: in a file or folder that every executor sees under one path, or shipped by
 * {@code SparkContext.addFile}.
 *
 * @param name the path, or the name of what was shipped
 * @param shipped whether it was shipped
 */
record ModelPlaces(String name, boolean shipped) {

  /** What the name of a model that was shipped begins with. */
  static final String SHIPPED = "addFile:";

  /**
   * Places that are separated by commas.
   *
   * @throws IllegalArgumentException if one of them is empty or can be no path
   */
  static List<ModelPlaces> of(String text) {
    return Arrays.stream(text.split(",", -1)).map(ModelPlaces::one).toList();
  }

  private static ModelPlaces one(String text) {
    String place = text.strip();
    boolean shipped = place.startsWith(SHIPPED);
    String name = shipped ? place.substring(SHIPPED.length()) : place;
    try {
      if (name.isEmpty() || Path.of(name).getNameCount() == 0) {
        throw new IllegalArgumentException("one of the models has no name");
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " is no path", e);
    }
    if (name.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*")) {
      throw new IllegalArgumentException(
          ("%s is an address, and models are read from files; ship it with"
                  + " SparkContext.addFile(\"%s\") and name it %s")
              .formatted(name, name, SHIPPED + name.substring(name.lastIndexOf('/') + 1)));
    }
    return new ModelPlaces(name, shipped);
  }

  /**
   * Where it lies on this executor.
   *
   * @throws IllegalArgumentException if it was to be shipped and is not here
   */
  Path path() {
    if (!shipped) {
      return Path.of(name);
    }
    Path path = Path.of(SparkFiles.get(name));
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "%s was not shipped, expected it at %s; call SparkContext.addFile(\".../%s\"%s) before the job"
              .formatted(name, path, name, name.contains(".") ? "" : ", true"));
    }
    return path;
  }
}

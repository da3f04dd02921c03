package io.unmask.keras;

import io.unmask.keras.archive.ArchiveMembers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Recognises folders that are one model each, in a form that is not read. */
public final class ModelAsFolder {

  private ModelAsFolder() {}

  /**
   * What a folder is and how to make a file of it, if it is a SavedModel or an unpacked {@code
   * .keras} archive. The words follow the folder's name and a colon.
   */
  public static Optional<String> advice(Path folder) {
    if (has(folder, "saved_model.pb") || has(folder, "saved_model.pbtxt")) {
      return Optional.of(
          "a SavedModel of TensorFlow, which does not describe its layers; in the Python that made"
              + " it, save the model itself with model.save(\"name.keras\"), or load the folder with"
              + " tf_keras.models.load_model (pip install tf_keras) and save that");
    }
    if (has(folder, ArchiveMembers.CONFIG) && has(folder, ArchiveMembers.WEIGHTS)) {
      return Optional.of(
          "an unpacked .keras file; pack it again: inside the folder, zip -0 -r ../model.keras ."
              + " and then name that file");
    }
    return Optional.empty();
  }

  /** Whether a file is a part of such a folder rather than a model beside it. */
  public static boolean isPart(Path file) {
    return String.valueOf(file.getFileName()).equals(ArchiveMembers.WEIGHTS);
  }

  private static boolean has(Path folder, String name) {
    return Files.isRegularFile(folder.resolve(name));
  }
}

package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import io.unmask.model.ModelLocation;
import java.util.List;

/**
 * The models that are used when nobody names any: resources of this artifact, listed as {@code
 * members} by the manifest beside them.
 */
public final class BundledDefault {

  /** What the models together are called. */
  public static final String NAME = "default";

  private static final ModelFolder FOLDER = ModelFolder.resources(BundledDefault.class, "default");

  private BundledDefault() {}

  /**
   * Its models, in order.
   *
   * @throws ModelFormatException if it is not on the class path
   */
  public static List<ModelLocation> members() {
    Manifest manifest = ManifestFile.read(FOLDER).orElseThrow(BundledDefault::missing);
    if (manifest.members().isEmpty()) {
      throw new ModelFormatException(ManifestFile.where(FOLDER) + ": should list the members");
    }
    return manifest.members().stream().map(name -> new ModelLocation(FOLDER, name)).toList();
  }

  private static ModelFormatException missing() {
    return new ModelFormatException(
        "no model is given, and no default is bundled: there is no "
            + ManifestFile.where(FOLDER)
            + "; name a .keras or .h5 file, or a folder of them, or if the jars were merged into"
            + " one, see that their resources were merged as well");
  }
}

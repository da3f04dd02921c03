package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.ModelFormatException;
import io.unmask.model.Asked;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFile;
import io.unmask.model.ModelFolder;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.ModelSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a single model file, and leaves everything else to the model source on the class path. */
final class ModelLoading {

  private static final String REMEDY =
      "the Maven dependency io.unmask:unmask-ensemble, which the class path lacks";

  private ModelLoading() {}

  static Model load(ModelRequest request, Providers<ModelSource> sources) {
    List<Path> paths = request.paths();
    if (paths.size() == 1 && request.fusion().isEmpty()) {
      Optional<Path> file = single(paths.get(0));
      if (file.isPresent()) {
        Model model = ModelFile.read(file.get(), Asked.of(request));
        if (model.members().size() == 1) { // else there is something to fuse
          return model;
        }
      }
    }
    ModelSource source =
        sources.found().stream()
            .findFirst()
            .map(Providers.Found::provider)
            .orElseThrow(() -> missing(request, sources));
    sources.warn();
    return source.load(request);
  }

  /** The one model file that a path stands for, if it is one. */
  private static Optional<Path> single(Path path) {
    if (!Files.isDirectory(path)) {
      return Optional.of(path);
    }
    List<Path> files = ModelFile.in(path);
    if (files.isEmpty()) {
      throw new ModelFormatException(
          path + ": the folder holds no model file (.keras, .h5 or .hdf5)");
    }
    List<String> listed =
        ManifestFile.read(ModelFolder.of(path)).map(Manifest::members).orElse(List.of());
    boolean all =
        listed.isEmpty() || listed.equals(List.of(String.valueOf(files.get(0).getFileName())));
    return files.size() == 1 && all ? Optional.of(files.get(0)) : Optional.empty();
  }

  private static ModelFormatException missing(
      ModelRequest request, Providers<ModelSource> sources) {
    List<Path> paths = request.paths();
    String problem;
    if (request.fusion().isPresent()) {
      problem = "fusing models by the rule '" + request.fusion().get() + "' needs " + REMEDY;
    } else if (paths.isEmpty()) {
      problem =
          "no model is given, and the bundled default needs "
              + REMEDY
              + "; or name a .keras or .h5 file";
    } else if (paths.size() == 1 && single(paths.get(0)).isPresent()) {
      problem = paths.get(0) + ": has several outputs, and using them together needs " + REMEDY;
    } else if (paths.size() == 1) {
      problem =
          "%s: the folder holds %d models, and using them together needs %s; or name one of them"
              .formatted(paths.get(0), ModelFile.in(paths.get(0)).size(), REMEDY);
    } else {
      problem =
          "using %d models together needs %s; or name one of them".formatted(paths.size(), REMEDY);
    }
    return new ModelFormatException(problem + sources.describeFaults());
  }
}

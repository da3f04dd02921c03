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

/** Reads a single model file, and leaves everything else to the model source on the class path. */
final class ModelLoading {

  private static final String REMEDY =
      "the Maven dependency io.unmask:unmask-ensemble, which the class path lacks";

  private ModelLoading() {}

  static Model load(ModelRequest request, Providers<ModelSource> sources) {
    List<Path> paths = request.paths();
    if (paths.size() == 1 && request.fusion().isEmpty()) {
      Path path = paths.get(0);
      if (!Files.isDirectory(path)) {
        return ModelFile.read(path, Asked.of(request));
      }
      List<Path> files = ModelFile.in(path);
      if (files.isEmpty()) {
        throw new ModelFormatException(
            path + ": the folder holds no model file (.keras, .h5 or .hdf5)");
      }
      List<String> listed =
          ManifestFile.read(ModelFolder.of(path)).map(Manifest::members).orElse(List.of());
      if (files.size() == 1
          && (listed.isEmpty() || listed.equals(List.of(files.get(0).getFileName().toString())))) {
        return ModelFile.read(files.get(0), Asked.of(request));
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

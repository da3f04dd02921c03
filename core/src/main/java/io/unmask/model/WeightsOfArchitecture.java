package io.unmask.model;

import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.keras.KerasArchitecture;
import io.unmask.keras.KerasReader;
import io.unmask.network.Network;
import io.unmask.spi.Convention;
import io.unmask.spi.Convention.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The architecture that a file holds the weights of.
 *
 * @param architecture which
 * @param convention how that is known
 */
record WeightsOfArchitecture(KerasArchitecture architecture, Convention convention) {

  static final String CONVENTION = "architecture";

  private static final String JSON = ".json";
  private static final List<String> EXTENSIONS = List.of(".weights.h5", ".h5", ".hdf5");

  /**
   * What the user says, else what the manifest says, else the JSON of a model beside a file that
   * holds weights alone; empty if there is none of these.
   *
   * @throws IllegalArgumentException if the user names one that is not known
   * @throws ModelFormatException if the manifest does, or a JSON file is no architecture
   */
  static Optional<WeightsOfArchitecture> of(
      ModelLocation file, Asked asked, ModelSettings settings) {
    if (asked.architecture().isPresent()) {
      String said = asked.architecture().get();
      KerasArchitecture architecture =
          isJson(said) ? KerasArchitecture.read(Path.of(said)) : KerasArchitecture.named(said);
      return Optional.of(known(architecture, Origin.SAID, "by you"));
    }
    if (settings.architecture().isPresent()) {
      return Optional.of(
          known(
              ofManifest(file, settings.architecture().get()),
              Origin.SAID,
              "by " + Manifest.FILE_NAME));
    }
    return beside(file)
        .map(
            json ->
                known(
                    read(file.folder(), json),
                    Origin.FOUND,
                    "the file holds weights alone, and this is beside it"));
  }

  /** The network of the architecture with the weights of a file. */
  Network network(ModelLocation file) {
    ModelFolder folder = file.folder();
    return folder
        .path(file.name())
        .map(architecture::network)
        .orElseGet(() -> architecture.network(file.toString(), bytes(folder, file.name())));
  }

  private static KerasArchitecture read(ModelFolder folder, String json) {
    return folder
        .path(json)
        .map(KerasArchitecture::read)
        .orElseGet(() -> KerasArchitecture.read(folder.where(json), bytes(folder, json)));
  }

  private static byte[] bytes(ModelFolder folder, String name) {
    try (InputStream stream = folder.open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new ModelFormatException(
          folder.where(name) + ": cannot be read: " + FileFault.reason(e), e);
    }
  }

  /** Whether the manifest beside a file, or a JSON, says what its weights are of. */
  static boolean isSaid(ModelLocation file) {
    return file.settings().architecture().isPresent() || beside(file).isPresent();
  }

  private static WeightsOfArchitecture known(
      KerasArchitecture architecture, Origin origin, String reason) {
    return new WeightsOfArchitecture(
        architecture, new Convention(CONVENTION, architecture.toString(), origin, reason));
  }

  private static KerasArchitecture ofManifest(ModelLocation file, String said) {
    if (isJson(said)) {
      if (!file.folder().has(said)) {
        throw new ModelFormatException(
            "%s: architecture is '%s', which is no file beside it"
                .formatted(ManifestFile.where(file.folder()), said));
      }
      return read(file.folder(), said);
    }
    try {
      return KerasArchitecture.named(said);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          ManifestFile.where(file.folder()) + ": architecture: " + e.getMessage(), e);
    }
  }

  private static boolean isJson(String said) {
    return said.toLowerCase(Locale.ROOT).endsWith(JSON);
  }

  /** The name of the JSON that is called as a file of weights is. */
  private static Optional<String> beside(ModelLocation file) {
    String name = file.name();
    return EXTENSIONS.stream()
        .filter(extension -> name.toLowerCase(Locale.ROOT).endsWith(extension))
        .map(extension -> name.substring(0, name.length() - extension.length()) + JSON)
        .filter(json -> !json.equalsIgnoreCase(Manifest.FILE_NAME) && file.folder().has(json))
        .findFirst()
        .filter(json -> file.folder().path(name).filter(KerasReader::holdsWeightsOnly).isPresent());
  }
}

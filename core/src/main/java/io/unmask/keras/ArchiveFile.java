package io.unmask.keras;

import io.unmask.json.Json;
import io.unmask.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A {@code .keras} archive: {@code config.json} and {@code model.weights.h5} in a ZIP file. */
final class ArchiveFile implements ModelFile {

  static final String METADATA = "metadata.json";
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.weights.h5";
  private static final long MAX_METADATA = 1 << 20;
  private static final long MAX_CONFIG = 16 << 20;

  private final Content file;
  private final ZipArchive archive;

  ArchiveFile(Content file) throws IOException {
    this.file = file;
    this.archive = ZipArchive.open(file);
  }

  @Override
  public Network network() {
    try {
      return GraphBuilder.build(model(), weights());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StoredLayers layers() {
    try {
      return StoredLayers.of(model(), weights());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModelConfig model() throws IOException {
    return ConfigParser.parse(json(CONFIG, MAX_CONFIG));
  }

  private WeightSource weights() throws IOException {
    ZipMember member = member(WEIGHTS);
    ByteBuffer weights = archive.open(member);
    WeightFile stored =
        member.method() == ZipMember.STORED ? file.weights(archive.start(member)) : null;
    return new ArchiveWeights(Hdf5.open(weights, WEIGHTS), new ArrayReader(file.size(), stored));
  }

  @Override
  public Optional<String> version() {
    try {
      if (archive.find(METADATA) == null) {
        return Optional.empty();
      }
      Json version = json(METADATA, MAX_METADATA).find("keras_version");
      return version.isString() ? Optional.of(version.string()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Json json(String name, long most) throws IOException {
    return Values.object(archive.bytes(member(name), most), name);
  }

  private ZipMember member(String name) {
    ZipMember member = archive.find(name);
    if (member == null) {
      throw new DefectException(
          "the archive has no "
              + name
              + ", which every .keras file has; save the model with model.save(\"name.keras\")");
    }
    return member;
  }
}

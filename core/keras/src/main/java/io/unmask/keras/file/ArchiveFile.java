package io.unmask.keras.file;

import io.unmask.jhdf.api.Group;
import io.unmask.json.Json;
import io.unmask.keras.archive.ArchiveMembers;
import io.unmask.keras.archive.ZipArchive;
import io.unmask.keras.archive.ZipMember;
import io.unmask.keras.bytes.ByteSource;
import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.config.ConfigParser;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.config.Generation;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.config.ModelText;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.GraphBuilder;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@code .keras} archive: {@code config.json} and {@code model.weights.h5} in a ZIP file. */
public final class ArchiveFile implements ModelFile {

  private static final long MAX_METADATA = 1 << 20;
  private static final long MAX_CONFIG = 16 << 20;

  private final ByteSource file;
  private final ZipArchive archive;
  private boolean versionMatters;

  public ArchiveFile(ByteSource file) throws IOException {
    this.file = file;
    this.archive = ZipArchive.open(file);
  }

  @Override
  public Network network(@Nullable Shape image) {
    return original(image).network();
  }

  @Override
  public Network filled(Blueprint architecture) {
    try {
      return LooseWeights.fill(architecture, new PlacedWeights(root(), arrays()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Original original() {
    return original(null);
  }

  private Original original(@Nullable Shape image) {
    try {
      Group root = root();
      ArrayReader arrays = arrays();
      Network network =
          GraphBuilder.build(model(), new ArchiveWeights(root, arrays), this::generation, image);
      return new Original(network, Hdf5.read(root), versionMatters ? null : arrays.stored());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Candidate candidate() {
    try {
      ZipMember member = member(ArchiveMembers.WEIGHTS);
      WeightFile weights = plain(member);
      if (weights == null) {
        return ModelFile.super.candidate();
      }
      ModelText config = new ModelText(archive.bytes(member(ArchiveMembers.CONFIG), MAX_CONFIG));
      return new Candidate(config, weights, member.size(), new BitSet());
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
    return ConfigParser.parse(json(ArchiveMembers.CONFIG, MAX_CONFIG));
  }

  private WeightSource weights() throws IOException {
    return new ArchiveWeights(root(), arrays());
  }

  private Group root() throws IOException {
    return Hdf5.open(archive.open(member(ArchiveMembers.WEIGHTS)), ArchiveMembers.WEIGHTS);
  }

  private ArrayReader arrays() throws IOException {
    return new ArrayReader(file.size(), plain(member(ArchiveMembers.WEIGHTS)));
  }

  /** Where weights can be read when they are asked for, or null if they lie in memory. */
  private @Nullable WeightFile plain(ZipMember weights) throws IOException {
    return weights.isPlain() ? file.weights(archive.start(weights)) : null;
  }

  @Override
  public Generation generation() {
    versionMatters = true; // a file with other metadata may be another model then
    return ModelFile.super.generation();
  }

  @Override
  public Optional<String> version() {
    try {
      if (archive.find(ArchiveMembers.METADATA) == null) {
        return Optional.empty();
      }
      Json version = json(ArchiveMembers.METADATA, MAX_METADATA).find("keras_version");
      return version.isString() ? Optional.of(version.string()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Json json(String name, long most) throws IOException {
    return ConfigValues.object(archive.bytes(member(name), most), name);
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

package io.unmask.keras.file;

import io.unmask.jhdf.api.Group;
import io.unmask.keras.bytes.ByteSource;
import io.unmask.keras.config.ConfigParser;
import io.unmask.keras.config.ConfigValues;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.ChunkedAttribute;
import io.unmask.keras.hdf5.Hdf5;
import io.unmask.keras.layers.GraphBuilder;
import io.unmask.keras.layers.WeightSource;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A legacy HDF5 file: the config is an attribute, the weights are a group. */
public final class LegacyFile implements ModelFile {

  private static final String CONFIG = "model_config";
  static final String WEIGHTS = "model_weights";

  private final Group root;
  private final ByteSource file;
  private final long size;

  public LegacyFile(ByteSource file) throws IOException {
    this.file = file;
    this.size = file.size();
    if (size > Integer.MAX_VALUE) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "it is %,d bytes long, and at most %,d can be read",
              size,
              Integer.MAX_VALUE));
    }
    this.root = Hdf5.open(file.part(0, size), "the file");
  }

  @Override
  public Network network(@Nullable Shape image) {
    String config = Hdf5.text(root, CONFIG);
    if (config == null) {
      throw new DefectException(
          "expected a whole model, but there is no attribute model_config: the file holds weights"
              + " only; say which model's, with --architecture NAME or FILE.json, architecture(...)"
              + " in Java, or its JSON (model.to_json()) beside the file under the same name; or"
              + " load them into the model in Keras and save that with model.save(...)");
    }
    WeightSource weights = weights();
    return GraphBuilder.build(model(config), weights, this::generation, image);
  }

  @Override
  public Network filled(Blueprint architecture) {
    return LooseWeights.fill(architecture, looseWeights());
  }

  private LooseWeights looseWeights() {
    ArrayReader arrays = new ArrayReader(size, file.weights(0));
    Group nested = Hdf5.group(root, List.of(WEIGHTS));
    Group groups = nested == null ? root : nested;
    List<String> names = ChunkedAttribute.read(groups, WeightsOnly.LAYER_NAMES);
    if (names != null) {
      return new OrderedWeights(groups, names, arrays);
    }
    if (WeightsOnly.isKind(root)) {
      return new PlacedWeights(root, arrays);
    }
    throw new DefectException(
        "expected weights of a Keras model, but there is no attribute layer_names and no group"
            + " layers; save them with model.save_weights(\"name.weights.h5\")");
  }

  @Override
  public StoredLayers layers() {
    String config = Hdf5.text(root, CONFIG);
    return config == null
        ? WeightsOnly.read(root, new ArrayReader(size, file.weights(0)))
        : StoredLayers.of(model(config), weights());
  }

  private static ModelConfig model(String config) {
    return ConfigParser.parse(ConfigValues.object(config.getBytes(StandardCharsets.UTF_8), CONFIG));
  }

  private WeightSource weights() {
    Group weights = Hdf5.group(root, List.of(WEIGHTS));
    if (weights == null) {
      throw new DefectException("there is no group model_weights; save the model again");
    }
    return new LegacyWeights(weights, new ArrayReader(size, file.weights(0)));
  }

  @Override
  public boolean weightsOnly() {
    return Hdf5.text(root, CONFIG) == null && WeightsOnly.isKind(root);
  }

  @Override
  public Optional<String> version() {
    return Optional.ofNullable(Hdf5.text(root, "keras_version"));
  }
}

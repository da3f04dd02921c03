package io.unmask.keras.file;

import io.unmask.jhdf.api.Group;
import io.unmask.json.Json;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.hdf5.ArrayReader;
import io.unmask.keras.hdf5.ChunkedAttribute;
import io.unmask.keras.hdf5.Hdf5;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds out which layers a file has weights for that has no config. */
final class WeightsOnly {

  static final String LAYER_NAMES = "layer_names";
  private static final Json NO_CONFIG = Json.parse("{}".getBytes(StandardCharsets.UTF_8));

  /** Groups may contain each other, so that there is no end to them. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_GROUPS = 50_000;

  private final List<LayerConfig> layers = new ArrayList<>();
  private int groups;

  private WeightsOnly() {}

  /** Whether it is such a file, of either kind. */
  static boolean isKind(Group root) {
    return ChunkedAttribute.read(root, LAYER_NAMES) != null
        || Hdf5.group(root, List.of(LegacyFile.WEIGHTS)) != null
        || Hdf5.group(root, List.of(ArchiveWeights.LAYERS)) != null
        || ArchiveWeights.isOld(root);
  }

  /**
   * The layers in a file of either kind: those that {@code save_weights} of Keras 1 and 2 wrote,
   * and the {@code .weights.h5} of Keras 3.
   */
  static StoredLayers read(Group root, ArrayReader arrays) {
    if (ChunkedAttribute.read(root, LAYER_NAMES) != null) {
      return new WeightsOnly().legacy(root, arrays);
    }
    Group nested = Hdf5.group(root, List.of(LegacyFile.WEIGHTS));
    if (nested != null) {
      return new WeightsOnly().legacy(nested, arrays);
    }
    if (Hdf5.group(root, List.of(ArchiveWeights.LAYERS)) != null) {
      WeightsOnly found = new WeightsOnly();
      found.collect(root, List.of(), List.of());
      return new StoredLayers(found.layers, new ArchiveWeights(root, arrays));
    }
    throw new DefectException(
        "expected a Keras model or its weights, but there is no attribute model_config or"
            + " layer_names and no group layers; save the model with model.save(\"name.keras\")");
  }

  /** One group a layer, which lists its arrays; that of a nested model has those of many layers. */
  private StoredLayers legacy(Group root, ArrayReader arrays) {
    List<String> names = ChunkedAttribute.read(root, LAYER_NAMES);
    if (names == null) {
      throw new DefectException(
          Hdf5.where(root) + " has no attribute layer_names; save the model again");
    }
    LegacyWeights weights = new LegacyWeights(root, arrays);
    for (String name : names) {
      Set<String> owners = new LinkedHashSet<>(weights.owners(name));
      for (String owner : owners) {
        List<String> ancestry = new ArrayList<>(List.of(name));
        if (owners.size() > 1) {
          List<String> path = Arrays.asList(owner.split("/"));
          boolean repeated = path.size() > 1 && path.get(0).equals(name);
          ancestry.addAll(repeated ? path.subList(1, path.size()) : path);
        }
        count();
        add(ancestry, List.of());
      }
    }
    return new StoredLayers(layers, weights);
  }

  /** A layer's variables have its name as an attribute; a nested model has layers of its own. */
  private void collect(Group model, List<String> ancestry, List<String> containers) {
    Group children = Hdf5.group(model, List.of(ArchiveWeights.LAYERS));
    if (children == null) {
      return;
    }
    requireShallow(ancestry);
    for (String container : children.getChildren().keySet()) {
      count();
      Group child = Hdf5.group(children, List.of(container));
      Group variables = child == null ? null : Hdf5.group(child, List.of(ArchiveWeights.VARIABLES));
      if (child == null || variables == null) {
        continue;
      }
      String name = Hdf5.text(variables, "name");
      if (name == null) {
        throw new DefectException(
            "it holds weights without the names of their layers, as early versions of Keras 3 wrote"
                + " them; load them into the model in Keras and save that with"
                + " model.save(\"name.keras\")");
      }
      List<String> path = append(ancestry, name);
      List<String> places = append(containers, container);
      if (!variables.getChildren().isEmpty()) {
        add(path, places);
      }
      collect(child, path, places);
    }
  }

  /** The places in a file of Keras 3 that hold weights, whatever the layers are called. */
  static List<String> places(Group root) {
    List<String> places = new ArrayList<>();
    new WeightsOnly().places(root, List.of(), places);
    return places;
  }

  private void places(Group model, List<String> containers, List<String> places) {
    Group children = Hdf5.group(model, List.of(ArchiveWeights.LAYERS));
    if (children == null) {
      return;
    }
    requireShallow(containers);
    for (String container : children.getChildren().keySet()) {
      count();
      Group child = Hdf5.group(children, List.of(container));
      if (child != null) {
        List<String> place = append(containers, container);
        Group variables = Hdf5.group(child, List.of(ArchiveWeights.VARIABLES));
        if (variables != null && !variables.getChildren().isEmpty()) {
          places.add(String.join("/", place));
        }
        places(child, place, places);
      }
    }
  }

  private static void requireShallow(List<String> ancestry) {
    if (ancestry.size() >= MAX_DEPTH) {
      throw new DefectException(
          "models are nested more than %d deep in it; do not trust this file".formatted(MAX_DEPTH));
    }
  }

  private void count() {
    if (++groups > MAX_GROUPS) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "it has weights for more than %,d layers; do not trust this file",
              MAX_GROUPS));
    }
  }

  private void add(List<String> ancestry, List<String> containers) {
    layers.add(new LayerConfig("Layer", false, NO_CONFIG, List.of(), ancestry, containers, null));
  }

  private static List<String> append(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}

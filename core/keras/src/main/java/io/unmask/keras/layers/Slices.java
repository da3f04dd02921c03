package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.TensorFlowFunctions;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code x[...]}: parts of the image are cropped, and channels are picked by a 1x1 convolution.
 * What has fewer axes than an image is seen as one of a single column, or of a single pixel.
 */
final class Slices {

  private static final String GET_ITEM = "GetItem";

  /**
   * What is taken of an axis.
   *
   * @param first the first element
   * @param count how many
   * @param reversed whether from there backwards
   * @param single whether the axis goes
   */
  private record Part(int first, int count, boolean reversed, boolean single) {}

  private final LayerCall call;
  private final Json key;
  private final Shape input;

  private Slices(LayerCall call) {
    this.call = call;
    Json spec = call.config(TensorFlowFunctions.SLICES);
    this.key = spec.isNull() ? call.argument(1) : spec;
    this.input = call.nodeShape();
  }

  static int build(LayerCall call) {
    return new Slices(call).build();
  }

  private int build() {
    int rank = input.rank();
    if (rank < 1 || rank > 3) {
      throw unsupported();
    }
    List<Part> parts = parts();
    List<Layer> steps = new ArrayList<>();
    Shape map = rank == 3 ? input : Shape.of(rank == 2 ? input.extent(0) : 1, 1, input.channels());
    if (rank < 3) {
      steps.add(new Layer.Reshape(map));
    }
    Part whole = new Part(0, 1, false, false);
    Part rows = rank == 1 ? whole : parts.get(0);
    Part columns = rank == 3 ? parts.get(1) : whole;
    if (rows.count() < map.extent(0) || columns.count() < map.extent(1)) {
      int bottom = map.extent(0) - rows.first() - rows.count();
      int right = map.extent(1) - columns.first() - columns.count();
      steps.add(new Layer.Cropping2D(rows.first(), bottom, columns.first(), right));
    }
    Part channels = parts.get(rank - 1);
    if (channels.count() < input.channels() || channels.reversed()) {
      steps.add(Operations.pick(input.channels(), places(channels)));
    }
    if (rank < 3 || parts.stream().anyMatch(Part::single)) {
      steps.add(new Layer.Reshape(result(parts)));
    }
    return added(steps);
  }

  private static int[] places(Part part) {
    int[] places = new int[part.count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = part.reversed() ? part.first() - i : part.first() + i;
    }
    return places;
  }

  private Shape result(List<Part> parts) {
    int[] extents = parts.stream().filter(part -> !part.single()).mapToInt(Part::count).toArray();
    if (extents.length == 0) {
      throw unsupported();
    }
    return Shape.of(extents);
  }

  private int added(List<Layer> steps) {
    int node = call.inputs().get(0);
    for (int i = 0; i < steps.size() - 1; i++) {
      node = call.addBefore("part" + (i + 1), steps.get(i), List.of(node));
    }
    Layer last =
        steps.isEmpty() ? new Layer.Activate(Activations.LINEAR) : steps.get(steps.size() - 1);
    return call.add(last, List.of(node));
  }

  /** One for each axis but the batch, which has to be taken whole. */
  private List<Part> parts() {
    List<Json> given = key.isArray() ? key.elements() : List.of(key);
    int axes = input.rank() + 1;
    List<Part> parts = new ArrayList<>();
    for (Json each : given) {
      if (isOfClass(each, "__ellipsis__")) {
        int left = axes - (given.size() - 1);
        for (int i = 0; i < left; i++) {
          parts.add(whole(parts.size()));
        }
      } else {
        parts.add(part(each, parts.size()));
      }
    }
    while (parts.size() < axes) {
      parts.add(whole(parts.size()));
    }
    if (parts.size() != axes || !parts.get(0).equals(whole(0))) {
      throw unsupported();
    }
    return parts.subList(1, axes);
  }

  /** The batch is counted as one image. */
  private int extent(int axis) {
    if (axis > input.rank()) {
      throw unsupported();
    }
    return axis == 0 ? 1 : input.extent(axis - 1);
  }

  private Part whole(int axis) {
    return new Part(0, extent(axis), false, false);
  }

  private Part part(Json value, int axis) {
    int extent = extent(axis);
    if (value.isNumber()) {
      int index = value.integer() < 0 ? value.integer() + extent : value.integer();
      if (axis == 0 || index < 0 || index >= extent) {
        throw unsupported();
      }
      return new Part(index, 1, false, true);
    }
    Json slice = isOfClass(value, "__slice__") ? value.find("config") : value;
    if (!slice.isObject() || !slice.keys().contains("step")) {
      throw unsupported();
    }
    int step = slice.find("step").isNull() ? 1 : slice.find("step").integer();
    boolean open = slice.find("start").isNull() && slice.find("stop").isNull();
    if (step == -1 && open && axis == input.rank()) {
      return new Part(extent - 1, extent, true, false);
    }
    int start = bound(slice.find("start"), 0, extent);
    int stop = bound(slice.find("stop"), extent, extent);
    if (step != 1 || stop <= start || (axis == 0 && !open)) {
      throw unsupported();
    }
    return new Part(start, stop - start, false, false);
  }

  /** As Python: negative numbers count from the end, and what is beyond an end is the end. */
  private static int bound(Json value, int fallback, int extent) {
    int bound = value.isNull() ? fallback : value.integer();
    return Math.min(Math.max(bound < 0 ? bound + extent : bound, 0), extent);
  }

  private static boolean isOfClass(Json value, String name) {
    return value.isObject()
        && value.find("class_name").isString()
        && value.find("class_name").string().equals(name);
  }

  private UnsupportedException unsupported() {
    return Arithmetic.unsupported(GET_ITEM + " with " + key);
  }
}

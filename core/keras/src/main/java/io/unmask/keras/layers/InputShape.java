package io.unmask.keras.layers;

import io.unmask.json.Json;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.network.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the outermost model's images come in.
 *
 * @param layer the name of the input layer
 * @param shape the image's shape
 */
record InputShape(String layer, Shape shape) {

  /**
   * Finds it.
   *
   * @param open the shape of images where the model leaves it open, or null if it must not
   */
  static InputShape of(ModelConfig model, @Nullable Shape open) {
    if (!model.sequential()) {
      if (model.inputs().size() != 1) {
        throw new UnsupportedException(
            "the model has %d inputs, and exactly one, an image, is supported"
                .formatted(model.inputs().size()));
      }
      String name = model.inputs().get(0).layer();
      for (LayerConfig layer : model.layers()) {
        if (layer.name().equals(name)) {
          requireFloats(layer);
          return new InputShape(name, shape(declared(layer.config()), name, open));
        }
      }
      throw new DefectException(
          "input_layers names '" + name + "', which is not in the model; save the model again");
    }
    List<Json> shape = sequential(model);
    String first = model.layers().isEmpty() ? "" : model.layers().get(0).name();
    boolean named = !model.layers().isEmpty() && model.layers().get(0).isInput();
    if (named) {
      requireFloats(model.layers().get(0));
    }
    return new InputShape(named ? first : "input", shape(shape, named ? first : "input", open));
  }

  /** Keras cuts numbers off to whole ones where the input is of such a type. */
  private static void requireFloats(LayerConfig layer) {
    Json type = layer.config().find("dtype");
    if (type.isString() && !type.string().contains("float")) {
      throw new UnsupportedException(
          "its input '%s' takes numbers of type %s, and floating-point numbers are supported; build"
                  .formatted(layer.name(), type.string())
              + " the model with keras.Input(shape) without a dtype and save it again");
    }
  }

  private static List<Json> sequential(ModelConfig model) {
    @Nullable ModelConfig inner = model;
    while (inner != null && !inner.layers().isEmpty()) {
      LayerConfig first = inner.layers().get(0);
      List<Json> declared = declared(first.config());
      if (!declared.isEmpty()) {
        return declared;
      }
      Json built = inner.config().find("build_input_shape");
      if (!built.isNull()) {
        return withoutBatch(built);
      }
      inner = first.nested();
    }
    throw new DefectException(
        "the Sequential model was saved before its input shape was known;"
            + " begin it with keras.Input((height, width, 3)) and save it again");
  }

  /** The shape without the batch, by whichever key the version used; empty if there is none. */
  private static List<Json> declared(Json config) {
    for (String key : List.of("batch_shape", "batch_input_shape")) {
      if (!config.find(key).isNull()) {
        return withoutBatch(config.find(key));
      }
    }
    Json shape = config.find("shape");
    return shape.isArray() ? shape.elements() : List.of();
  }

  private static List<Json> withoutBatch(Json shape) {
    List<Json> extents = shape.elements();
    if (extents.size() == 1 && extents.get(0).isArray()) { // a list of the shapes of all inputs
      extents = extents.get(0).elements();
    }
    return extents.isEmpty() ? extents : extents.subList(1, extents.size());
  }

  private static Shape shape(List<Json> extents, String layer, @Nullable Shape open) {
    if (extents.size() != 3) {
      throw new UnsupportedException(
          "its input '%s' has shape %s, and images (height, width, channels) are supported"
              .formatted(layer, python(extents)));
    }
    int[] image = new int[3];
    for (int i = 0; i < 3; i++) {
      if (extents.get(i).isNull() && open != null) {
        image[i] = open.extent(i);
        continue;
      }
      if (extents.get(i).isNull()) {
        throw new UnsupportedException(
            ("its input '%s' has shape %s, which leaves the size of the image open;"
                    + " build the model with fixed height, width and channels and save it again")
                .formatted(layer, python(extents)));
      }
      image[i] = extents.get(i).integer();
    }
    try {
      return Shape.of(image);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DefectException(
          "its input '%s' has shape %s, which is no image; save the model again"
              .formatted(layer, python(extents)),
          e);
    }
  }

  private static String python(List<Json> extents) {
    return extents.stream()
        .map(extent -> extent.isNull() ? "None" : extent.toString())
        .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
  }
}

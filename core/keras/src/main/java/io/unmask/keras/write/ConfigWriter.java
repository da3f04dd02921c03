package io.unmask.keras.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.keras.fault.UnsupportedException;
import io.unmask.keras.write.WrittenLayer.Use;
import io.unmask.network.Layer;
import io.unmask.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the config of a model in the notation of Keras 3. */
public final class ConfigWriter {

  private static final LayerSerializer SERIALIZER = new LayerSerializer();
  private static final String FUNCTIONAL = "Functional";

  private ConfigWriter() {}

  /** The {@code config.json} of a model. */
  public static byte[] config(WrittenModel model) {
    return json(model(model));
  }

  /** A document of maps, lists, strings, numbers, truth values and nulls. */
  public static byte[] json(Map<String, ?> document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      write(json, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is written but to memory
    }
    return bytes.toByteArray();
  }

  /** A shape with any batch before it. */
  static List<@Nullable Integer> batched(Shape shape) {
    List<@Nullable Integer> extents = new ArrayList<>();
    extents.add(null);
    Arrays.stream(shape.toArray()).forEach(extents::add);
    return extents;
  }

  /** A layer on its own, as the argument of another. */
  static Map<String, @Nullable Object> object(SerializedLayer layer) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("module", layer.module());
    object.put("class_name", layer.className());
    object.put("config", layer.config());
    object.put("registered_name", layer.isOperation() ? layer.className() : null);
    return object;
  }

  /** What Keras calls the class of a layer. */
  static String className(WrittenLayer layer) {
    return layer.nested() == null ? serialized(layer).className() : FUNCTIONAL;
  }

  private static Map<String, @Nullable Object> model(WrittenModel model) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", model.name());
    config.put("trainable", true);
    config.put("layers", model.layers().stream().map(ConfigWriter::layer).toList());
    config.put("input_layers", List.of(model.input().name(), 0, 0));
    List<Object> outputs = model.outputs().stream().map(ConfigWriter::output).toList();
    config.put("output_layers", outputs.size() == 1 ? outputs.get(0) : outputs);
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("module", "keras.src.models.functional");
    object.put("class_name", FUNCTIONAL);
    object.put("config", config);
    object.put("registered_name", FUNCTIONAL);
    return object;
  }

  /** In this place alone Keras counts the calls of a nested model from 1. */
  private static Object output(Use use) {
    int first = use.layer().nested() == null ? 0 : 1;
    return List.of(use.layer().name(), first + use.call(), 0);
  }

  private static Map<String, @Nullable Object> layer(WrittenLayer layer) {
    WrittenModel nested = layer.nested();
    Map<String, @Nullable Object> object;
    if (nested != null) {
      object = model(nested);
    } else {
      SerializedLayer serialized = serialized(layer);
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("name", layer.name());
      if (!serialized.isOperation()) {
        config.put("dtype", "float32");
      }
      config.putAll(serialized.config());
      object = object(new SerializedLayer(serialized.module(), serialized.className(), config));
    }
    object.put("name", layer.name());
    object.put(
        "inbound_nodes",
        layer.isInput()
            ? List.of()
            : layer.calls().stream().map(inputs -> call(layer, inputs)).toList());
    return object;
  }

  private static SerializedLayer serialized(WrittenLayer layer) {
    try {
      return layer.layer().accept(SERIALIZER, layer.calls().get(0));
    } catch (UnsupportedException e) {
      throw e.in("layer '" + layer.name() + "'");
    }
  }

  private static Map<String, Object> call(WrittenLayer layer, List<Use> inputs) {
    List<Object> tensors = inputs.stream().map(ConfigWriter::tensor).toList();
    boolean merging =
        layer.nested() == null
            && (layer.layer() instanceof Layer.Add
                || layer.layer() instanceof Layer.Multiply
                || layer.layer() instanceof Layer.Maximum
                || layer.layer() instanceof Layer.Concatenate);
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("args", merging ? List.of(tensors) : tensors);
    call.put("kwargs", Map.of());
    return call;
  }

  private static Object tensor(Use use) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("shape", batched(use.shape()));
    config.put("dtype", "float32");
    config.put("keras_history", List.of(use.layer().name(), use.call(), 0));
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("class_name", "__keras_tensor__");
    tensor.put("config", config);
    return tensor;
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value); // a string, a number, a truth value or null
    }
  }
}

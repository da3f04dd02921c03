package io.unmask.keras.config;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.UnsupportedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the config of a model, of whichever version, into one form. */
public final class ConfigParser {

  private static final Set<String> MODELS = Set.of("Functional", "Model", "Sequential");

  private ConfigParser() {}

  /** The model that a {@code config.json} or {@code model_config} describes. */
  public static ModelConfig parse(Json json) {
    String className = json.find("class_name").string();
    boolean own = ClassIdentity.isKeras(json);
    if (!own || !MODELS.contains(className)) {
      throw new UnsupportedException(
          "the model is a "
              + (own ? className : ClassIdentity.described(json))
              + ", and only Functional and Sequential models describe their layers in the file;"
              + " rebuild it with the functional API and save it");
    }
    return model(json, className, List.of(), List.of());
  }

  private static ModelConfig model(
      Json json, String className, List<String> ancestry, List<String> containers) {
    boolean sequential = className.equals("Sequential");
    Json config = json.find("config");
    Json list = config.isArray() ? config : config.find("layers"); // the very old Sequential
    List<LayerConfig> layers = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Json layer : list.elements()) {
      layers.add(layer(layer, sequential, counts, ancestry, containers));
    }
    Json name = config.find("name");
    return new ModelConfig(
        name.isString() ? name.string() : "model",
        sequential,
        config,
        List.copyOf(layers),
        sequential ? List.of() : CallParser.ends(config.find("input_layers")),
        sequential ? List.of() : CallParser.ends(config.find("output_layers")));
  }

  private static LayerConfig layer(
      Json json,
      boolean inSequential,
      Map<String, Integer> counts,
      List<String> ancestry,
      List<String> containers) {
    String className = json.find("class_name").string();
    Json config = json.find("config");
    String name = name(json, config);
    Json module = json.find("module");
    boolean own = ClassIdentity.isKeras(json);
    boolean ofTensorFlow = own && TensorFlowFunctions.are(className);
    boolean operation =
        own
            && (ofTensorFlow
                || (module.isString() && module.string().contains(".ops"))
                || isOperationWithoutModule(json));
    boolean counted = !operation && !(inSequential && className.equals("InputLayer"));
    List<String> names = append(ancestry, name);
    List<String> places = append(containers, counted ? container(className, counts) : name);
    try {
      List<Call> calls = CallParser.calls(json.find("inbound_nodes"), ofTensorFlow);
      @Nullable ModelConfig nested =
          own && MODELS.contains(className) ? model(json, className, names, places) : null;
      if (ofTensorFlow) {
        Json arguments = calls.isEmpty() ? Call.NO_KEYWORDS : calls.get(0).keywords();
        String function = TensorFlowFunctions.operation(config);
        return new LayerConfig(function, true, arguments, calls, names, places, null);
      }
      String known = own ? className : ClassIdentity.described(json);
      return new LayerConfig(known, operation, config, calls, names, places, nested);
    } catch (JsonException e) {
      throw DefectException.of(e).in("layer '" + name + "' (" + className + ")");
    } catch (DefectException e) {
      throw ancestry.isEmpty() ? e.in("layer '" + name + "' (" + className + ")") : e;
    }
  }

  /** Keras 3 writes no modules into {@code .h5} files, but to layers more than their arguments. */
  private static boolean isOperationWithoutModule(Json json) {
    Json calls = json.find("inbound_nodes");
    Json config = json.find("config");
    return json.find("module").isNull()
        && calls.isArray()
        && !calls.elements().isEmpty()
        && calls.elements().get(0).isObject()
        && config.isObject()
        && !config.has("trainable")
        && !config.has("layers")
        && !config.has("batch_shape");
  }

  /** The graph and the layer's own config both name it. */
  private static String name(Json json, Json config) {
    Json inGraph = json.find("name");
    Json own = config.find("name");
    if (!inGraph.isString()) {
      return own.string();
    }
    String name = inGraph.string();
    if (own.isString() && !own.string().equals(name)) {
      throw new DefectException(
          "a layer is named '%s' in the graph and '%s' in its config; save the model again"
              .formatted(name, own.string()));
    }
    return name;
  }

  /** What Keras calls a layer in an archive: after its class, numbered within its model. */
  public static String container(String className, Map<String, Integer> counts) {
    String base = snakeCase(className.equals("Model") ? "Functional" : className);
    int number = counts.merge(base, 1, Integer::sum) - 1;
    return number == 0 ? base : base + "_" + number;
  }

  /** As {@code keras.src.utils.naming.to_snake_case}: {@code BatchNormalization}, {@code ReLU}. */
  public static String snakeCase(String className) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < className.length(); i++) {
      char here = className.charAt(i);
      boolean word =
          isUpper(here)
              && i > 0
              && (isLower(className.charAt(i - 1))
                  || (i + 1 < className.length() && isLower(className.charAt(i + 1))));
      if (Character.isLetterOrDigit(here) || here == '_') {
        name.append(word ? "_" : "").append(Character.toLowerCase(here));
      }
    }
    return name.toString();
  }

  private static boolean isUpper(char letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  private static boolean isLower(char letter) {
    return letter >= 'a' && letter <= 'z';
  }

  private static List<String> append(List<String> list, String last) {
    List<String> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}

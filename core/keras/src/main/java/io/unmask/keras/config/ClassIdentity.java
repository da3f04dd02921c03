package io.unmask.keras.config;

import io.unmask.json.Json;
import java.util.List;

/**
 * Whose a serialized class is. Its name alone does not tell: anybody may call a class {@code ReLU}.
 * Keras 3 writes {@code module}, which is null for a class of the script that was run, and {@code
 * registered_name}, which is {@code package>Name} for a class that was registered, and else the
 * plain name or null (keras/src/saving/serialization_lib.py). Keras 2 wrote neither into {@code
 * .h5} files, but calls a registered class {@code package>Name} there.
 */
public final class ClassIdentity {

  private static final List<String> OWN_MODULES =
      List.of("keras", "keras_core", "tf_keras", "tensorflow");

  private static final String OWN_PACKAGE = "Keras>";

  /** Where functions come from, as far as Keras writes it. */
  private static final String FUNCTIONS = "builtins";

  private ClassIdentity() {}

  /** Whether a serialized layer, model or operation is one of Keras's own. */
  public static boolean isKeras(Json object) {
    Json module = object.find("module");
    Json registered = object.find("registered_name");
    if (registered.isString() && isOfPackage(registered.string())) {
      return false;
    }
    return module.isString() ? isOwn(module.string()) : !registered.isString();
  }

  /** Whether a serialized function is one of Keras's own, if its name is. */
  public static boolean isKerasFunction(Json object) {
    Json module = object.find("module");
    return (module.isString() && module.string().equals(FUNCTIONS)) || isKeras(object);
  }

  /** What somebody else's class is called: by its package or its module where there is one. */
  public static String described(Json object) {
    Json module = object.find("module");
    Json registered = object.find("registered_name");
    String name = object.find("class_name").string();
    if (module.isString() && !isOwn(module.string())) {
      return module.string() + "." + name;
    }
    return registered.isString() && isOfPackage(registered.string())
        ? registered.string()
        : "__main__." + name;
  }

  private static boolean isOfPackage(String registered) {
    return registered.indexOf('>') >= 0 && !registered.startsWith(OWN_PACKAGE);
  }

  private static boolean isOwn(String module) {
    return OWN_MODULES.stream().anyMatch(own -> module.equals(own) || module.startsWith(own + "."));
  }
}

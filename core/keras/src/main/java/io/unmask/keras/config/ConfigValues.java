package io.unmask.keras.config;

import io.unmask.json.Json;
import io.unmask.json.JsonException;
import io.unmask.keras.fault.DefectException;

/** Values in a configuration as Keras means them. */
public final class ConfigValues {

  private ConfigValues() {}

  /** The object that a document holds. */
  public static Json object(byte[] document, String what) {
    Json json;
    try {
      json = Json.parse(document);
    } catch (JsonException e) {
      throw new DefectException(
          what + " is " + e.getMessage() + "; the file is damaged: copy or save it again", e);
    }
    if (!json.isObject()) {
      throw new DefectException(
          what + " should hold a JSON object, but is " + json + "; save the model again");
    }
    return json;
  }

  /** A finite number, which older versions also write as a wrapped NumPy scalar. */
  public static double number(Json json) {
    Json name = json.find("class_name");
    if (name.isString() && name.string().equals("__numpy__")) {
      return number(json.find("config").find("value"));
    }
    double number = json.number();
    if (!Double.isFinite(number)) {
      throw json.unexpected("a finite number");
    }
    return number;
  }

  public static double number(Json json, double fallback) {
    return json.isNull() ? fallback : number(json);
  }

  public static boolean truth(Json json, boolean fallback) {
    return json.isNull() ? fallback : json.bool();
  }
}

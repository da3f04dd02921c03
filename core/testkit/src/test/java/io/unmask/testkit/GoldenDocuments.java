package io.unmask.testkit;

import io.unmask.json.Json;

/** The documents beside the golden models, for the tests of reading. */
public final class GoldenDocuments {

  private GoldenDocuments() {}

  /** An unpacked JSON file; a list becomes the field {@code models}. */
  public static Json json(String name) {
    return GoldenModels.json(name);
  }
}

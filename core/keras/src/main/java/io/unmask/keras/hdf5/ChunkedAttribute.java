package io.unmask.keras.hdf5;

import io.unmask.jhdf.api.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of names that Keras cuts into {@code name0}, {@code name1}, ... when it is long. */
public final class ChunkedAttribute {

  private ChunkedAttribute() {}

  /** The names, or null if there is no such attribute. */
  public static @Nullable List<String> read(Node node, String name) {
    List<String> whole = Hdf5.texts(node, name);
    if (whole != null) {
      return whole;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; ; i++) {
      List<String> chunk = Hdf5.texts(node, name + i);
      if (chunk == null) {
        return i == 0 ? null : names;
      }
      names.addAll(chunk);
    }
  }
}

package io.unmask.keras.config;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that Keras gave a layer that was given none: its class and how many of that class the
 * session had made before, such as {@code batch_normalization_7}.
 *
 * @param kind the class, in the same words for all versions of Keras
 * @param number 0 if there is none
 */
public record AutomaticName(String kind, int number) {

  private static final Pattern NUMBERED = Pattern.compile("(.+?)(?:_([0-9]{1,9}))?");

  private static final Set<String> KINDS =
      Set.of(
          "conv2d", "depthwiseconv2d", "separableconv2d", "dense", "batchnormalization", "prelu");

  /** The parts of a name, or null if somebody chose it. */
  public static @Nullable AutomaticName of(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches()) {
      return null;
    }
    // Keras 1 wrote convolution2d_1 and batchnormalization_1, Keras 2 and 3 p_re_lu_1.
    String kind = numbered.group(1).replace("_", "").replace("convolution", "conv");
    String number = numbered.group(2);
    return KINDS.contains(kind)
        ? new AutomaticName(kind, number == null ? 0 : Integer.parseInt(number))
        : null;
  }
}

package io.unmask.model;

import io.unmask.spi.Views.View.Resampling;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What manifests and options call ways of resizing, such as {@code pillow-bilinear}. */
public final class ResizeNames {

  private ResizeNames() {}

  /** The name of a way. */
  public static String of(Resampling resampling) {
    return resampling.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The way of a name, if it is one. */
  public static Optional<Resampling> parse(String name) {
    return Arrays.stream(Resampling.values()).filter(each -> of(each).equals(name)).findFirst();
  }

  /** All names. */
  public static String all() {
    return Arrays.stream(Resampling.values())
        .map(ResizeNames::of)
        .collect(Collectors.joining(", "));
  }
}

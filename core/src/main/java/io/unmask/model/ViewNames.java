package io.unmask.model;

import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.util.Optional;

/**
 * What manifests call views: {@code resize}, {@code shrink}, {@code shrink:M} and {@code
 * windows:N}.
 */
public final class ViewNames {

  private static final String RESIZE = "resize";
  private static final String SHRINK = "shrink";
  private static final String FRAMED = "shrink:";
  private static final String WINDOWS = "windows:";

  private ViewNames() {}

  /** The name of a view. */
  public static String of(View view) {
    if (view instanceof View.Windows windows) {
      return WINDOWS + windows.count();
    }
    if (view instanceof View.Framed framed) {
      return FRAMED + framed.margin();
    }
    return ((View.Resize) view).resampling() == View.Resampling.ANTIALIASED ? SHRINK : RESIZE;
  }

  /** The view of a name, if it is one. */
  static Optional<View> parse(String name) {
    if (name.equals(RESIZE)) {
      return Optional.of(new View.Resize(View.Resampling.BILINEAR));
    }
    if (name.equals(SHRINK)) {
      return Optional.of(new View.Resize(View.Resampling.ANTIALIASED));
    }
    if (name.matches(FRAMED + "-?([0-9]|10)([.][0-9]{1,9})?")) {
      double margin = Double.parseDouble(name.substring(FRAMED.length()));
      if (margin >= Views.MIN_FRAMED_MARGIN && margin <= Views.MAX_MARGIN) {
        return Optional.of(new View.Framed(margin));
      }
    }
    if (name.matches(WINDOWS + "[1-9][0-9]?")) {
      int count = Integer.parseInt(name.substring(WINDOWS.length()));
      if (count <= Views.MAX_IMAGES) {
        return Optional.of(new View.Windows(count));
      }
    }
    return Optional.empty();
  }
}

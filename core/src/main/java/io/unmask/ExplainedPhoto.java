package io.unmask;

import java.util.List;
import java.util.Objects;

/**
 * A verdict on a photo, with maps of the places that led to it. Immutable.
 *
 * @param classification the verdict, the same as without an explanation
 * @param heatmaps one map for each face, in the order of {@link Classification#faces}; a single one
 *     if the photo was judged as one, none if there is no face
 */
public record ExplainedPhoto(Classification classification, List<Heatmap> heatmaps) {

  /** Copies the list, and checks that nothing is missing. */
  public ExplainedPhoto {
    Objects.requireNonNull(classification, "classification");
    heatmaps = List.copyOf(heatmaps);
  }
}

package io.unmask.training.report;

import com.google.common.collect.ImmutableMap;
import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.SourceTable;
import io.unmask.evaluation.SourcedPredictions;
import io.unmask.training.data.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a report is about. Immutable.
 *
 * @param title the heading
 * @param facts what was evaluated and how, such as {@code Model} to its path, in their order
 * @param parts the folds, or a single part
 * @param threshold the verdict is fake above it
 * @param leftOut files that could not be used
 */
public record Evaluation(
    String title,
    Map<String, String> facts,
    List<Part> parts,
    double threshold,
    List<LeftOut> leftOut) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if there are no parts
   */
  public Evaluation {
    facts = ImmutableMap.copyOf(facts);
    parts = List.copyOf(parts);
    leftOut = List.copyOf(leftOut);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts: there are none");
    }
  }

  /** An evaluation without folds. */
  public static Evaluation of(
      String title,
      Map<String, String> facts,
      List<ScoredImage> images,
      double threshold,
      List<LeftOut> leftOut) {
    Part all = new Part("All images", images, Optional.empty());
    return new Evaluation(title, facts, List.of(all), threshold, leftOut);
  }

  /** The same at another threshold. */
  public Evaluation at(double other) {
    return new Evaluation(title, facts, parts, other, leftOut);
  }

  /** The metrics of each part. */
  public List<Metrics> metrics() {
    return parts.stream().map(part -> part.metrics(threshold)).toList();
  }

  /** The metrics of all parts' images together. */
  public Metrics pooled() {
    return new Part("Pooled", images(), Optional.empty()).metrics(threshold);
  }

  /** What was predicted, with the sources of the images. */
  public SourcedPredictions sourced() {
    SourcedPredictions.Accumulator all = new SourcedPredictions.Accumulator();
    for (Part part : parts) {
      part.images()
          .forEach(
              image -> all.add(part.name(), image.source(), image.fake(), image.probability()));
    }
    return all.snapshot();
  }

  /** How good the detector is by source. */
  public SourceTable sources() {
    return SourceTable.of(sourced(), threshold);
  }

  /** The images of all parts. */
  List<ScoredImage> images() {
    List<ScoredImage> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.images()));
    return all;
  }
}

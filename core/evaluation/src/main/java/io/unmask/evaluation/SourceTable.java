package io.unmask.evaluation;

import io.unmask.evaluation.SourcedPredictions.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How good a detector is on each source of fake images, a generator, and on each source of real
 * ones, a camera or a collection of photographs. Immutable.
 *
 * <p>In a cross-validation that leaves sources out, a generator's own cameras are those that were
 * left out with it: the model had seen neither. All cameras are then judged by different models,
 * each by the one that had not seen it.
 *
 * @param generators the sources of fake images
 * @param cameras the sources of real images
 */
public record SourceTable(List<Generator> generators, List<Camera> cameras) {

  private static final double FIVE_PERCENT = 0.05;
  private static final double ONE_PERCENT = 0.01;

  /**
   * How well fakes are told from photographs.
   *
   * @param auc the area under the ROC curve
   * @param recallAt5 the share of the fakes that are found when 5 % of the photographs may be taken
   *     for fake
   * @param recallAt1 the same with 1 %
   */
  public record Figures(double auc, double recallAt5, double recallAt1) {

    static Figures of(Predictions predictions) {
      return new Figures(
          RocCurve.of(predictions).auc(),
          OperatingPoint.at(FIVE_PERCENT, predictions).recall(),
          OperatingPoint.at(ONE_PERCENT, predictions).recall());
    }
  }

  /**
   * A source of fake images.
   *
   * @param name what it is called
   * @param parts the folds that it is in
   * @param images how many there are
   * @param own against the cameras of these folds
   * @param all against all cameras
   */
  public record Generator(String name, String parts, int images, Figures own, Figures all) {}

  /**
   * A source of real images.
   *
   * @param name what it is called
   * @param parts the folds that it is in
   * @param images how many there are
   * @param takenForFake the share of them that are fake by the threshold
   */
  public record Camera(String name, String parts, int images, double takenForFake) {}

  /** Copies the lists. */
  public SourceTable {
    generators = List.copyOf(generators);
    cameras = List.copyOf(cameras);
  }

  /** Whether a class has more than one source, without which the table says nothing new. */
  public boolean hasSeveral() {
    return generators.size() > 1 || cameras.size() > 1;
  }

  /** The mean over the generators against their own cameras; each weighs the same. */
  public Figures meanOwn() {
    return mean(Generator::own);
  }

  /** The mean over the generators against all cameras; each weighs the same. */
  public Figures meanAll() {
    return mean(Generator::all);
  }

  private Figures mean(Function<Generator, Figures> of) {
    List<Figures> figures = generators.stream().map(of).toList();
    return new Figures(
        figures.stream().mapToDouble(Figures::auc).average().orElse(Double.NaN),
        figures.stream().mapToDouble(Figures::recallAt5).average().orElse(Double.NaN),
        figures.stream().mapToDouble(Figures::recallAt1).average().orElse(Double.NaN));
  }

  /**
   * The table of predictions; without rows if a class is missing. Sources stand in the order in
   * which they came.
   *
   * @param threshold the verdict is fake above it
   */
  public static SourceTable of(SourcedPredictions predictions, double threshold) {
    if (!predictions.hasBothClasses()) {
      return new SourceTable(List.of(), List.of());
    }
    List<Generator> generators = new ArrayList<>();
    predictions
        .bySource(true)
        .forEach((name, own) -> generator(name, own, predictions).ifPresent(generators::add));
    List<Camera> cameras = new ArrayList<>();
    predictions
        .bySource(false)
        .forEach(
            (name, own) -> {
              long wrong = own.stream().filter(image -> image.probability() > threshold).count();
              double share = (double) wrong / own.size();
              cameras.add(new Camera(name, String.join(", ", parts(own)), own.size(), share));
            });
    return new SourceTable(generators, cameras);
  }

  private static Optional<Generator> generator(
      String name, List<Image> own, SourcedPredictions predictions) {
    Set<String> parts = parts(own);
    List<Image> cameras = predictions.images().stream().filter(image -> !image.fake()).toList();
    List<Image> ownCameras =
        cameras.stream().filter(image -> parts.contains(image.part())).toList();
    return ownCameras.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Generator(
                name,
                String.join(", ", parts),
                own.size(),
                figures(own, ownCameras),
                figures(own, cameras)));
  }

  private static Figures figures(List<Image> fakes, List<Image> photographs) {
    Predictions.Accumulator all = new Predictions.Accumulator();
    photographs.forEach(image -> all.add(image.probability(), false));
    fakes.forEach(image -> all.add(image.probability(), true));
    return Figures.of(all.snapshot());
  }

  private static Set<String> parts(List<Image> images) {
    Set<String> parts = new TreeSet<>();
    images.forEach(image -> parts.add(image.part()));
    return parts;
  }
}

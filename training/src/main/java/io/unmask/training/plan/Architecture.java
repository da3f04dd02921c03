package io.unmask.training.plan;

import io.unmask.network.Network;
import io.unmask.network.architecture.BackboneClassifier;
import io.unmask.network.architecture.HighPassXception;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A network that can be trained. Immutable.
 *
 * @param key the name it is chosen by
 * @param builder makes the network with fresh weights
 * @param trunk the trunk, if it has one that can be frozen
 * @param fixed what the names of layers begin with that keep the weights they were made with
 * @param regularised what the names of layers begin with whose kernels are regularised
 * @param taps what it looks at of which trunk, if it is a head on one; the trunk's weights come
 *     with it
 * @param backbone likewise of a whole backbone
 * @param fresh the plan that suits it with fresh weights
 */
public record Architecture(
    String key,
    Function<WeightInitializer, Network> builder,
    Optional<Trunk> trunk,
    List<String> fixed,
    List<String> regularised,
    Optional<Taps> taps,
    Optional<Backbone> backbone,
    Plan fresh) {

  /**
   * The part of a network that makes features of images.
   *
   * @param prefix what the names of its layers begin with
   * @param end the name of the layer behind which the head begins
   */
  public record Trunk(String prefix, String end) {}

  /** The name of {@link #onTaps}. */
  public static final String TAPS = "taps";

  /** The name of {@link #onBackbone}. */
  public static final String BACKBONE = "backbone";

  private static final Trunk XCEPTION_TRUNK =
      new Trunk(XceptionClassifier.TRUNK_PREFIX, "global_avg_pooling");
  private static final List<String> XCEPTION_HEAD = List.of("dense_");

  /** The reference's: Xception at 224x224 with two dense layers. */
  public static final Architecture XCEPTION =
      new Architecture(
          "xception",
          initializer -> XceptionClassifier.reference().build(initializer),
          Optional.of(XCEPTION_TRUNK),
          List.of(),
          XCEPTION_HEAD,
          Optional.empty(),
          Plan.fromScratch());

  /** A narrow Xception. */
  public static final Architecture XCEPTION_MINI =
      new Architecture(
          "xception-mini",
          initializer -> XceptionClassifier.mini().build(initializer),
          Optional.of(XCEPTION_TRUNK),
          List.of(),
          XCEPTION_HEAD,
          Optional.empty(),
          Plan.fromScratch());

  /** The reference's small network. */
  public static final Architecture CNN =
      new Architecture(
          "cnn",
          initializer -> SmallCnn.reference().build(initializer),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Plan.singlePhase());

  /** The small one that sees only the finest detail; the bundled models are such. */
  public static final Architecture HIGH_PASS =
      new Architecture(
          "high-pass",
          initializer -> HighPassXception.standard().build(initializer),
          Optional.empty(),
          List.of(HighPassXception.FIXED_LAYER),
          List.of(),
          Optional.empty(),
          Plan.fromScratch().withEpochs(List.of(150)).withCrop(128));

  private static final List<Architecture> ALL = List.of(XCEPTION, XCEPTION_MINI, CNN, HIGH_PASS);

  /** One that comes without trained weights. */
  public Architecture(
      String key,
      Function<WeightInitializer, Network> builder,
      Optional<Trunk> trunk,
      List<String> fixed,
      List<String> regularised,
      Optional<Taps> taps,
      Plan fresh) {
    this(key, builder, trunk, fixed, regularised, taps, Optional.empty(), fresh);
  }

  /** Copies the lists. */
  public Architecture {
    fixed = List.copyOf(fixed);
    regularised = List.copyOf(regularised);
  }

  /** A head on some layers of a trained trunk, which is trained further where the plan says so. */
  public static Architecture onTaps(Taps taps) {
    return new Architecture(
        TAPS,
        taps::build,
        Optional.of(new Trunk(TapsClassifier.TRUNK_PREFIX, TapsClassifier.FEATURES)),
        List.of(TapsClassifier.NORMALIZATION),
        TapsClassifier.REGULARISED,
        Optional.of(taps),
        Plan.head());
  }

  /** The reference's head on a trained backbone, in two phases. */
  public static Architecture onBackbone(Backbone backbone) {
    return new Architecture(
        BACKBONE,
        backbone::build,
        Optional.of(new Trunk(BackboneClassifier.TRUNK_PREFIX, BackboneClassifier.POOLING)),
        List.of(),
        Backbone.regularised(),
        Optional.empty(),
        Optional.of(backbone),
        Plan.twoPhase());
  }

  /** Whether its trunk's weights come with it, so that it takes no others to begin with. */
  public boolean bringsWeights() {
    return taps.isPresent() || backbone.isPresent();
  }

  /**
   * The architecture of a name, other than {@value #TAPS} and {@value #BACKBONE}, which need a
   * file.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Architecture named(String key) {
    return ALL.stream()
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no architecture '%s'; choose one of %s"
                        .formatted(
                            key,
                            ALL.stream()
                                .map(Architecture::key)
                                .collect(
                                    Collectors.joining(", ", "", ", " + TAPS + ", " + BACKBONE)))));
  }

  /** A network with fresh weights, but for those of a trunk that comes with it. */
  public Network build(WeightInitializer initializer) {
    return builder.apply(initializer);
  }

  /** Whether a layer belongs to the trunk. */
  public boolean inTrunk(String layer) {
    return trunk.isPresent() && layer.startsWith(trunk.get().prefix());
  }

  /** Whether a layer keeps the weights that it was made with in any training. */
  public boolean isFixed(String layer) {
    return fixed.stream().anyMatch(layer::startsWith);
  }

  /** Whether a layer's kernel is regularised where the plan says so. */
  public boolean isRegularised(String layer) {
    return regularised.stream().anyMatch(layer::startsWith);
  }

  /**
   * The plan that suits it.
   *
   * @param startWeights whether it begins with weights from a file
   */
  public Plan plan(boolean startWeights) {
    return trunk.isPresent() && !bringsWeights() && startWeights ? Plan.twoPhase() : fresh;
  }
}

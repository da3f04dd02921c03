package io.unmask.training.plan;

import io.unmask.network.Network;
import io.unmask.network.architecture.BackboneClassifier;
import io.unmask.network.architecture.HighPassXception;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network that can be trained. Immutable. */
public final class Architecture {

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
      builder(
              "xception",
              initializer -> XceptionClassifier.reference().build(initializer),
              Plan.fromScratch())
          .trunk(XCEPTION_TRUNK)
          .regularised(XCEPTION_HEAD)
          .build();

  /** A narrow Xception. */
  public static final Architecture XCEPTION_MINI =
      builder(
              "xception-mini",
              initializer -> XceptionClassifier.mini().build(initializer),
              Plan.fromScratch())
          .trunk(XCEPTION_TRUNK)
          .regularised(XCEPTION_HEAD)
          .build();

  /** The reference's small network. */
  public static final Architecture CNN =
      builder("cnn", initializer -> SmallCnn.reference().build(initializer), Plan.singlePhase())
          .build();

  /** The small one that sees only the finest detail; the bundled models are such. */
  public static final Architecture HIGH_PASS =
      builder(
              "high-pass",
              initializer -> HighPassXception.standard().build(initializer),
              Plan.fromScratch().withEpochs(List.of(150)).withCrop(128))
          .fixed(List.of(HighPassXception.FIXED_LAYER))
          .build();

  private static final List<Architecture> ALL = List.of(XCEPTION, XCEPTION_MINI, CNN, HIGH_PASS);

  private final String key;
  private final Function<WeightInitializer, Network> network;
  private final Optional<Trunk> trunk;
  private final List<String> fixed;
  private final List<String> regularised;
  private final Optional<Taps> taps;
  private final Optional<Backbone> backbone;
  private final Plan fresh;

  private Architecture(Builder from) {
    key = from.key;
    network = from.network;
    trunk = from.trunk;
    fixed = List.copyOf(from.fixed);
    regularised = List.copyOf(from.regularised);
    taps = from.taps;
    backbone = from.backbone;
    fresh = from.fresh;
  }

  /**
   * Starts to describe an architecture.
   *
   * @param key the name it is chosen by
   * @param network makes the network with fresh weights
   * @param fresh the plan that suits it with fresh weights
   */
  public static Builder builder(
      String key, Function<WeightInitializer, Network> network, Plan fresh) {
    return new Builder(key, network, fresh);
  }

  /** The name it is chosen by. */
  public String key() {
    return key;
  }

  /** The trunk, if it has one that can be frozen. */
  public Optional<Trunk> trunk() {
    return trunk;
  }

  /** What the names of layers begin with that keep the weights they were made with. */
  public List<String> fixed() {
    return fixed;
  }

  /** What the names of layers begin with whose kernels are regularised. */
  public List<String> regularised() {
    return regularised;
  }

  /** What it looks at of which trunk, if it is a head on one; the trunk's weights come with it. */
  public Optional<Taps> taps() {
    return taps;
  }

  /** Which backbone it is a head on, if it is one; the backbone's weights come with it. */
  public Optional<Backbone> backbone() {
    return backbone;
  }

  /** The plan that suits it with fresh weights. */
  public Plan fresh() {
    return fresh;
  }

  /** A head on some layers of a trained trunk, which is trained further where the plan says so. */
  public static Architecture onTaps(Taps taps) {
    return builder(TAPS, taps::build, Plan.head())
        .trunk(new Trunk(TapsClassifier.TRUNK_PREFIX, TapsClassifier.FEATURES))
        .fixed(List.of(TapsClassifier.NORMALIZATION))
        .regularised(TapsClassifier.REGULARISED)
        .taps(taps)
        .build();
  }

  /** The reference's head on a trained backbone, in two phases. */
  public static Architecture onBackbone(Backbone backbone) {
    return builder(BACKBONE, backbone::build, Plan.twoPhase())
        .trunk(new Trunk(BackboneClassifier.TRUNK_PREFIX, BackboneClassifier.POOLING))
        .regularised(Backbone.regularised())
        .backbone(backbone)
        .build();
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
    return network.apply(initializer);
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

  /** Its name. */
  @Override
  public String toString() {
    return key;
  }

  /** Collects what an architecture consists of. Not thread-safe. */
  public static final class Builder {

    private final String key;
    private final Function<WeightInitializer, Network> network;
    private Optional<Trunk> trunk = Optional.empty();
    private List<String> fixed = List.of();
    private List<String> regularised = List.of();
    private Optional<Taps> taps = Optional.empty();
    private Optional<Backbone> backbone = Optional.empty();
    private final Plan fresh;

    private Builder(String key, Function<WeightInitializer, Network> network, Plan fresh) {
      this.key = Objects.requireNonNull(key, "key");
      this.network = Objects.requireNonNull(network, "network");
      this.fresh = Objects.requireNonNull(fresh, "fresh");
    }

    /** Sets {@link Architecture#trunk}. */
    public Builder trunk(Trunk trunk) {
      this.trunk = Optional.of(trunk);
      return this;
    }

    /** Sets {@link Architecture#fixed}. */
    public Builder fixed(List<String> fixed) {
      this.fixed = List.copyOf(fixed);
      return this;
    }

    /** Sets {@link Architecture#regularised}. */
    public Builder regularised(List<String> regularised) {
      this.regularised = List.copyOf(regularised);
      return this;
    }

    /** Sets {@link Architecture#taps}. */
    public Builder taps(Taps taps) {
      this.taps = Optional.of(taps);
      return this;
    }

    /** Sets {@link Architecture#backbone}. */
    public Builder backbone(Backbone backbone) {
      this.backbone = Optional.of(backbone);
      return this;
    }

    /** The architecture. */
    public Architecture build() {
      return new Architecture(this);
    }
  }
}

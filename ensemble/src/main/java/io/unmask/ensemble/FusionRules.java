package io.unmask.ensemble;

import io.unmask.error.ModelFormatException;
import io.unmask.model.Manifest;
import io.unmask.model.ModelLocation;
import io.unmask.spi.FusionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that make one probability of several, by name. */
final class FusionRules {

  private static final List<FusionRule> RULES =
      List.of(
          new MeanProbability(),
          new WeightedMean(List.of()),
          FusionRule.MEAN_LOGIT,
          new Median(),
          new Maximum(),
          new MajorityVote(),
          new NoisyOr());

  private FusionRules() {}

  /** The names, in the order in which the documentation has them. */
  static List<String> names() {
    return RULES.stream().map(FusionRule::name).toList();
  }

  /**
   * The rule that the user asks for, else the manifest's, else the weighted mean if there are
   * weights, else the mean.
   *
   * @param files the members' files
   * @throws IllegalArgumentException if the user's rule does not exist or lacks weights
   * @throws ModelFormatException likewise for the manifest's, or if weights are given that it does
   *     not use
   */
  static FusionRule choose(Optional<String> asked, Manifests manifests, List<ModelLocation> files) {
    if (asked.isPresent()) {
      FusionRule rule =
          named(asked.get()).orElseThrow(() -> new IllegalArgumentException(unknown(asked.get())));
      return rule(rule, manifests, files);
    }
    return rule(named(ofManifests(manifests)).orElseThrow(), manifests, files);
  }

  /** The name of the rule that the manifests ask for, or that of the mean if none does. */
  static String ofManifests(Manifests manifests) {
    return manifests.agreed("fusion", FusionRules::stated).orElse(MeanProbability.NAME);
  }

  /** Whether a manifest asks for a rule. */
  static boolean areStated(Manifests manifests) {
    return manifests.agreed("fusion", FusionRules::stated).isPresent();
  }

  /** What a manifest asks for, if it does; weights ask for the rule that uses them. */
  private static Optional<String> stated(String place, Manifest manifest) {
    boolean weights = manifest.weights().isPresent();
    Optional<String> stated =
        manifest.fusion().or(() -> manifest.weights().map(given -> WeightedMean.NAME));
    if (stated.isEmpty()) {
      return stated;
    }
    String name = stated.get();
    if (named(name).isEmpty()) {
      throw new ModelFormatException(place + ": " + unknown(name));
    }
    if (weights && !name.equals(WeightedMean.NAME)) {
      throw new ModelFormatException(
          "%s: has weights, which the fusion rule '%s' does not use; name '%s', or leave them out"
              .formatted(place, name, WeightedMean.NAME));
    }
    return stated;
  }

  private static FusionRule rule(FusionRule named, Manifests manifests, List<ModelLocation> files) {
    return named instanceof WeightedMean ? weighted(manifests, files) : named;
  }

  private static FusionRule weighted(Manifests manifests, List<ModelLocation> files) {
    List<Double> weights = new ArrayList<>();
    for (ModelLocation file : files) {
      weights.add(
          manifests
              .beside(file)
              .flatMap(Manifest::weights)
              .flatMap(given -> Optional.ofNullable(given.get(file.name())))
              .orElseThrow(
                  () ->
                      new ModelFormatException(
                          "%s: has no weight for the fusion rule '%s'; give it one under 'weights'"
                                  .formatted(file, WeightedMean.NAME)
                              + " in "
                              + Manifest.FILE_NAME
                              + " beside it")));
    }
    return new WeightedMean(weights);
  }

  private static Optional<FusionRule> named(String name) {
    return RULES.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  private static String unknown(String name) {
    return "there is no fusion rule '" + name + "'; there are " + String.join(", ", names());
  }
}

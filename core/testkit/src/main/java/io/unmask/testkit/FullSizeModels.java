package io.unmask.testkit;

import io.unmask.json.Json;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The full-size networks with weights by formula, and Keras's probabilities for smooth images by
 * formula. For backends: the interpreter would take minutes.
 */
public final class FullSizeModels {

  /**
   * A network and what Keras says.
   *
   * @param name {@code xception} or {@code cnn}
   * @param weights the formula
   * @param probabilities Keras's answer for {@link GoldenModels#smoothImage} of each seed
   * @param variables the shapes of Keras's variables by {@code layer/variable}, in Keras's order
   */
  public record Case(
      String name,
      FormulaWeights weights,
      Map<Integer, Double> probabilities,
      Map<String, Shape> variables) {

    /** The network with the formula's weights. */
    public Network network() {
      return network(weights);
    }

    /** The network with other weights. */
    public Network network(WeightInitializer initializer) {
      return name.equals("xception")
          ? XceptionClassifier.reference().build(initializer)
          : SmallCnn.reference().build(initializer);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private FullSizeModels() {}

  /** Xception and the small CNN. */
  public static Stream<Case> all() {
    return GoldenModels.json("full_size.json").get("checks").elements().stream()
        .map(FullSizeModels::read);
  }

  private static Case read(Json check) {
    Map<Integer, Double> probabilities = new LinkedHashMap<>();
    for (Json answer : check.get("answers").elements()) {
      probabilities.put(answer.get("seed").integer(), answer.get("probability").number());
    }
    Map<String, Shape> variables = new LinkedHashMap<>();
    for (Json variable : check.get("variables").elements()) {
      variables.put(
          variable.elements().get(0).string(), GoldenModels.shape(variable.elements().get(1)));
    }
    return new Case(
        check.get("architecture").string(),
        new FormulaWeights(
            check.get("last_layer").string(),
            check.get("kernel_factor").number(),
            check.get("bias").number()),
        probabilities,
        variables);
  }
}

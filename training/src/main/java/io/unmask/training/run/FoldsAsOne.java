package io.unmask.training.run;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.CutNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The models of all folds on one trunk as one model, which has that trunk once. */
final class FoldsAsOne {

  private FoldsAsOne() {}

  /**
   * A network that puts out the mean of what the folds' networks put out.
   *
   * @param end the layer behind which the heads begin
   * @throws IllegalArgumentException if the trunks differ
   */
  static Network of(List<Network> folds, String end) {
    List<CutNetwork> cuts = folds.stream().map(fold -> CutNetwork.behind(fold, end)).toList();
    Network trunk = cuts.get(0).trunk();
    for (CutNetwork cut : cuts) {
      if (!cut.trunk().nodes().equals(trunk.nodes())) {
        throw new IllegalArgumentException("the folds have different trunks");
      }
    }
    Network.Builder builder = Network.builder("folds_as_one");
    trunk.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    int features = trunk.outputs().get(0);
    List<Integer> outputs = new ArrayList<>();
    for (int fold = 1; fold <= cuts.size(); fold++) {
      outputs.add(head(cuts.get(fold - 1).head(), "fold_" + fold + "_", features, builder));
    }
    int sum = builder.add("sum", new Layer.Add(), outputs);
    Layer mean = new Layer.Rescaling(List.of(1.0 / outputs.size()), List.of(0.0));
    return builder.build(builder.add("mean", mean, sum));
  }

  private static int head(Network head, String prefix, int features, Network.Builder builder) {
    Map<Integer, Integer> image = new HashMap<>();
    image.put(head.input(), features);
    for (int i = 0; i < head.nodes().size(); i++) {
      if (i != head.input()) {
        Node node = head.node(i);
        List<Integer> inputs = node.inputs().stream().map(image::get).toList();
        image.put(i, builder.add(prefix + node.name(), node.layer(), inputs));
      }
    }
    return image.getOrDefault(head.outputs().get(0), features);
  }
}

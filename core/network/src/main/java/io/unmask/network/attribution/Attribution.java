package io.unmask.network.attribution;

import io.unmask.network.Activation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.SplitLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the logits of a network apart into what each place of its last feature maps adds to them
 * (class activation maps, arXiv:1512.04150). Immutable and thread-safe.
 *
 * <p>It is exact, not an estimate, for networks in which nothing but these lies between feature
 * maps and a final sigmoid, or softmax over two classes: means, variances or largest elements over
 * all places, all elements behind each other, or the products of any two channels summed over all
 * places (a Gram matrix, such as covariances are); then dense layers, rectifiers, batch
 * normalisation, dropout, sums, concatenation and products of matrices. Behind a rectifier the
 * shares are those of the units that are open for this image, and behind a product those of each
 * matrix while the other stays as it is for this image, half of each. What batch normalisation
 * takes for the mean of training images is subtracted from what it normalises, evenly over the
 * places, so that a share says how a place differs from them.
 *
 * <p>A place of a feature map has seen what lies around it too.
 */
public final class Attribution {

  private final List<Head.Part> parts;
  private final List<Logit> logits;
  private final List<Pool> maps;
  private final Network features;

  /** A weighted sum of a value's elements. */
  private record Logit(int value, List<Double> weights) {}

  private Attribution(Network network, List<Head.Part> parts, List<Logit> logits) {
    this.parts = parts;
    this.logits = logits;
    TreeMap<Integer, Pool> byNode = new TreeMap<>();
    parts.stream()
        .flatMap(part -> Stream.ofNullable(part.pool()))
        .forEach(pool -> byNode.putIfAbsent(pool.node(), pool));
    this.maps = List.copyOf(byNode.values());
    Network.Builder builder = Network.builder(network.name());
    network.nodes().forEach(node -> builder.add(node.name(), node.layer(), node.inputs()));
    this.features = builder.build(List.copyOf(byNode.keySet()));
  }

  /**
   * Takes a network apart.
   *
   * @param classes for each output the class that the logit is of, as in {@link
   *     io.unmask.network.Network#outputs}: of a single sigmoid 1, or 0 for its opposite
   * @return empty if it cannot be done exactly
   * @throws IllegalArgumentException if there is not one class for each output
   */
  public static Optional<Attribution> of(Network network, List<Integer> classes) {
    if (classes.size() != network.outputs().size()) {
      throw new IllegalArgumentException(
          classes.size() + " classes for " + network.outputs().size() + " outputs");
    }
    Network split = new SplitLayers().apply(network);
    Head head = new Head(split);
    List<Logit> logits = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      @Nullable Logit logit = logit(split, head, split.outputs().get(i), classes.get(i));
      if (logit == null || !head.isComplete()) {
        return Optional.empty();
      }
      logits.add(logit);
    }
    return head.parts().stream().anyMatch(part -> part.pool() != null)
        ? Optional.of(new Attribution(split, List.copyOf(head.parts()), logits))
        : Optional.empty();
  }

  private static @Nullable Logit logit(Network network, Head head, int output, int wanted) {
    Node node = network.node(output);
    while (node.layer() instanceof Layer.Reshape || node.layer() instanceof Layer.Dropout) {
      node = network.node(node.inputs().get(0));
    }
    if (!(node.layer() instanceof Layer.Activate activate)) {
      return null;
    }
    int size = node.shape().size();
    boolean sigmoid = activate.activation() instanceof Activation.Sigmoid;
    boolean softmax = activate.activation() instanceof Activation.Softmax && size == 2;
    if ((!sigmoid && !softmax) || wanted < 0 || wanted >= Math.max(2, size)) {
      return null;
    }
    double[] weights = new double[size];
    if (softmax) {
      Arrays.fill(weights, -1);
    }
    if (size == 1) {
      weights[0] = wanted == 1 ? 1 : -1;
    } else {
      weights[wanted] = 1;
    }
    return new Logit(head.value(node.inputs().get(0)), Arrays.stream(weights).boxed().toList());
  }

  /** The network up to the feature maps, which it puts out. */
  public Network features() {
    return features;
  }

  /**
   * Takes the logits of one image apart.
   *
   * @param features what {@link #features} puts out for it
   * @return one for each output of the whole network
   */
  public List<LogitShares> shares(List<float[]> features) {
    List<double[]> values = new ArrayList<>();
    for (Head.Part part : parts) {
      @Nullable Pool pool = part.pool();
      @Nullable Step step = part.step();
      if (pool != null) {
        values.add(pool.value(features.get(index(pool))));
      } else if (step != null) {
        values.add(step.value(inputs(part, values)));
      }
    }
    return logits.stream().map(logit -> shares(logit, values, features)).toList();
  }

  private LogitShares shares(Logit logit, List<double[]> values, List<float[]> features) {
    @Nullable WeightedSum[] sums = new WeightedSum[parts.size()];
    sums[logit.value()] =
        new WeightedSum(logit.weights().stream().mapToDouble(Double::doubleValue).toArray());
    List<double[]> shares = new ArrayList<>();
    maps.forEach(map -> shares.add(new double[map.places()]));
    double bias = 0;
    for (int i = logit.value(); i >= 0; i--) {
      Head.Part part = parts.get(i);
      @Nullable Pool pool = part.pool();
      @Nullable Step step = part.step();
      @Nullable WeightedSum sum = sums[i];
      if (sum == null) {
        continue; // another output's
      }
      if (pool != null) {
        pool.share(features.get(index(pool)), sum, shares.get(index(pool)));
        bias += sum.usualSum();
      } else if (step != null) {
        Step.Pulled pulled = step.pull(sum, inputs(part, values));
        bias += pulled.constant();
        for (int j = 0; j < part.inputs().size(); j++) {
          int input = part.inputs().get(j);
          @Nullable WeightedSum before = sums[input];
          WeightedSum added = pulled.sums().get(j);
          sums[input] = before == null ? added : before.plus(added);
        }
      }
    }
    List<ShareMap> all = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      all.add(
          new ShareMap(
              maps.get(i).shape().extent(0), maps.get(i).shape().extent(1), shares.get(i)));
    }
    return new LogitShares(all, bias);
  }

  private static List<double[]> inputs(Head.Part part, List<double[]> values) {
    return part.inputs().stream().map(values::get).toList();
  }

  private int index(Pool pool) {
    for (int i = 0; i < maps.size(); i++) {
      if (maps.get(i).node() == pool.node()) {
        return i;
      }
    }
    throw new IllegalStateException("no feature map " + pool.node());
  }
}

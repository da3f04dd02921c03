package io.unmask.training.run;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import java.nio.FloatBuffer;
import java.util.List;

/** Gives a layer that normalises features the statistics of those that are trained with. */
final class Normalization {

  /** What hardly varies is not divided by its deviation: at the next camera it may. */
  private static final double LEAST_VARIANCE = 1e-8;

  private Normalization() {}

  /**
   * The network with the mean and the variance of the features of images as they are.
   *
   * @param layer the name of a batch normalisation that reads the features
   * @param groups the images and what they weigh
   */
  static Network of(Network network, String layer, Samples features, Weighted groups) {
    double[] mean = moment(features, groups, new double[features.size()], 1);
    double[] variance = moment(features, groups, mean, 2);
    float[] means = new float[mean.length];
    float[] variances = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      means[i] = (float) mean[i];
      variances[i] = variance[i] < LEAST_VARIANCE ? 1 : (float) variance[i];
    }
    List<Weights> weights = List.of(Weights.vector(means), Weights.vector(variances));
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      Layer own = node.layer();
      Layer given = node.name().equals(layer) ? own.withWeights(weights) : own;
      builder.add(node.name(), given, node.inputs());
    }
    return builder.build(network.outputs());
  }

  /** The mean of a power of the difference to a centre. */
  private static double[] moment(Samples features, Weighted groups, double[] centre, int power) {
    double[] moment = new double[centre.length];
    FloatBuffer row = FloatBuffer.allocate(centre.length);
    for (List<int[]> sources : groups.classes()) {
      for (int[] images : sources) {
        double weight = 1.0 / groups.classes().size() / sources.size() / images.length;
        for (int image : images) {
          features.plain(image, row.clear());
          for (int i = 0; i < moment.length; i++) {
            moment[i] += weight * power(row.get(i) - centre[i], power);
          }
        }
      }
    }
    return moment;
  }

  private static double power(double difference, int power) {
    return power == 1 ? difference : difference * difference;
  }
}

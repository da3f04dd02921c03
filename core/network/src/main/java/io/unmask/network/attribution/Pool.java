package io.unmask.network.attribution;

import io.unmask.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What makes a vector of a feature map {@code [height, width, channel]} so that each place has a
 * share in it.
 *
 * @param kind how
 * @param node the index of the feature map's node
 * @param shape of the feature map
 */
record Pool(Kind kind, int node, Shape shape) {

  /** What there is of a feature map in the vector. */
  enum Kind {
    /** The mean of each channel. */
    MEAN,
    /** The mean of each channel's squared distance from its mean. */
    VARIANCE,
    /** The largest element of each channel, whose place has all of it. */
    MAXIMUM,
    /** All elements. */
    ELEMENTS
  }

  int places() {
    return shape.extent(0) * shape.extent(1);
  }

  double[] value(float[] map) {
    return switch (kind) {
      case MEAN -> mean(map);
      case VARIANCE -> variance(map);
      case MAXIMUM -> maximum(map);
      case ELEMENTS -> elements(map);
    };
  }

  /**
   * Adds to the shares of the places what they have in {@code weights * (value - centre)}.
   *
   * @param centre a value that is compared with; null for 0
   */
  void share(float[] map, double[] weights, double @Nullable [] centre, double[] shares) {
    int channels = shape.channels();
    double places = places();
    double @Nullable [] means = kind == Kind.VARIANCE ? mean(map) : null;
    if (kind == Kind.MAXIMUM) {
      shareOfMaximum(map, weights, centre, shares);
      return;
    }
    for (int i = 0; i < map.length; i++) {
      int element = kind == Kind.ELEMENTS ? i : i % channels;
      double value = means == null ? map[i] : square(map[i] - means[element]);
      double difference = centre == null ? value : value - centre[element];
      shares[i / channels] += weights[element] * difference / (kind == Kind.ELEMENTS ? 1 : places);
    }
  }

  private void shareOfMaximum(
      float[] map, double[] weights, double @Nullable [] centre, double[] shares) {
    int[] where = largest(map);
    for (int c = 0; c < where.length; c++) {
      double value = map[where[c]];
      shares[where[c] / where.length] += weights[c] * (centre == null ? value : value - centre[c]);
    }
  }

  private double[] mean(float[] map) {
    double[] means = new double[shape.channels()];
    for (int i = 0; i < map.length; i++) {
      means[i % means.length] += map[i];
    }
    for (int c = 0; c < means.length; c++) {
      means[c] /= places();
    }
    return means;
  }

  private double[] variance(float[] map) {
    double[] means = mean(map);
    double[] variances = new double[means.length];
    for (int i = 0; i < map.length; i++) {
      variances[i % means.length] += square(map[i] - means[i % means.length]);
    }
    for (int c = 0; c < variances.length; c++) {
      variances[c] /= places();
    }
    return variances;
  }

  private double[] maximum(float[] map) {
    int[] where = largest(map);
    double[] values = new double[where.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = map[where[c]];
    }
    return values;
  }

  /** Where each channel's largest element lies; the first of several. */
  private int[] largest(float[] map) {
    int[] where = new int[shape.channels()];
    for (int i = 0; i < map.length; i++) {
      int c = i % where.length;
      if (i < where.length || map[i] > map[where[c]]) {
        where[c] = i;
      }
    }
    return where;
  }

  private static double[] elements(float[] map) {
    double[] values = new double[map.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = map[i];
    }
    return values;
  }

  private static double square(double value) {
    return value * value;
  }
}

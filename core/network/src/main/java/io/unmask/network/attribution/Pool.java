package io.unmask.network.attribution;

import io.unmask.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What makes a vector of a feature map {@code [height, width, channel]} so that each place has a
 * share in it.
 *
 * @param kind how
 * @param node the index of the node that puts the feature map's elements out, in this order
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
    ELEMENTS,
    /** The sums over all places of the products of any two channels. */
    PRODUCTS
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
      case PRODUCTS -> products(map);
    };
  }

  /**
   * Adds to the shares of the places what they have in a weighted sum of the vector, less what is
   * usual, which is subtracted evenly over the places unless an element has a place of its own.
   */
  void share(float[] map, WeightedSum sum, double[] shares) {
    double[] weights = sum.weights();
    double @Nullable [] usual = sum.usual();
    switch (kind) {
      case MEAN -> shareOfMean(map, weights, shares);
      case VARIANCE -> shareOfVariance(map, weights, shares);
      case PRODUCTS -> shareOfProducts(map, weights, shares);
      case MAXIMUM -> {
        int[] where = largest(map);
        for (int c = 0; c < where.length; c++) {
          double known = usual == null ? 0 : usual[c];
          shares[where[c] / where.length] += weights[c] * map[where[c]] - known;
        }
        return;
      }
      case ELEMENTS -> {
        for (int i = 0; i < map.length; i++) {
          double known = usual == null ? 0 : usual[i];
          shares[i / shape.channels()] += weights[i] * map[i] - known;
        }
        return;
      }
    }
    double each = sum.usualSum() / places();
    for (int place = 0; place < places(); place++) {
      shares[place] -= each;
    }
  }

  private void shareOfMean(float[] map, double[] weights, double[] shares) {
    for (int i = 0; i < map.length; i++) {
      shares[i / weights.length] += weights[i % weights.length] * map[i] / places();
    }
  }

  private void shareOfVariance(float[] map, double[] weights, double[] shares) {
    double[] means = mean(map);
    for (int i = 0; i < map.length; i++) {
      int c = i % weights.length;
      shares[i / weights.length] += weights[c] * square(map[i] - means[c]) / places();
    }
  }

  private void shareOfProducts(float[] map, double[] weights, double[] shares) {
    int channels = shape.channels();
    for (int place = 0; place < places(); place++) {
      for (int i = 0; i < channels; i++) {
        double weighted = 0;
        for (int j = 0; j < channels; j++) {
          weighted += weights[i * channels + j] * map[place * channels + j];
        }
        shares[place] += weighted * map[place * channels + i];
      }
    }
  }

  private double[] products(float[] map) {
    int channels = shape.channels();
    double[] products = new double[channels * channels];
    for (int place = 0; place < places(); place++) {
      for (int i = 0; i < channels; i++) {
        double value = map[place * channels + i];
        for (int j = 0; j < channels; j++) {
          products[i * channels + j] += value * map[place * channels + j];
        }
      }
    }
    return products;
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

package io.unmask.benchmarks;

import org.openjdk.jmh.util.Statistics;

/**
 * How long something took, in milliseconds.
 *
 * @param samples the number of calls timed
 * @param best the shortest
 * @param median half of them were shorter
 * @param p90 nine in ten were shorter
 */
record Timing(long samples, double best, double median, double p90) {

  static Timing of(Statistics milliseconds) {
    return new Timing(
        milliseconds.getN(),
        milliseconds.getMin(),
        milliseconds.getPercentile(50),
        milliseconds.getPercentile(90));
  }
}

package com.example.plugins;

import io.unmask.spi.FusionRule;
import java.util.Arrays;

/** The mean without the lowest and the highest of three or more probabilities. */
public final class TrimmedMean implements FusionRule {

  /** A rule has no state. */
  public TrimmedMean() {}

  @Override
  public String name() {
    return "trimmed-mean";
  }

  @Override
  public double fuse(double[] probabilities) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    int trimmed = sorted.length < 3 ? 0 : 1;
    return Arrays.stream(sorted, trimmed, sorted.length - trimmed).average().orElseThrow();
  }
}

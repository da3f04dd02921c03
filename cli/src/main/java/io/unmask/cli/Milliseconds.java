package io.unmask.cli;

import io.unmask.Classification;

/** How long a classification took, with one digit behind the point. */
final class Milliseconds {

  private Milliseconds() {}

  static double of(Classification result) {
    return Math.round(result.timings().total().toNanos() / 1e5) / 10.0;
  }
}

package io.unmask.network.attribution;

import java.util.Arrays;

/**
 * What each place of a feature map adds to a logit, row by row. The places divide the image evenly.
 * Immutable.
 */
public final class ShareMap {

  private final int rows;
  private final int columns;
  private final double[] shares;

  /** Takes the array over, which must not change. */
  ShareMap(int rows, int columns, double[] shares) {
    this.rows = rows;
    this.columns = columns;
    this.shares = shares;
  }

  /** Rows of places. */
  public int rows() {
    return rows;
  }

  /** Columns of places. */
  public int columns() {
    return columns;
  }

  /** What a place adds. */
  public double share(int row, int column) {
    return shares[row * columns + column];
  }

  /** What all places add together. */
  public double sum() {
    return Arrays.stream(shares).sum();
  }
}

package io.unmask.image;

/**
 * One dimension of an image that a network was shown, and where it lies in the photo.
 *
 * @param start the photo's first row or column in it
 * @param length how many there are
 * @param size rows or columns of the image
 * @param copied whether pixels were copied and, where there were too few, continued by reflection;
 *     else they were resized
 * @param mirrored whether the image has the last first
 */
record ViewAxis(int start, int length, int size, boolean copied, boolean mirrored) {

  /**
   * How cells of the image are shared among cells of the photo.
   *
   * @param cells how many cells divide the image evenly
   * @param targetStart where the part of the photo begins whose cells are meant; it contains the
   *     image
   * @param targetLength how long it is
   * @param targetCells how many cells divide it evenly
   * @return for each cell of the image what each of the photo gets of it, 1 together
   */
  double[][] shares(int cells, int targetStart, int targetLength, int targetCells) {
    double[][] shares = new double[cells][targetCells];
    double scale = (double) targetCells / targetLength;
    int[] positions = copied ? WindowCopy.continued(start, length, size) : new int[0];
    for (int cell = 0; cell < cells; cell++) {
      int from = mirrored ? cells - 1 - cell : cell;
      double low = (double) from * size / cells;
      double high = (double) (from + 1) * size / cells;
      double[] share = shares[cell];
      if (copied) {
        for (int pixel = (int) low; pixel < high; pixel++) {
          double part = Math.min(high, pixel + 1) - Math.max(low, pixel);
          double at = (positions[pixel] - targetStart) * scale;
          spread(share, at, at + scale, part / (high - low));
        }
      } else {
        double first = start - targetStart + low * length / size;
        double last = start - targetStart + high * length / size;
        spread(share, first * scale, last * scale, 1);
      }
    }
    return shares;
  }

  /** Shares an amount evenly over an extent of cells. */
  private static void spread(double[] cells, double low, double high, double amount) {
    int last = Math.min(cells.length - 1, (int) Math.ceil(high) - 1);
    double rest = amount;
    for (int cell = Math.min(last, (int) low); cell < last; cell++) {
      double part = amount * (cell + 1 - Math.max(low, cell)) / (high - low);
      cells[cell] += part;
      rest -= part;
    }
    cells[last] += rest; // what rounding leaves over too, so that nothing is lost
  }
}

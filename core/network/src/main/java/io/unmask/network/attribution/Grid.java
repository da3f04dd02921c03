package io.unmask.network.attribution;

/**
 * The places of a feature map, row by row.
 *
 * @param rows along the image's height
 * @param columns along its width
 */
record Grid(int rows, int columns) {

  int places() {
    return rows * columns;
  }
}

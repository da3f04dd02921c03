package io.unmask.network;

/**
 * Where a sliding window goes along one axis.
 *
 * @param output the number of window positions
 * @param before padding before the first element
 * @param after padding behind the last element, as far as windows reach
 */
public record Extent(int output, int before, int after) {

  static Extent of(int input, int window, int stride, int dilation, Padding padding) {
    long reach = (long) (window - 1) * dilation + 1;
    if (padding == Padding.SAME) {
      int output = (input + stride - 1) / stride;
      long missing = Math.max((long) (output - 1) * stride + reach - input, 0);
      if (missing > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a window of reach " + reach + " is too large");
      }
      return new Extent(output, (int) (missing / 2), (int) (missing - missing / 2));
    }
    if (reach > input) {
      throw new IllegalArgumentException(
          "a window that reaches over " + reach + " elements does not fit into " + input);
    }
    return new Extent((int) ((input - reach) / stride + 1), 0, 0);
  }
}

package io.unmask.backend.cpu;

import io.unmask.network.Layer;
import io.unmask.network.Window;

/**
 * Zeros around a feature map, which a convolution takes for part of what it reads.
 *
 * @param top rows above
 * @param bottom rows below
 * @param left columns before
 * @param right columns behind
 */
record Border(int top, int bottom, int left, int right) {

  static final Border NONE = new Border(0, 0, 0, 0);

  static Border of(Layer.ZeroPadding2D zeros) {
    return new Border(zeros.top(), zeros.bottom(), zeros.left(), zeros.right());
  }

  boolean isNone() {
    return top == 0 && bottom == 0 && left == 0 && right == 0;
  }

  /** Whether no window lies on zeros of one side alone. */
  boolean isWithin(Window window) {
    int rows = (window.size().height() - 1) * window.dilation().height();
    int columns = (window.size().width() - 1) * window.dilation().width();
    return Math.max(top, bottom) <= rows && Math.max(left, right) <= columns;
  }
}

package io.unmask.image;

import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import java.nio.FloatBuffer;

/**
 * Bilinear resizing with half-pixel centres and without antialiasing, then scaling.
 *
 * <p>The result is TensorFlow's {@code tf.image.resize(image, [height, width])} to the bit: the
 * weights are computed and the products and sums are taken in the order of resize_bilinear_op.cc,
 * each rounded to 32 bits. A pixel is first interpolated along its row, so every source row is
 * interpolated once and kept while two output rows need it.
 */
final class BilinearResize {

  private final StretchedRows stretched;
  private final int top;
  private final InputFormat format;
  private final ResizeAxis rows;

  private BilinearResize(Photo photo, Region region, InputFormat format) {
    ResizeAxis columns = ResizeAxis.of(region.width(), format.width());
    this.stretched =
        photo instanceof DecodedPhoto decoded && decoded.pixels() instanceof SampledPixels pixels
            ? new SampledRows(pixels.samples(), region.left(), columns)
            : new PhotoRows(photo, region.left(), columns);
    this.top = region.top();
    this.format = format;
    this.rows = ResizeAxis.of(region.height(), format.height());
  }

  /** Resizes and scales a region into the target, behind its position. */
  static void resize(Photo photo, Region region, InputFormat format, FloatBuffer target) {
    new BilinearResize(photo, region, format).run(target);
  }

  private void run(FloatBuffer target) {
    int length = 3 * format.width();
    float[] upper = new float[length];
    float[] lower = new float[length];
    float[] blended = new float[length];
    float[] out = new float[length];
    ChannelScaling scaling = new ChannelScaling(format);
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < format.height(); y++) {
      int first = rows.first()[y];
      int second = rows.second()[y];
      if (first != upperRow) {
        float[] swap = upper;
        upper = lower;
        lower = swap;
        upperRow = lowerRow;
        lowerRow = -1;
        if (first != upperRow) {
          stretched.read(top + first, upper);
          upperRow = first;
        }
      }
      if (second == first) {
        blend(upper, upper, rows.weight()[y], blended);
      } else {
        if (second != lowerRow) {
          stretched.read(top + second, lower);
          lowerRow = second;
        }
        blend(upper, lower, rows.weight()[y], blended);
      }
      stretched.arrange(blended, out);
      scaling.put(out, target);
    }
  }

  private static void blend(float[] upper, float[] lower, float weight, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = upper[i] + (lower[i] - upper[i]) * weight;
    }
  }
}

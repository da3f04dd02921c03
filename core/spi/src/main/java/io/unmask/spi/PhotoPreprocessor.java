package io.unmask.spi;

import io.unmask.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;

/**
 * A preprocessor that decodes and samples in two steps, so that regions of a photo can be sampled
 * any number of times without decoding it again.
 *
 * <p>All methods that sample write {@code [height, width, 3]} floats in row-major order at the
 * target's position, and move the position behind them. They throw {@link IllegalArgumentException}
 * if the target has less room than {@link InputFormat#size()} or the photo does not contain the
 * region.
 */
public interface PhotoPreprocessor extends Preprocessor {

  /**
   * Decodes an image.
   *
   * @param encoded the bytes of an image file; they must not change as long as the photo is used
   * @param source what the bytes are called in messages, such as the file's path
   * @param upright whether the picture is turned as its EXIF orientation asks
   * @throws ImageException if the bytes are not an image that can be read
   */
  Photo decode(byte[] encoded, String source, boolean upright);

  /** Makes a photo from a decoded image. Transparency is ignored, not blended. */
  Photo decode(BufferedImage image);

  /** Whether {@link #process(byte[], String, InputFormat, FloatBuffer)} turns pictures upright. */
  boolean turnsUpright();

  /**
   * Resizes a region bilinearly, with half-pixel centres and without antialiasing, as if the region
   * were the whole picture: TensorFlow's {@code tf.image.resize}, bit for bit. If a region is much
   * larger than the target, most of its pixels are not used.
   *
   * @param region the region, such as {@link Photo#whole()}
   * @param format the size and scaling wanted
   * @param target receives the floats
   */
  void sample(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Resizes a region so that each of its pixels counts, however small the target is: TensorFlow's
   * {@code tf.image.resize(antialias=True)}, bit for bit. Its triangle filter is wider by the
   * factor by which the region is larger than the target. Enlarging gives the same as {@link
   * #sample}, except for the last bits.
   *
   * @param region the region
   * @param format the size and scaling wanted
   * @param target receives the floats
   */
  void shrink(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Copies the pixels of a region that is as large as the target, without resampling. A smaller
   * region is put in the middle of the target and continued by reflection at its edges, as often as
   * needed; the pixel at the edge itself is not repeated.
   *
   * @param region the region, at most as wide and as high as the format
   * @param format the size and scaling wanted
   * @param target receives the floats
   * @throws IllegalArgumentException if the region is larger than the format
   */
  void window(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Resizes a part of a photo in one of several ways. A preprocessor that does not override this
   * method has only the ways of {@link #sample} and {@link #shrink}.
   *
   * @param part the part, such as {@link Photo#whole()}
   * @param how the way of resizing
   * @param format the size and scaling wanted
   * @param target receives the floats
   * @throws IllegalArgumentException if the preprocessor does not have this way
   */
  default void resize(
      Photo photo, Region part, Views.View.Resize how, InputFormat format, FloatBuffer target) {
    Region shown = how.cropped() ? part.croppedTo(format.height(), format.width()) : part;
    switch (how.resampling()) {
      case BILINEAR -> sample(photo, shown, format, target);
      case ANTIALIASED -> shrink(photo, shown, format, target);
      default ->
          throw new IllegalArgumentException(
              "preprocessor '%s' has no resizing that is %s; use 'java'"
                  .formatted(name(), how.words()));
    }
  }
}

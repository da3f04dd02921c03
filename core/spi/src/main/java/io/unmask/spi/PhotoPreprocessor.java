package io.unmask.spi;

import io.unmask.error.ImageException;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;

/**
 * A preprocessor that decodes and samples in two steps, so that regions of a photo are sampled any
 * number of times without decoding it again.
 *
 * <p>All methods that sample put {@code [height, width, 3]} floats in row-major order at the
 * target's position, which moves behind them, and throw {@link IllegalArgumentException} if the
 * target has less room than {@link InputFormat#size()} or the photo does not contain the region.
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

  /** Takes a decoded image for a photo. Transparency is ignored, not blended. */
  Photo decode(BufferedImage image);

  /** Whether {@link #process(byte[], String, InputFormat, FloatBuffer)} turns pictures upright. */
  boolean turnsUpright();

  /**
   * Resizes a region bilinearly, with half-pixel centres and without antialiasing, as if the
   * picture consisted of it alone: TensorFlow's {@code tf.image.resize}, bit for bit. Of a region
   * that is much larger than the target most pixels are not looked at.
   *
   * @param region what to show, such as {@link Photo#whole()}
   * @param format the size and scaling wanted
   * @param target receives the floats
   */
  void sample(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Resizes a region so that each pixel of it counts, however small the target: TensorFlow's {@code
   * tf.image.resize(antialias=True)}, bit for bit, whose triangle is as wide as the region is
   * larger. Enlarging is the same as with {@link #sample}, but for the last bits.
   *
   * @param region what to show
   * @param format the size and scaling wanted
   * @param target receives the floats
   */
  void shrink(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Copies the pixels of a region that is as large as the target, without resampling. Where the
   * region is smaller, it lies in the target's middle and is continued by reflection at its edges,
   * as often as needed; the pixel at the edge itself is not repeated.
   *
   * @param region what to show, at most as wide and as high as the format
   * @param format the size and scaling wanted
   * @param target receives the floats
   * @throws IllegalArgumentException if the region is larger than the format
   */
  void window(Photo photo, Region region, InputFormat format, FloatBuffer target);

  /**
   * Resizes a part of a photo in any of the ways that there are. Without a word from the
   * preprocessor only those of {@link #sample} and {@link #shrink} are.
   *
   * @param part what to show, such as {@link Photo#whole()}
   * @param how the way
   * @param format the size and scaling wanted
   * @param target receives the floats
   * @throws IllegalArgumentException if it has no such way
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

package io.unmask.spi;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A decoded picture, as it is shown: 8-bit RGB, row by row, with the facts that its file states
 * about it.
 *
 * <p>Only the pixels that are read are converted to RGB, so that sampling a small part of a large
 * picture costs only that part. Instances are immutable, and any number of threads may read one.
 * The exception is a photo made from a {@link java.awt.image.BufferedImage}: it reads that image
 * and changes with it.
 */
public interface Photo {

  /** Columns of the picture, at least 1. */
  int width();

  /** Rows of the picture, at least 1. */
  int height();

  /**
   * Copies some pixels of one row.
   *
   * @param y the row, in 0..height-1
   * @param columns the columns wanted, in any order, each in 0..width-1
   * @param rgb receives red, green and blue of each pixel, whole numbers in 0..255, one pixel after
   *     the other; it must have room for three times as many floats as there are columns
   */
  void readRow(int y, int[] columns, float[] rgb);

  /** The facts that the file states about the picture. */
  Facts facts();

  /**
   * Returns a photo over pixels in an array.
   *
   * @param width columns of the picture
   * @param height rows of the picture
   * @param rgb red, green and blue of each pixel, {@code [height, width, 3]}; not copied, so it
   *     must not change
   * @param facts the facts that the file states about the picture
   * @throws IllegalArgumentException if the array has another length
   */
  static Photo ofRgb(int width, int height, byte[] rgb, Facts facts) {
    return new RgbPhoto(width, height, rgb, Objects.requireNonNull(facts, "facts"));
  }

  /** Height and width together. */
  default ImageSize size() {
    return new ImageSize(height(), width());
  }

  /** The whole picture. */
  default Region whole() {
    return new Region(0, 0, width(), height());
  }

  /**
   * The facts that a file states about its picture.
   *
   * @param format what people call the file's format, such as {@code JPEG}
   * @param orientation how the stored picture must be turned to stand upright, by the numbers of
   *     EXIF (2.32, tag 0x0112): 1..8. 1 means upright, and is also the value if the file states
   *     none
   * @param turned whether the picture was turned as {@code orientation} asks, so that it is upright
   * @param frames the number of pictures that the file shows one after the other, of which this is
   *     the first; 1 unless it is animated
   * @param quality the quality of a JPEG, by libjpeg's numbers from 1 (compressed most) to 100, if
   *     it is known
   */
  record Facts(String format, int orientation, boolean turned, int frames, OptionalInt quality) {

    /** Facts without a known quality. */
    public Facts(String format, int orientation, boolean turned, int frames) {
      this(format, orientation, turned, frames, OptionalInt.empty());
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Facts {
      if (orientation < 1 || orientation > 8) {
        throw new IllegalArgumentException("orientations are 1..8, not " + orientation);
      }
      if (frames < 1) {
        throw new IllegalArgumentException("a picture has at least 1 frame, not " + frames);
      }
    }

    /** Returns these facts for the picture turned upright. */
    public Facts upright() {
      return new Facts(format, orientation, true, frames, quality);
    }

    /** Returns these facts with this quality. */
    public Facts compressed(OptionalInt quality) {
      return new Facts(format, orientation, turned, frames, quality);
    }

    /** Whether the picture lies on its side, stands on its head or is mirrored. */
    public boolean needsTurning() {
      return orientation != 1 && !turned;
    }
  }
}

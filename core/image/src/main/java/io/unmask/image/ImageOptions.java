package io.unmask.image;

/**
 * The options by which {@link JavaPreprocessor} reads images.
 *
 * @param applyExifOrientation whether a JPEG is turned upright as its EXIF orientation asks. False
 *     by default, because TensorFlow, and so the reference, ignores it
 * @param maxPixels the maximum number of pixels of an image, 1..{@value #PIXEL_CEILING}. It is
 *     checked in the file's header before anything is allocated, and so bounds the memory of a
 *     call: at most 4 bytes per pixel for the decoded image (6 for a lossless WebP of a kind that
 *     no known coder writes), 3 while it is turned upright, and outside the heap 8 while a
 *     progressive JPEG is decoded
 */
public record ImageOptions(boolean applyExifOrientation, long maxPixels) {

  /** The largest {@code maxPixels}: four bytes for each pixel still fit in one array. */
  public static final long PIXEL_CEILING = 500_000_000;

  /** EXIF orientation ignored, at most 100 million pixels. */
  public static final ImageOptions DEFAULT = new ImageOptions(false, 100_000_000);

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if {@code maxPixels} is out of range
   */
  public ImageOptions {
    if (maxPixels < 1 || maxPixels > PIXEL_CEILING) {
      throw new IllegalArgumentException(
          "maxPixels must be in 1.." + PIXEL_CEILING + ": " + maxPixels);
    }
  }

  /** Returns these options with another choice about the EXIF orientation. */
  public ImageOptions withExifOrientation(boolean apply) {
    return new ImageOptions(apply, maxPixels);
  }

  /** Returns these options with another limit of pixels. */
  public ImageOptions withMaxPixels(long limit) {
    return new ImageOptions(applyExifOrientation, limit);
  }
}

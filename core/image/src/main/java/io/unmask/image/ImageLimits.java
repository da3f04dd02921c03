package io.unmask.image;

/**
 * What a file's header may ask for.
 *
 * @param maxPixels the most pixels that are decoded
 */
record ImageLimits(long maxPixels) {

  /** Refuses a size that no image has or that is over the limit, before anything is allocated. */
  void check(ImageFormat format, long width, long height) throws UnreadableException {
    check(format.title(), width, height);
  }

  /** The same for a format that is not read here. */
  void check(String format, long width, long height) throws UnreadableException {
    if (width < 1 || height < 1) {
      throw UnreadableException.malformed(
          format,
          "its header says " + width + "x" + height + " pixels, expected at least 1x1",
          null);
    }
    if (width > maxPixels / height) {
      throw UnreadableException.because(
          "the header says "
              + width
              + "x"
              + height
              + " pixels, expected at most "
              + maxPixels
              + " in all; scale the image down, or raise the limit (--max-pixels, ImageOptions.maxPixels)");
    }
  }
}

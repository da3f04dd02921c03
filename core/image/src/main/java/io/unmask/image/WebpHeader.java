package io.unmask.image;

import static io.unmask.image.ImageFormat.WEBP;

import io.unmask.image.webp.BitstreamException;
import io.unmask.image.webp.CodedBytes;
import io.unmask.image.webp.LosslessDecoder;
import io.unmask.image.webp.LossyDecoder;
import io.unmask.image.webp.PictureSize;

/** Reads what stands around the coded images of a WebP (RFC 9649, section 2). */
final class WebpHeader {

  private final byte[] encoded;
  private final ImageLimits limits;
  private int width;
  private int height;
  private int frames;
  private ExifOrientation orientation = ExifOrientation.UPRIGHT;

  private WebpHeader(byte[] encoded, ImageLimits limits) {
    this.encoded = encoded;
    this.limits = limits;
  }

  /** Reads it. What is cut off behind the first picture's size is left to the decoder. */
  static ImageHeader read(byte[] encoded, ImageLimits limits) throws UnreadableException {
    try {
      return new WebpHeader(encoded, limits).read();
    } catch (BitstreamException e) {
      throw unreadable(e);
    }
  }

  /** The same in our words. */
  static UnreadableException unreadable(BitstreamException e) {
    return e.isTruncated()
        ? UnreadableException.truncated(WEBP, e.words())
        : UnreadableException.malformed(WEBP, e.words(), e);
  }

  private ImageHeader read() throws UnreadableException, BitstreamException {
    WebpChunks chunks = WebpChunks.of(encoded);
    while (chunks.next()) {
      int name = chunks.name();
      if (name == WebpChunks.VP8X && chunks.length() >= WebpChunks.CANVAS_BYTES) {
        size(chunks.u24(4) + 1L, chunks.u24(7) + 1L);
      } else if (name == WebpChunks.VP8 || name == WebpChunks.VP8L) {
        size(chunks, name == WebpChunks.VP8L);
      } else if (name == WebpChunks.ANMF) {
        frames++;
      } else if (name == WebpChunks.EXIF) {
        orientation = ExifOrientation.ofChunk(encoded, chunks.content(), chunks.length());
      }
    }
    if (width == 0) {
      throw UnreadableException.truncated(WEBP, "image data");
    }
    return ImageHeader.of(WEBP, width, height, orientation, Math.max(1, frames));
  }

  private void size(WebpChunks chunks, boolean lossless)
      throws UnreadableException, BitstreamException {
    int end = chunks.content() + chunks.length();
    CodedBytes coded = new CodedBytes(encoded, chunks.content(), end);
    PictureSize size = lossless ? LosslessDecoder.size(coded) : LossyDecoder.size(coded);
    size(size.width(), size.height());
  }

  /** The canvas comes before the picture, which covers it. */
  private void size(long columns, long rows) throws UnreadableException {
    if (width == 0) {
      limits.check(WEBP, columns, rows);
      width = (int) columns;
      height = (int) rows;
    }
  }
}

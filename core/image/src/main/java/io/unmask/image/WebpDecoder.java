package io.unmask.image;

import static io.unmask.image.ImageFormat.WEBP;

import io.unmask.image.webp.BitstreamException;
import io.unmask.image.webp.CodedBytes;
import io.unmask.image.webp.LosslessDecoder;
import io.unmask.image.webp.LossyDecoder;
import io.unmask.image.webp.Picture;
import io.unmask.image.webp.PictureSize;
import org.jspecify.annotations.Nullable;

/**
 * Decodes WebP as libwebp does, which is TensorFlow's decoder.
 *
 * <p>Alpha is dropped, so that colours show which are transparent. Of an animation the first frame
 * is read, on a canvas that is black where the frame does not cover it, as in TensorFlow
 * (webp_io.cc).
 */
final class WebpDecoder {

  private static final int ANIMATION = 2;
  private static final int FRAME_HEADER_BYTES = 16;
  private static final int RIFF_BYTES = 8; // that its length does not count

  private final byte[] encoded;
  private final ImageLimits limits;

  private WebpDecoder(byte[] encoded, ImageLimits limits) {
    this.encoded = encoded;
    this.limits = limits;
  }

  static PixelSource decode(byte[] encoded, ImageLimits limits) throws UnreadableException {
    try {
      return new WebpDecoder(encoded, limits).decode();
    } catch (BitstreamException e) {
      throw WebpHeader.unreadable(e);
    }
  }

  private PixelSource decode() throws UnreadableException, BitstreamException {
    long length = WebpChunks.riffLength(encoded);
    if (length > encoded.length - RIFF_BYTES) {
      throw UnreadableException.truncated(WEBP, length + RIFF_BYTES + " bytes");
    }
    WebpChunks chunks = WebpChunks.of(encoded);
    @Nullable PictureSize canvas = null;
    boolean animated = false;
    while (chunks.next()) {
      checkLength(chunks);
      int name = chunks.name();
      if (name == WebpChunks.VP8X && chunks.length() >= WebpChunks.CANVAS_BYTES) {
        canvas = new PictureSize(chunks.u24(4) + 1, chunks.u24(7) + 1);
        animated = (chunks.u8(0) & ANIMATION) != 0;
        limits.check(WEBP, canvas.width(), canvas.height());
      } else if (isPicture(name)) {
        return still(decode(chunks, encoded.length), canvas);
      } else if (name == WebpChunks.ANMF && canvas != null && animated) {
        return decodeFrame(chunks, canvas);
      }
    }
    throw UnreadableException.truncated(WEBP, "image data");
  }

  private static PixelSource still(Picture picture, @Nullable PictureSize canvas)
      throws UnreadableException {
    PictureSize size = new PictureSize(picture.width(), picture.height());
    if (canvas != null && !canvas.equals(size)) {
      throw UnreadableException.malformed(
          WEBP,
          "its picture has %dx%d pixels, its canvas %dx%d"
              .formatted(size.width(), size.height(), canvas.width(), canvas.height()));
    }
    return place(picture, 0, 0, size);
  }

  private PixelSource decodeFrame(WebpChunks frame, PictureSize canvas)
      throws UnreadableException, BitstreamException {
    if (frame.length() >= FRAME_HEADER_BYTES) {
      WebpChunks chunks = frame.inside(FRAME_HEADER_BYTES);
      while (chunks.next()) {
        checkLength(chunks);
        if (isPicture(chunks.name())) {
          Picture picture = decode(chunks, frame.content() + frame.length());
          return place(picture, 2 * frame.u24(0), 2 * frame.u24(3), canvas);
        }
      }
    }
    throw UnreadableException.truncated(WEBP, "the image data of a frame");
  }

  private static boolean isPicture(int name) {
    return name == WebpChunks.VP8 || name == WebpChunks.VP8L;
  }

  private static void checkLength(WebpChunks chunks) throws UnreadableException {
    if (chunks.statedLength() > chunks.length()) {
      throw UnreadableException.truncated(WEBP, "a chunk of " + chunks.statedLength() + " bytes");
    }
  }

  /**
   * Decodes the picture in a chunk.
   *
   * @param end of what may be read: libwebp reads on behind the chunk, where a coder has saved the
   *     last bytes
   */
  private Picture decode(WebpChunks chunk, int end) throws UnreadableException, BitstreamException {
    CodedBytes stated = new CodedBytes(encoded, chunk.content(), chunk.content() + chunk.length());
    CodedBytes coded = new CodedBytes(encoded, chunk.content(), end);
    boolean lossless = chunk.name() == WebpChunks.VP8L;
    PictureSize size = lossless ? LosslessDecoder.size(stated) : LossyDecoder.size(stated);
    limits.check(WEBP, size.width(), size.height());
    return lossless ? LosslessDecoder.decode(coded) : LossyDecoder.decode(coded);
  }

  private static PixelSource place(Picture picture, int left, int top, PictureSize canvas)
      throws UnreadableException {
    if (left > canvas.width() - picture.width() || top > canvas.height() - picture.height()) {
      throw UnreadableException.malformed(
          WEBP,
          "a frame of %dx%d pixels does not fit into the canvas of %dx%d"
              .formatted(picture.width(), picture.height(), canvas.width(), canvas.height()));
    }
    return new CanvasPixels(canvas.width(), canvas.height(), picture, left, top);
  }
}

package io.unmask.image;

import static io.unmask.image.ImageFormat.BMP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads uncompressed BMP of 8, 24 and 32 bits.
 *
 * <p>As in TensorFlow (decode_image_op.cc), a palette is ignored: an 8-bit pixel is a grey level,
 * which is right for the grey palette that such files usually have. The fourth byte of 32 bits is
 * ignored too. The pixels stay where they are in the file.
 */
final class BmpDecoder {

  private static final int HEADER_BYTES = 34;
  private static final int BITMAP_INFO_HEADER_BYTES = 40;
  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;

  private BmpDecoder() {}

  static DecodedImage decode(byte[] encoded, ImageLimits limits) throws UnreadableException {
    if (encoded.length < HEADER_BYTES) {
      throw UnreadableException.truncated(BMP, "a header of " + HEADER_BYTES + " bytes");
    }
    ByteBuffer header = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int infoBytes = header.getInt(14);
    if (infoBytes < BITMAP_INFO_HEADER_BYTES) {
      throw UnreadableException.unsupported(
          BMP, "OS/2", "an information header of at least " + BITMAP_INFO_HEADER_BYTES + " bytes");
    }
    long width = header.getInt(18);
    long signedHeight = header.getInt(22);
    long height = Math.abs(signedHeight);
    limits.check(BMP, width, height);
    int bits = header.getShort(28);
    int compression = header.getInt(30);
    if ((bits != 8 && bits != 24 && bits != 32)
        || (compression != UNCOMPRESSED && !(compression == BIT_FIELDS && bits == 32))) {
      throw UnreadableException.unsupported(
          BMP, bits + "-bit (compression " + compression + ")", "8, 24 or 32 bits, uncompressed");
    }
    int pixelBytes = bits / 8;
    long rowBytes = (width * pixelBytes + 3) / 4 * 4;
    long start = Integer.toUnsignedLong(header.getInt(10));
    if (start > encoded.length || rowBytes * height > encoded.length - start) {
      throw UnreadableException.truncated(
          BMP, rowBytes * height + " bytes of pixels from byte " + start);
    }
    boolean topDown = signedHeight < 0;
    int origin = (int) (topDown ? start : start + (height - 1) * rowBytes);
    int rowStride = (int) (topDown ? rowBytes : -rowBytes);
    PixelSource pixels =
        new InterleavedPixels(
            (int) width,
            (int) height,
            encoded,
            pixelBytes == 1
                ? new InterleavedPixels.Layout(origin, rowStride, 1, 0, 0, 0)
                : new InterleavedPixels.Layout(origin, rowStride, pixelBytes, 2, 1, 0));
    return new DecodedImage(
        pixels, ImageHeader.of(BMP, (int) width, (int) height, ExifOrientation.UPRIGHT, 1));
  }
}

package io.unmask.image;

import static io.unmask.image.ImageFormat.BMP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads uncompressed BMP of 1, 4, 8, 16, 24 and 32 bits, with palettes and with masks.
 *
 * <p>The colours are those of the picture. TensorFlow (decode_image_op.cc) takes the indices of a
 * palette for grey levels, and the bytes of 32 bits for blue, green and red whatever the masks say;
 * for grey palettes and the usual masks both are the same. Alpha is ignored. Pixels that are whole
 * bytes stay where they are in the file.
 */
final class BmpDecoder {

  private static final int FILE_HEADER_BYTES = 14;
  private static final int HEADER_BYTES = 34;
  private static final int BITMAP_INFO_HEADER_BYTES = 40;

  /** The smallest information header that has the masks in it (BITMAPV2INFOHEADER). */
  private static final int HEADER_WITH_MASKS = 52;

  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;
  private static final String SUPPORTED = "uncompressed ones of 1, 4, 8, 16, 24 or 32 bits";

  private final byte[] data;
  private final ByteBuffer buffer;
  private final int infoBytes;
  private final int width;
  private final int height;
  private final int bits;
  private final int compression;

  /** Whether rows are stored from the top down. */
  private final boolean topDown;

  private BmpDecoder(byte[] encoded, ImageLimits limits) throws UnreadableException {
    data = encoded;
    if (encoded.length < HEADER_BYTES) {
      throw UnreadableException.truncated(BMP, "a header of " + HEADER_BYTES + " bytes");
    }
    buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    infoBytes = buffer.getInt(FILE_HEADER_BYTES);
    if (infoBytes < BITMAP_INFO_HEADER_BYTES) {
      throw UnreadableException.unsupported(
          BMP, "OS/2", "an information header of at least " + BITMAP_INFO_HEADER_BYTES + " bytes");
    }
    long signedHeight = buffer.getInt(22);
    limits.check(BMP, buffer.getInt(18), Math.abs(signedHeight));
    width = buffer.getInt(18);
    height = (int) Math.abs(signedHeight);
    topDown = signedHeight < 0;
    bits = buffer.getShort(28);
    compression = buffer.getInt(30);
  }

  static DecodedImage decode(byte[] encoded, ImageLimits limits) throws UnreadableException {
    BmpDecoder decoder = new BmpDecoder(encoded, limits);
    return new DecodedImage(
        decoder.pixels(),
        ImageHeader.of(BMP, decoder.width, decoder.height, ExifOrientation.UPRIGHT, 1));
  }

  private PixelSource pixels() throws UnreadableException {
    boolean masked = compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS;
    return switch (bits) {
      case 1, 4, 8 -> {
        require(compression == UNCOMPRESSED);
        yield indexed();
      }
      case 24 -> {
        require(compression == UNCOMPRESSED);
        yield whole(headerEnd(), 3, 2, 1, 0);
      }
      case 16, 32 -> {
        require(compression == UNCOMPRESSED || masked);
        yield masked ? masked(storedMasks()) : masked(BmpMasks.usual(bits));
      }
      default -> throw unsupported();
    };
  }

  private void require(boolean supported) throws UnreadableException {
    if (!supported) {
      throw unsupported();
    }
  }

  private UnreadableException unsupported() {
    String kind =
        switch (compression) {
          case 1, 2 -> "run-length encoded";
          case 4 -> "JPEG-in-";
          case 5 -> "PNG-in-";
          default -> bits + "-bit (compression " + compression + ")";
        };
    return UnreadableException.unsupported(BMP, kind, SUPPORTED);
  }

  private int headerEnd() {
    return Math.addExact(FILE_HEADER_BYTES, infoBytes);
  }

  private BmpMasks storedMasks() throws UnreadableException {
    int at = FILE_HEADER_BYTES + BITMAP_INFO_HEADER_BYTES;
    if (data.length < at + 12) {
      throw UnreadableException.truncated(BMP, "the masks of its colours");
    }
    return BmpMasks.of(buffer.getInt(at), buffer.getInt(at + 4), buffer.getInt(at + 8), bits);
  }

  private PixelSource masked(BmpMasks masks) throws UnreadableException {
    int end = headerEnd();
    boolean behind = infoBytes < HEADER_WITH_MASKS && compression != UNCOMPRESSED;
    int least = behind ? end + (compression == ALPHA_BIT_FIELDS ? 16 : 12) : end;
    if (masks.areBytes()) {
      return whole(least, bits / 8, masks.redByte(), masks.greenByte(), masks.blueByte());
    }
    long rowBytes = rowBytes();
    int start = start(least, rowBytes);
    byte[] rgb = new byte[Math.multiplyExact(3, width * height)];
    int out = 0;
    for (int y = 0; y < height; y++) {
      int row = row(start, y, rowBytes);
      for (int x = 0; x < width; x++) {
        int value = bits == 16 ? buffer.getShort(row + 2 * x) & 0xFFFF : buffer.getInt(row + 4 * x);
        rgb[out++] = (byte) masks.red(value);
        rgb[out++] = (byte) masks.green(value);
        rgb[out++] = (byte) masks.blue(value);
      }
    }
    return new InterleavedPixels(width, height, rgb, InterleavedPixels.Layout.rgb(width));
  }

  /** Pixels of whole bytes, where they are. */
  private PixelSource whole(int least, int pixelBytes, int red, int green, int blue)
      throws UnreadableException {
    long rowBytes = rowBytes();
    int start = start(least, rowBytes);
    int stride = (int) (topDown ? rowBytes : -rowBytes);
    return new InterleavedPixels(
        width,
        height,
        data,
        new InterleavedPixels.Layout(
            row(start, 0, rowBytes), stride, pixelBytes, red, green, blue));
  }

  private PixelSource indexed() throws UnreadableException {
    int used = data.length >= 50 ? buffer.getInt(46) : 0;
    int colours = used == 0 ? 1 << bits : used;
    if (colours < 0 || colours > 256) {
      throw UnreadableException.malformed(BMP, "its palette has " + used + " colours");
    }
    int paletteAt = headerEnd();
    if (paletteAt + 4L * colours > data.length) {
      throw UnreadableException.truncated(BMP, "a palette of " + colours + " colours");
    }
    byte[] palette = new byte[IndexedPixels.PALETTE_BYTES];
    for (int i = 0; i < colours; i++) {
      for (int c = 0; c < 3; c++) {
        palette[3 * i + c] = data[paletteAt + 4 * i + 2 - c];
      }
    }
    long rowBytes = rowBytes();
    int start = start(paletteAt + 4 * colours, rowBytes);
    return new IndexedPixels(width, height, indices(start, rowBytes, colours), palette);
  }

  private byte[] indices(int start, long rowBytes, int colours) throws UnreadableException {
    byte[] indices = new byte[width * height];
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    int out = 0;
    for (int y = 0; y < height; y++) {
      int row = row(start, y, rowBytes);
      for (int x = 0; x < width; x++) {
        int shift = bits * (perByte - 1 - x % perByte);
        int index = (data[row + x / perByte] >> shift) & mask;
        if (index >= colours) {
          throw UnreadableException.malformed(
              BMP, "it uses colour " + index + " of a palette of " + colours);
        }
        indices[out++] = (byte) index;
      }
    }
    return indices;
  }

  /** Rows are padded to four bytes. */
  private long rowBytes() {
    return ((long) width * bits + 31) / 32 * 4;
  }

  /**
   * Where the pixels begin.
   *
   * @param least the end of what is before them; an offset of 0 means just there
   */
  private int start(int least, long rowBytes) throws UnreadableException {
    long said = Integer.toUnsignedLong(buffer.getInt(10));
    if (said != 0 && said < least) {
      throw UnreadableException.malformed(
          BMP, "its pixels begin at byte %d, within its header of %d".formatted(said, least));
    }
    long start = said == 0 ? least : said;
    if (start > data.length || rowBytes * height > data.length - start) {
      throw UnreadableException.truncated(
          BMP, rowBytes * height + " bytes of pixels from byte " + start);
    }
    return (int) start;
  }

  private int row(int start, int y, long rowBytes) {
    return (int) (start + (topDown ? y : height - 1 - y) * rowBytes);
  }
}

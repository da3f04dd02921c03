package io.unmask.image;

import static io.unmask.image.ImageFormat.WEBP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what stands around the coded images of a WebP (RFC 9649, section 2). */
final class WebpHeader {

  private static final int VP8 = fourCharacters('V', 'P', '8', ' ');
  private static final int VP8L = fourCharacters('V', 'P', '8', 'L');
  private static final int VP8X = fourCharacters('V', 'P', '8', 'X');
  private static final int ANMF = fourCharacters('A', 'N', 'M', 'F');
  private static final int EXIF = fourCharacters('E', 'X', 'I', 'F');
  private static final int FILE_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int CODED_HEADER_BYTES = 10;
  private static final int LOSSLESS_HEADER_BYTES = 5;

  private final ByteBuffer data;
  private final ImageLimits limits;
  private int width;
  private int height;
  private int frames;
  private ExifOrientation orientation = ExifOrientation.UPRIGHT;

  private WebpHeader(byte[] encoded, ImageLimits limits) {
    this.data = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    this.limits = limits;
  }

  /** Reads it. What is cut off behind the first picture's size is left to the decoder. */
  static ImageHeader read(byte[] encoded, ImageLimits limits) throws UnreadableException {
    return new WebpHeader(encoded, limits).read();
  }

  private ImageHeader read() throws UnreadableException {
    long position = FILE_HEADER_BYTES;
    while (position + CHUNK_HEADER_BYTES <= data.capacity()) {
      int chunk = (int) position;
      long length = Integer.toUnsignedLong(data.getInt(chunk + 4));
      int content = chunk + CHUNK_HEADER_BYTES;
      chunk(data.getInt(chunk), content, (int) Math.min(length, data.capacity() - content));
      position = content + length + (length & 1);
    }
    if (width == 0) {
      throw UnreadableException.truncated(WEBP, "image data");
    }
    return ImageHeader.of(WEBP, width, height, orientation, Math.max(1, frames));
  }

  private void chunk(int name, int content, int length) throws UnreadableException {
    if (name == VP8X && length >= CODED_HEADER_BYTES) {
      size((u24(content + 4) + 1L), (u24(content + 7) + 1L));
    } else if (name == VP8 && length >= CODED_HEADER_BYTES) {
      size(data.getShort(content + 6) & 0x3FFF, data.getShort(content + 8) & 0x3FFF);
    } else if (name == VP8L && length >= LOSSLESS_HEADER_BYTES) {
      int bits = data.getInt(content + 1);
      size((bits & 0x3FFF) + 1L, (bits >> 14 & 0x3FFF) + 1L);
    } else if (name == ANMF) {
      frames++;
    } else if (name == EXIF) {
      orientation = ExifOrientation.ofChunk(data.array(), content, length);
    }
  }

  /** The canvas comes before the picture, which covers it. */
  private void size(long columns, long rows) throws UnreadableException {
    if (width == 0) {
      limits.check(WEBP, columns, rows);
      width = (int) columns;
      height = (int) rows;
    }
  }

  private int u24(int index) {
    return (data.getShort(index) & 0xFFFF) | (data.get(index + 2) & 0xFF) << 16;
  }

  private static int fourCharacters(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }
}

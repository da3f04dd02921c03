package io.unmask.image;

import static io.unmask.image.ImageFormat.WEBP;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;

/**
 * Decodes WebP with TwelveMonkeys' reader, which is asked for by its class and so works in a merged
 * jar too.
 *
 * <p>The reader is given the coded image alone, without colour profile, alpha and metadata, none of
 * which matters here. Lossless files give libwebp's pixels. Lossy ones differ, by one to three grey
 * levels on average and by tens at coloured edges, since the reader does not smooth chroma as
 * libwebp does. Of an animation the first frame is read, if it covers the canvas.
 */
final class WebpDecoder {

  private static final int VP8 = fourCharacters('V', 'P', '8', ' ');
  private static final int VP8L = fourCharacters('V', 'P', '8', 'L');
  private static final int VP8X = fourCharacters('V', 'P', '8', 'X');
  private static final int ANMF = fourCharacters('A', 'N', 'M', 'F');
  private static final int FILE_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FRAME_HEADER_BYTES = 16;
  private static final int CODED_HEADER_BYTES = 10;
  private static final int LOSSLESS_SIGNATURE = 0x2F;

  private final ByteBuffer data;

  private WebpDecoder(byte[] encoded) {
    this.data = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
  }

  static PixelSource decode(byte[] encoded, ImageLimits limits) throws IOException {
    return new WebpDecoder(encoded).decode(limits);
  }

  private PixelSource decode(ImageLimits limits) throws IOException {
    int chunk = codedImage(FILE_HEADER_BYTES, data.capacity(), false);
    checkSize(chunk, limits);
    int length = CHUNK_HEADER_BYTES + data.getInt(chunk + 4);
    ByteBuffer plain =
        ByteBuffer.allocate(FILE_HEADER_BYTES + length + (length & 1))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(data.slice(0, FILE_HEADER_BYTES))
            .put(data.slice(chunk, length));
    plain.putInt(4, plain.capacity() - CHUNK_HEADER_BYTES);
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(plain.array())) {
      reader.setInput(stream, true, true);
      return BufferedPixels.of(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** Finds the chunk of the first coded image. */
  private int codedImage(int start, int end, boolean inFrame) throws UnreadableException {
    long position = start;
    int canvas = -1;
    while (position + CHUNK_HEADER_BYTES <= end) {
      int chunk = (int) position;
      int name = data.getInt(chunk);
      long length = Integer.toUnsignedLong(data.getInt(chunk + 4));
      int content = chunk + CHUNK_HEADER_BYTES;
      if (length > end - content) {
        throw UnreadableException.truncated(WEBP, "a chunk of " + length + " bytes");
      }
      if (name == VP8 || name == VP8L) {
        return chunk;
      }
      if (name == ANMF && !inFrame) { // frames do not hold frames
        checkCoversCanvas(content, canvas);
        return codedImage(content + FRAME_HEADER_BYTES, content + (int) length, true);
      }
      if (name == VP8X && length >= CODED_HEADER_BYTES) {
        canvas = content + 4;
      }
      position = content + length + (length & 1);
    }
    throw UnreadableException.truncated(WEBP, "image data");
  }

  private void checkCoversCanvas(int frame, int canvas) throws UnreadableException {
    if (canvas < 0 || frame + FRAME_HEADER_BYTES > data.capacity()) {
      throw UnreadableException.malformed(WEBP, "it has a frame without a canvas (VP8X)");
    }
    boolean covers = u24(frame) == 0 && u24(frame + 3) == 0;
    for (int i = 0; i < 6; i++) {
      covers &= data.get(frame + 6 + i) == data.get(canvas + i);
    }
    if (!covers) {
      throw UnreadableException.unsupported(
          WEBP, "animated", "a first frame that covers the canvas");
    }
  }

  /** Checks the size in the coded image's own header (RFC 6386, 9.1; RFC 9649, 3.4). */
  private void checkSize(int chunk, ImageLimits limits) throws UnreadableException {
    int content = chunk + CHUNK_HEADER_BYTES;
    boolean lossless = data.getInt(chunk) == VP8L;
    if (data.getInt(chunk + 4) < CODED_HEADER_BYTES) {
      throw UnreadableException.truncated(WEBP, CODED_HEADER_BYTES + " bytes of image data");
    }
    if (lossless) {
      if (data.get(content) != LOSSLESS_SIGNATURE) {
        throw UnreadableException.malformed(WEBP, "its lossless data has a wrong signature");
      }
      int bits = data.getInt(content + 1);
      limits.check(WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    } else {
      if (u24(content + 3) != 0x2A019D || (data.get(content) & 1) != 0) {
        throw UnreadableException.malformed(WEBP, "its lossy data does not begin a picture");
      }
      limits.check(WEBP, data.getShort(content + 6) & 0x3FFF, data.getShort(content + 8) & 0x3FFF);
    }
  }

  private int u24(int index) {
    return (data.getShort(index) & 0xFFFF) | (data.get(index + 2) & 0xFF) << 16;
  }

  private static int fourCharacters(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }
}

package io.unmask.image;

import static io.unmask.image.ImageFormat.WEBP;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;

/**
 * Decodes WebP with TwelveMonkeys' reader, which is asked for by its class and so works in a merged
 * jar too. Lossless files give libwebp's pixels; lossy ones differ a little, since the reader
 * upsamples chroma without libwebp's smoothing.
 */
final class WebpDecoder {

  private static final int FIRST_CHUNK = 12;
  private static final int MIN_BYTES = 30;

  private WebpDecoder() {}

  static PixelSource decode(byte[] encoded, ImageLimits limits) throws IOException {
    if (encoded.length < MIN_BYTES) {
      throw UnreadableException.truncated(WEBP, "a header of " + MIN_BYTES + " bytes");
    }
    checkLength(encoded);
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(encoded)) {
      reader.setInput(stream, true, true);
      limits.check(WEBP, reader.getWidth(0), reader.getHeight(0));
      return BufferedPixels.of(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** A chunk must not promise more than the file holds, as the reader would fill in zeros. */
  private static void checkLength(byte[] encoded) throws UnreadableException {
    long position = FIRST_CHUNK;
    while (position + 8 <= encoded.length) {
      String name = new String(encoded, (int) position, 4, StandardCharsets.ISO_8859_1);
      long length = u32(encoded, (int) position + 4);
      if (position + 8 + length > encoded.length) {
        throw UnreadableException.truncated(WEBP, length + " bytes of chunk " + name.strip());
      }
      if (name.equals("VP8 ") || name.equals("VP8L") || name.equals("ANMF")) {
        return;
      }
      position += 8 + length + (length & 1);
    }
    throw UnreadableException.truncated(WEBP, "image data");
  }

  private static long u32(byte[] data, int index) {
    return (data[index] & 0xFFL)
        | (data[index + 1] & 0xFFL) << 8
        | (data[index + 2] & 0xFFL) << 16
        | (data[index + 3] & 0xFFL) << 24;
  }
}

package io.unmask.image;

import static io.unmask.image.ImageFormat.PNG;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG as libpng does with the transformations that TensorFlow asks for (png_io.cc).
 *
 * <p>Alpha and tRNS are dropped, 16 bits lose the lower 8, grey of 1, 2 and 4 bits is spread over
 * 0..255, and gAMA, sRGB and iCCP change nothing. As with libpng, a wrong checksum of a critical
 * chunk is an error, and so is a missing IEND; of other chunks those that say how to turn the
 * picture and how many there are are looked at.
 */
final class PngDecoder {

  private static final int SIGNATURE_BYTES = 8;
  private static final int CHUNK_FRAME_BYTES = 12;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int ACTL = 0x6163544C; // announces an animation (APNG)
  private static final int FCTL = 0x6663544C; // begins one of its frames
  private static final int EXIF = 0x65584966;

  /** Deflate's best ratio, so that a small file cannot ask for a large array. */
  private static final int MAX_DEFLATE_RATIO = 1032;

  private final byte[] encoded;
  private final List<Chunk> imageData = new ArrayList<>();
  private byte @Nullable [] palette;
  private boolean animated;
  private boolean firstIsStill; // shown where animations are not
  private int frames;
  private ExifOrientation orientation = ExifOrientation.UPRIGHT;

  private record Chunk(int type, int offset, int length) {}

  private PngDecoder(byte[] encoded) {
    this.encoded = encoded;
  }

  static DecodedImage decode(byte[] encoded, ImageLimits limits) throws UnreadableException {
    PngDecoder decoder = new PngDecoder(encoded);
    PngHeader found = decoder.readChunks(limits);
    return new DecodedImage(decoder.decode(found), decoder.header(found));
  }

  static ImageHeader header(byte[] encoded, ImageLimits limits) throws UnreadableException {
    PngDecoder decoder = new PngDecoder(encoded);
    return decoder.header(decoder.readChunks(limits));
  }

  private ImageHeader header(PngHeader found) {
    int shown = animated ? Math.max(1, frames + (firstIsStill ? 1 : 0)) : 1;
    return ImageHeader.of(PNG, found.width(), found.height(), orientation, shown);
  }

  private PixelSource decode(PngHeader found) throws UnreadableException {
    checkDataLength(found);
    byte[] samples = inflate(found);
    byte[] colors = palette;
    if (found.color() != PngHeader.Color.PALETTE) {
      return new InterleavedPixels(
          found.width(),
          found.height(),
          samples,
          found.color().opaqueSamples() == 1
              ? InterleavedPixels.Layout.gray(found.width())
              : InterleavedPixels.Layout.rgb(found.width()));
    }
    if (colors == null) {
      throw UnreadableException.malformed(PNG, "it has no palette (PLTE)");
    }
    return new IndexedPixels(found.width(), found.height(), samples, colors);
  }

  private PngHeader readChunks(ImageLimits limits) throws UnreadableException {
    Chunk chunk = chunkAt(SIGNATURE_BYTES);
    if (chunk.type != IHDR || chunk.length != PngHeader.BYTES) {
      throw UnreadableException.malformed(PNG, "it does not begin with a header (IHDR)");
    }
    checkSum(chunk);
    PngHeader found = PngHeader.parse(encoded, chunk.offset);
    limits.check(PNG, found.width(), found.height());
    while (chunk.type != IEND) {
      chunk = chunkAt(chunk.offset + chunk.length + 4);
      if ((chunk.type & 0x20000000) == 0) {
        checkSum(chunk);
        critical(chunk, found);
      } else {
        ancillary(chunk);
      }
    }
    return found;
  }

  private void critical(Chunk chunk, PngHeader found) throws UnreadableException {
    switch (chunk.type) {
      case IDAT -> {
        firstIsStill |= frames == 0;
        imageData.add(chunk);
      }
      case PLTE -> {
        if (found.color() == PngHeader.Color.PALETTE) {
          palette = readPalette(chunk);
        }
      }
      case IEND -> {}
      default ->
          throw UnreadableException.malformed(
              PNG, "it has an unknown critical chunk " + Integer.toHexString(chunk.type));
    }
  }

  private void ancillary(Chunk chunk) {
    switch (chunk.type) {
      case ACTL -> animated |= imageData.isEmpty();
      case FCTL -> frames++;
      case EXIF -> orientation = ExifOrientation.ofChunk(encoded, chunk.offset, chunk.length);
      default -> {}
    }
  }

  private byte[] readPalette(Chunk chunk) throws UnreadableException {
    if (chunk.length == 0
        || chunk.length % 3 != 0
        || chunk.length > IndexedPixels.PALETTE_BYTES
        || !imageData.isEmpty()) {
      throw UnreadableException.malformed(PNG, "its palette has " + chunk.length + " bytes");
    }
    byte[] colors = new byte[IndexedPixels.PALETTE_BYTES];
    System.arraycopy(encoded, chunk.offset, colors, 0, chunk.length);
    return colors;
  }

  private Chunk chunkAt(int position) throws UnreadableException {
    if (position > encoded.length - CHUNK_FRAME_BYTES) {
      throw UnreadableException.truncated(PNG, "chunks up to IEND");
    }
    int length = i32(position);
    int type = i32(position + 4);
    if (length < 0 || (type & 0x80808080) != 0) {
      throw UnreadableException.malformed(PNG, "it has no chunk at byte " + position);
    }
    if (length > encoded.length - CHUNK_FRAME_BYTES - position) {
      throw UnreadableException.truncated(PNG, "a chunk of " + length + " bytes");
    }
    return new Chunk(type, position + 8, length);
  }

  private void checkSum(Chunk chunk) throws UnreadableException {
    CRC32 sum = new CRC32();
    sum.update(encoded, chunk.offset - 4, chunk.length + 4);
    if ((int) sum.getValue() != i32(chunk.offset + chunk.length)) {
      throw UnreadableException.malformed(
          PNG, "the checksum of the chunk at byte " + (chunk.offset - 8) + " is wrong");
    }
  }

  private void checkDataLength(PngHeader found) throws UnreadableException {
    long compressed = imageData.stream().mapToLong(Chunk::length).sum();
    long needed = found.height() * found.rowBytes(found.width());
    if (needed / MAX_DEFLATE_RATIO > compressed) {
      throw UnreadableException.truncated(
          PNG, "the data of " + found.width() + "x" + found.height() + " pixels");
    }
  }

  private byte[] inflate(PngHeader found) throws UnreadableException {
    PngRows rows = new PngRows(found);
    Inflater inflater = new Inflater();
    try {
      byte[] row = rows.next();
      int filled = 0;
      for (Chunk chunk : imageData) {
        inflater.setInput(encoded, chunk.offset, chunk.length);
        while (row != null) {
          int count = inflater.inflate(row, filled, rows.length() - filled);
          if (count == 0) {
            break;
          }
          filled += count;
          if (filled == rows.length()) {
            row = rows.next();
            filled = 0;
          }
        }
      }
      if (row != null) {
        throw UnreadableException.truncated(PNG, "more image data (IDAT)");
      }
      return rows.samples();
    } catch (DataFormatException e) {
      throw UnreadableException.malformed(PNG, "its image data cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  private int i32(int index) {
    return (encoded[index] & 0xFF) << 24
        | (encoded[index + 1] & 0xFF) << 16
        | (encoded[index + 2] & 0xFF) << 8
        | (encoded[index + 3] & 0xFF);
  }
}

package io.unmask.image;

import static io.unmask.image.ImageFormat.GIF;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the first frame of a GIF (GIF89a).
 *
 * <p>As in TensorFlow (gif_io.cc), the canvas is as large as the largest frame's width and height,
 * whatever the screen's size, and is black where the first frame does not cover it or is
 * transparent.
 */
final class GifDecoder {

  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int FRAME_BYTES = 9;

  private final byte[] data;
  private int position = HEADER_BYTES;
  private int transparent = -1;

  /** Whether a graphic control extension was seen since the last frame: the first one counts. */
  private boolean controlled;

  private int canvasWidth;
  private int canvasHeight;
  private int frames;
  private @Nullable Frame first;

  /** Where a frame lies on the canvas and its colours and compressed indices in the file. */
  private record Frame(
      int left,
      int top,
      int width,
      int height,
      boolean interlaced,
      int palette,
      int colors,
      int transparent,
      int codes) {}

  private GifDecoder(byte[] data) {
    this.data = data;
  }

  static DecodedImage decode(byte[] encoded, ImageLimits limits) throws UnreadableException {
    GifDecoder decoder = new GifDecoder(encoded);
    PixelSource pixels = decoder.decode(decoder.readFrames(limits));
    return new DecodedImage(pixels, decoder.header());
  }

  static ImageHeader header(byte[] encoded, ImageLimits limits) throws UnreadableException {
    GifDecoder decoder = new GifDecoder(encoded);
    decoder.readFrames(limits);
    return decoder.header();
  }

  private ImageHeader header() {
    return ImageHeader.of(GIF, canvasWidth, canvasHeight, ExifOrientation.UPRIGHT, frames);
  }

  private Frame readFrames(ImageLimits limits) throws UnreadableException {
    if (data.length < HEADER_BYTES) {
      throw UnreadableException.truncated(GIF, "a header of " + HEADER_BYTES + " bytes");
    }
    Frame frame = readAll(limits);
    limits.check(GIF, frame.width, frame.height);
    limits.check(GIF, canvasWidth, canvasHeight);
    return frame;
  }

  private PixelSource decode(Frame frame) throws UnreadableException {
    byte[] indices = new GifCodes(data, frame.codes).read(frame.width * frame.height);
    byte[] palette = new byte[IndexedPixels.PALETTE_BYTES];
    System.arraycopy(data, frame.palette, palette, 0, 3 * frame.colors);
    if (frame.transparent >= 0) {
      for (int i = 0; i < 3; i++) {
        palette[3 * frame.transparent + i] = 0;
      }
    }
    checkIndices(indices, frame);
    boolean covers =
        frame.left == 0
            && frame.top == 0
            && frame.width == canvasWidth
            && frame.height == canvasHeight;
    if (covers && !frame.interlaced) {
      return new IndexedPixels(frame.width, frame.height, indices, palette);
    }
    return draw(frame, indices, palette);
  }

  private static void checkIndices(byte[] indices, Frame frame) throws UnreadableException {
    for (byte index : indices) {
      int color = index & 0xFF;
      if (color >= frame.colors && color != frame.transparent) {
        throw UnreadableException.malformed(
            GIF, "it uses colour " + color + " of a palette of " + frame.colors);
      }
    }
  }

  private PixelSource draw(Frame frame, byte[] indices, byte[] palette) {
    byte[] rgb = new byte[Math.multiplyExact(3, canvasWidth * canvasHeight)];
    int[] rows = frame.interlaced ? interlacedRows(frame.height) : null;
    for (int y = 0; y < frame.height; y++) {
      int row = frame.top + (rows == null ? y : rows[y]);
      for (int x = 0; x < frame.width && row < canvasHeight; x++) {
        int column = frame.left + x;
        if (column < canvasWidth) {
          int color = 3 * (indices[y * frame.width + x] & 0xFF);
          System.arraycopy(palette, color, rgb, 3 * (row * canvasWidth + column), 3);
        }
      }
    }
    return new InterleavedPixels(
        canvasWidth, canvasHeight, rgb, InterleavedPixels.Layout.rgb(canvasWidth));
  }

  /** Which row the n-th stored row is (GIF89a, appendix E). */
  private static int[] interlacedRows(int height) {
    int[] rows = new int[height];
    int count = 0;
    int[][] passes = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    for (int[] pass : passes) {
      for (int row = pass[0]; row < height; row += pass[1]) {
        rows[count++] = row;
      }
    }
    return rows;
  }

  /** Walks over all frames, as the largest decides the canvas, and returns the first. */
  private Frame readAll(ImageLimits limits) throws UnreadableException {
    List<Frame> later = new ArrayList<>();
    int flags = u8(10);
    int globalPalette = position;
    int globalColors = (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    position += 3 * globalColors;
    try {
      while (true) {
        int block = u8(position++);
        if (block == EXTENSION) {
          extension();
        } else if (block == IMAGE) {
          Frame frame = frame(globalPalette, globalColors);
          if (first == null) {
            first = frame;
            add(frame);
            skipSubBlocks();
          } else {
            skipSubBlocks();
            later.add(frame);
          }
        } else if (block == TRAILER) {
          break;
        } else {
          throw UnreadableException.malformed(GIF, "it has a block of unknown type " + block);
        }
      }
    } catch (UnreadableException e) {
      // Whatever follows a whole first frame is not needed.
      if (first == null) {
        throw e;
      }
    }
    if (first == null) {
      throw UnreadableException.malformed(GIF, "it has no frame");
    }
    addLater(later, limits);
    return first;
  }

  private void add(Frame frame) {
    frames++;
    canvasWidth = Math.max(canvasWidth, frame.width);
    canvasHeight = Math.max(canvasHeight, frame.height);
  }

  /**
   * Adds the frames behind the first, up to the first damaged one, which giflib drops with all that
   * follows. Whether one is damaged matters only, and is looked at only, if frames are larger than
   * the first, and not beyond as many pixels as one picture may have.
   */
  private void addLater(List<Frame> later, ImageLimits limits) {
    boolean enlarge =
        later.stream().anyMatch(frame -> frame.width > canvasWidth || frame.height > canvasHeight);
    long looked = 0;
    for (Frame frame : later) {
      looked += (long) frame.width * frame.height;
      if (enlarge && looked <= limits.maxPixels() && isDamaged(frame, limits)) {
        return;
      }
      add(frame);
    }
  }

  private boolean isDamaged(Frame frame, ImageLimits limits) {
    try {
      limits.check(GIF, frame.width, frame.height);
      new GifCodes(data, frame.codes).read(frame.width * frame.height);
      return false;
    } catch (UnreadableException e) {
      return true;
    }
  }

  private void extension() throws UnreadableException {
    if (u8(position) == GRAPHIC_CONTROL && !controlled) {
      controlled = true;
      if (u8(position + 1) == 4) {
        transparent = (u8(position + 2) & 1) == 0 ? -1 : u8(position + 5);
      }
    }
    position++;
    skipSubBlocks();
  }

  private Frame frame(int globalPalette, int globalColors) throws UnreadableException {
    int flags = u8(position + 8);
    boolean local = (flags & 0x80) != 0;
    int codes = position + FRAME_BYTES + (local ? 3 * (2 << (flags & 7)) : 0);
    int colors = local ? 2 << (flags & 7) : globalColors;
    int palette = local ? position + FRAME_BYTES : globalPalette;
    u8(codes);
    Frame frame =
        new Frame(
            u16(position),
            u16(position + 2),
            u16(position + 4),
            u16(position + 6),
            (flags & 0x40) != 0,
            palette,
            colors,
            transparent,
            codes);
    if (colors == 0) {
      throw UnreadableException.malformed(GIF, "a frame has no palette");
    }
    position = codes + 1;
    transparent = -1;
    controlled = false;
    return frame;
  }

  private void skipSubBlocks() throws UnreadableException {
    int length = u8(position);
    while (length > 0) {
      position += 1 + length;
      length = u8(position);
    }
    position++;
  }

  private int u8(int index) throws UnreadableException {
    if (index >= data.length) {
      throw UnreadableException.truncated(GIF, "a whole frame");
    }
    return data[index] & 0xFF;
  }

  private int u16(int index) throws UnreadableException {
    return u8(index) | u8(index + 1) << 8;
  }
}

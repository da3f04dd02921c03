package io.unmask.image;

import static io.unmask.image.ImageFormat.JPEG;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What stands before the first scan of a JPEG.
 *
 * @param width columns
 * @param height rows
 * @param progressive whether the image comes in several scans that refine each other
 * @param colors how the components are to be understood
 * @param halfHeight bit n is set if component n is stored at full width and half height
 * @param adobe whether an Adobe marker was seen
 * @param orientation from EXIF
 * @param tables the segments that a decoder needs, which are all but APPn and COM
 * @param scan index of the first scan's marker
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record JpegHeader(
    int width,
    int height,
    boolean progressive,
    Colors colors,
    int halfHeight,
    boolean adobe,
    ExifOrientation orientation,
    byte[] tables,
    int scan) {

  /** How the components are to be understood. */
  enum Colors {
    GRAY(1),
    RGB(3),
    YCBCR(3),
    CMYK(4),
    YCCK(4);

    private final int components;

    Colors(int components) {
      this.components = components;
    }

    int components() {
      return components;
    }
  }

  private static final int SOF0 = 0xC0;
  private static final int SOF1 = 0xC1;
  private static final int SOF2 = 0xC2;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  static final int RST0 = 0xD0;
  static final int RST7 = 0xD7;
  static final int EOI = 0xD9;
  static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;
  static final int TEM = 0x01;

  /** Whether a component is stored at full width and half height. */
  boolean isHalfHeight(int component) {
    return (halfHeight & 1 << component) != 0;
  }

  /** Reads the header as libjpeg does (jdmarker.c), unknown bytes between segments included. */
  static JpegHeader parse(byte[] encoded) throws UnreadableException {
    return new Parser(encoded).parse();
  }

  private static final class Parser {

    private final byte[] data;
    private final ByteArrayOutputStream tables = new ByteArrayOutputStream(1024);
    private int position = 2;
    private int frame = -1;
    private int frameMarker;
    private boolean jfif;
    private int adobeTransform = -1;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    Parser(byte[] data) {
      this.data = data;
    }

    JpegHeader parse() throws UnreadableException {
      while (true) {
        int marker = nextMarker();
        if (marker == SOS) {
          return header(position - 2);
        }
        if (marker == EOI) {
          throw UnreadableException.malformed(JPEG, "it ends before any image data");
        }
        if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
          continue;
        }
        segment(marker);
      }
    }

    private int nextMarker() throws UnreadableException {
      while (position < data.length && u8(position) != 0xFF) {
        position++;
      }
      while (position < data.length && u8(position) == 0xFF) {
        position++;
      }
      if (position >= data.length) {
        throw UnreadableException.truncated(JPEG, "image data");
      }
      int marker = u8(position++);
      return marker == 0 ? nextMarkerAfterStuffing() : marker;
    }

    /** A zero after 0xFF is no marker; the search goes on without recursion. */
    private int nextMarkerAfterStuffing() throws UnreadableException {
      while (position + 1 < data.length
          && !(u8(position) == 0xFF && u8(position + 1) != 0 && u8(position + 1) != 0xFF)) {
        position++;
      }
      if (position + 1 >= data.length) {
        throw UnreadableException.truncated(JPEG, "image data");
      }
      position += 2;
      return u8(position - 1);
    }

    private void segment(int marker) throws UnreadableException {
      int length = position + 2 <= data.length ? u16(position) : 2;
      if (length < 2) {
        throw UnreadableException.malformed(
            JPEG, "a segment (marker " + Integer.toHexString(marker) + ") has length " + length);
      }
      if (position + length > data.length || position + 2 > data.length) {
        throw UnreadableException.truncated(JPEG, "image data");
      }
      int content = position + 2;
      int size = length - 2;
      if (marker >= APP0 && marker <= APP15) {
        application(marker, content, size);
      } else if (marker != COM) {
        if (marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC) {
          frame(marker, content, size);
        }
        tables.write(0xFF);
        tables.write(marker);
        tables.write(data, position, length);
      }
      position += length;
    }

    private void application(int marker, int content, int size) {
      if (marker == APP0 && size >= 14 && startsWith(content, "JFIF\0")) {
        jfif = true;
      } else if (marker == APP1 && orientation.value() == 1) {
        orientation = ExifOrientation.parse(data, content, size);
      } else if (marker == APP14 && size >= 12 && startsWith(content, "Adobe")) {
        adobeTransform = u8(content + 11);
      }
    }

    private void frame(int marker, int content, int size) throws UnreadableException {
      if (frame >= 0) {
        throw UnreadableException.malformed(JPEG, "it has more than one frame header");
      }
      if (marker != SOF0 && marker != SOF1 && marker != SOF2) {
        throw UnreadableException.unsupported(
            JPEG, frameKind(marker), "baseline or progressive ones with Huffman coding");
      }
      if (size < 6 || size != 6 + 3 * u8(content + 5)) {
        throw UnreadableException.malformed(JPEG, "its frame header has " + size + " bytes");
      }
      if (u8(content) != 8) {
        throw UnreadableException.unsupported(
            JPEG, u8(content) + "-bit", "8 bits for each component");
      }
      frame = content;
      frameMarker = marker;
    }

    private static String frameKind(int marker) {
      if (marker >= 0xC9) {
        return "arithmetic-coded";
      }
      return marker == 0xC3 ? "lossless" : "hierarchical";
    }

    private JpegHeader header(int scan) throws UnreadableException {
      if (frame < 0) {
        throw UnreadableException.malformed(JPEG, "it has no frame header");
      }
      int components = u8(frame + 5);
      int inScan = scan + 4 < data.length ? u8(scan + 4) : components;
      return new JpegHeader(
          u16(frame + 3),
          u16(frame + 1),
          frameMarker == SOF2 || inScan < components,
          colors(components),
          halfHeight(components),
          adobeTransform >= 0,
          orientation,
          tables.toByteArray(),
          scan);
    }

    private int halfHeight(int components) {
      int widest = 0;
      int highest = 0;
      for (int i = 0; i < components; i++) {
        widest = Math.max(widest, u8(frame + 7 + 3 * i) >> 4);
        highest = Math.max(highest, u8(frame + 7 + 3 * i) & 15);
      }
      int found = 0;
      for (int i = 0; i < components; i++) {
        int factors = u8(frame + 7 + 3 * i);
        if (factors >> 4 == widest && 2 * (factors & 15) == highest) {
          found |= 1 << i;
        }
      }
      return found;
    }

    /** Decides as libjpeg does (jdapimin.c, {@code default_decompress_parms}). */
    private Colors colors(int components) throws UnreadableException {
      return switch (components) {
        case 1 -> Colors.GRAY;
        case 3 -> threeColors();
        case 4 -> adobeTransform <= 0 ? Colors.CMYK : Colors.YCCK;
        default ->
            throw UnreadableException.unsupported(
                JPEG, components + "-component", "1, 3 or 4 components");
      };
    }

    private Colors threeColors() {
      if (jfif) {
        return Colors.YCBCR;
      }
      if (adobeTransform >= 0) {
        return adobeTransform == 0 ? Colors.RGB : Colors.YCBCR;
      }
      return u8(frame + 6) == 'R' && u8(frame + 9) == 'G' && u8(frame + 12) == 'B'
          ? Colors.RGB
          : Colors.YCBCR;
    }

    private boolean startsWith(int offset, String text) {
      return new String(data, offset, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private int u8(int index) {
      return data[index] & 0xFF;
    }

    private int u16(int index) {
      return u8(index) << 8 | u8(index + 1);
    }
  }
}

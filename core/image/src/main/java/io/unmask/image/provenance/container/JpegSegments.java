package io.unmask.image.provenance.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of a JPEG before its first scan (ITU-T T.81, annex B). JUMBF in APP11 and long XMP
 * in APP1 are put together of their parts.
 */
final class JpegSegments implements Container {

  private static final int APP1 = 0xE1;
  private static final int APP11 = 0xEB;
  private static final int APP13 = 0xED;
  private static final int SOS = 0xDA;
  private static final int EOI = 0xD9;
  private static final int TEM = 0x01;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;

  private static final String EXIF = "Exif\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String LONG_XMP = "http://ns.adobe.com/xmp/extension/\0";
  private static final String PHOTOSHOP = "Photoshop 3.0\0";

  /** Of long XMP: the digest of all of it, its length, and the part's offset. */
  private static final int LONG_XMP_HEADER = 32 + 4 + 4;

  /** Of JUMBF: "JP", the box's number, the part's number (ISO 19566-5, annex D). */
  private static final int JUMBF_HEADER = 2 + 2 + 4;

  /** What is put together of several segments. */
  private static final class Split {
    final List<FileBytes> parts = new ArrayList<>();
    final List<Piece.Place> places = new ArrayList<>();
  }

  /** Some hundred parts hold all that is read. */
  private static final int MOST_PARTS = 10_000;

  private int parts;
  private final Map<String, Split> boxes = new LinkedHashMap<>();
  private final Map<String, Split> packets = new LinkedHashMap<>();

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(0, "\u00FF\u00D8\u00FF");
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    try {
      segments(file, found);
    } finally {
      for (Split split : boxes.values()) {
        found.add(whole(Piece.Kind.C2PA, split, file));
      }
      for (Split split : packets.values()) {
        found.add(whole(Piece.Kind.XMP, split, file));
      }
    }
  }

  private static Piece whole(Piece.Kind kind, Split split, FileBytes file) {
    return new Piece(kind, "", file.joined(split.parts), split.places);
  }

  private void segments(FileBytes file, Finds found) throws DamagedException {
    long at = 2;
    while (true) {
      while (file.u8(at) != 0xFF) { // decoders skip what stands between segments
        file.count(1);
        at++;
      }
      while (file.u8(at) == 0xFF) {
        file.count(1);
        at++;
      }
      int marker = file.u8(at++);
      if (marker == SOS || marker == EOI) {
        return;
      }
      if (marker == 0 || marker == TEM || (marker >= RST0 && marker <= RST7)) {
        continue;
      }
      file.count(Pieces.STEP);
      int length = file.u16(at);
      if (length < 2) {
        throw new DamagedException("a segment has a length of " + length);
      }
      segment(marker, file.part(at + 2, length - 2), at - 2, found);
      at += length;
    }
  }

  private void segment(int marker, FileBytes content, long start, Finds found)
      throws DamagedException {
    long end = start + 4 + content.size();
    if (marker == APP1 && content.has(0, EXIF) && content.size() > EXIF.length()) {
      int header = EXIF.length() + 1; // padding, which is zero or not
      found.add(
          Piece.of(Piece.Kind.EXIF, content.part(header, content.size() - header), start, end));
    } else if (marker == APP1 && content.has(0, XMP)) {
      int header = XMP.length();
      found.add(
          Piece.of(Piece.Kind.XMP, content.part(header, content.size() - header), start, end));
    } else if (marker == APP1 && content.has(0, LONG_XMP)) {
      int header = LONG_XMP.length() + LONG_XMP_HEADER;
      String digest = content.text(LONG_XMP.length(), 32);
      append(packets, digest, content.part(header, content.size() - header), start, end);
    } else if (marker == APP11 && content.has(0, "JP") && content.size() >= JUMBF_HEADER + 8) {
      jumbf(content, start, end);
    } else if (marker == APP13 && content.has(0, PHOTOSHOP)) {
      found.add(Piece.of(Piece.Kind.IIM, content, start, end));
    }
  }

  /** The first part of a box keeps the box's header, the others repeat it. */
  private void jumbf(FileBytes content, long start, long end) throws DamagedException {
    String number = content.text(2, 2) + content.text(JUMBF_HEADER, 8);
    int header = JUMBF_HEADER;
    if (boxes.containsKey(number)) {
      boolean large = content.u32(JUMBF_HEADER) == 1; // its length stands behind, in eight bytes
      header += large ? 16 : 8;
    }
    append(boxes, number, content.part(header, content.size() - header), start, end);
  }

  private void append(Map<String, Split> all, String key, FileBytes part, long start, long end)
      throws DamagedException {
    if (++parts > MOST_PARTS) {
      throw new DamagedException("there are more than %,d parts of it".formatted(MOST_PARTS));
    }
    Split split = all.computeIfAbsent(key, name -> new Split());
    split.parts.add(part);
    split.places.add(new Piece.Place(start, end));
  }
}

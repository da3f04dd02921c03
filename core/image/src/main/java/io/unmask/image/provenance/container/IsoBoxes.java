package io.unmask.image.provenance.container;

import java.util.ArrayList;
import java.util.List;

/** The boxes of a HEIC, HEIF or AVIF (ISO/IEC 14496-12 and 23008-12), with C2PA's. */
public final class IsoBoxes implements Container {

  /** Of a box of C2PA (its specification, appendix A.4). */
  static final String C2PA_UUID =
      "\u00D8\u00FE\u00C3\u00D6\u001B\u000EH<\u0092\u0097X(\u0087~\u00C4\u0081";

  private static final int MOST_BOXES = 10_000;

  /**
   * A box.
   *
   * @param name four characters
   * @param start of its header
   * @param content behind its header
   * @param end behind it
   */
  public record Box(String name, long start, long content, long end) {}

  /** Whether a file begins as these do. */
  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(4, "ftyp");
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    for (Box box : boxes(file, 0, file.size())) {
      if (box.name.equals("uuid") && file.has(box.content, C2PA_UUID)) {
        manifests(file, box, found);
      } else if (box.name.equals("meta")) {
        ItemTable.of(file, box).pieces(file, found);
      }
    }
  }

  /**
   * Behind the UUID: version and flags, a purpose that ends with zero, an offset, the manifests.
   */
  private static void manifests(FileBytes file, Box box, Finds found) throws DamagedException {
    long purpose = box.content + 16 + 4;
    if (file.has(purpose, "manifest\0")
        || file.has(purpose, "original\0")
        || file.has(purpose, "update\0")) {
      long at = purpose;
      while (file.u8(at) != 0) {
        at++;
      }
      at += 1 + 8;
      FileBytes content = file.part(at, box.end - at);
      found.add(Piece.of(Piece.Kind.C2PA, content, box.start, box.end));
    }
  }

  /**
   * The boxes in a part of the file.
   *
   * @throws DamagedException if one does not fit into it
   */
  public static List<Box> boxes(FileBytes file, long start, long end) throws DamagedException {
    List<Box> boxes = new ArrayList<>();
    long at = start;
    while (at + 8 <= end) {
      file.count(Pieces.STEP);
      long length = file.u32(at);
      long header = 8;
      if (length == 1) {
        length = file.u64(at + 8);
        header = 16;
      } else if (length == 0) {
        length = end - at;
      }
      if (length < header || length > end - at) {
        throw new DamagedException("a box at %,d has %,d bytes".formatted(at, length));
      }
      if (boxes.size() >= MOST_BOXES) {
        throw new DamagedException("there are more than %,d boxes in one".formatted(MOST_BOXES));
      }
      boxes.add(new Box(file.name(at + 4), at, at + header, at + length));
      at += length;
    }
    return boxes;
  }
}

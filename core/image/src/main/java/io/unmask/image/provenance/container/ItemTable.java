package io.unmask.image.provenance.container;

import io.unmask.image.provenance.container.IsoBoxes.Box;
import java.util.HashMap;
import java.util.Map;

/** The items that a meta box lists, and where they lie (ISO/IEC 14496-12, 8.11). */
final class ItemTable {

  /** More items than a photo in tiles has. */
  private static final int MOST_ITEMS = 20_000;

  /** What an item costs, so that very many end as well. */
  private static final int ITEM = 128;

  /** EXIF and XMP by the number of their item. */
  private final Map<Long, Piece.Kind> kinds = new HashMap<>();

  private final Map<Long, Piece.Place> places = new HashMap<>();

  private ItemTable() {}

  static ItemTable of(FileBytes file, Box meta) throws DamagedException {
    ItemTable table = new ItemTable();
    long idat = -1;
    for (Box box : IsoBoxes.boxes(file, meta.content() + 4, meta.end())) {
      if (box.name().equals("idat")) {
        idat = box.content();
      }
    }
    for (Box box : IsoBoxes.boxes(file, meta.content() + 4, meta.end())) {
      if (box.name().equals("iinf")) {
        table.kinds(file, box);
      } else if (box.name().equals("iloc")) {
        table.places(file, box, idat);
      }
    }
    return table;
  }

  void pieces(FileBytes file, Finds found) throws DamagedException {
    for (Map.Entry<Long, Piece.Kind> item : kinds.entrySet()) {
      Piece.Place place = places.get(item.getKey());
      if (place == null) {
        continue;
      }
      long start = place.start();
      long length = place.end() - start;
      if (item.getValue() == Piece.Kind.EXIF) {
        long header = 4 + file.u32(start); // says how much stands before TIFF's header
        start += header;
        length -= header;
      }
      FileBytes content = file.part(start, length);
      found.add(Piece.of(item.getValue(), content, place.start(), place.end()));
    }
  }

  private void kinds(FileBytes file, Box box) throws DamagedException {
    int version = file.u8(box.content());
    long entries = box.content() + (version == 0 ? 6 : 8);
    for (Box entry : IsoBoxes.boxes(file, entries, box.end())) {
      int entryVersion = file.u8(entry.content());
      if (!entry.name().equals("infe") || entryVersion < 2) {
        continue;
      }
      boolean large = entryVersion > 2;
      long number = large ? file.u32(entry.content() + 4) : file.u16(entry.content() + 4);
      long type = entry.content() + (large ? 10 : 8);
      if (file.has(type, "Exif")) {
        kinds.put(number, Piece.Kind.EXIF);
      } else if (file.has(type, "mime") && isXmp(file, type + 4, entry.end())) {
        kinds.put(number, Piece.Kind.XMP);
      }
    }
  }

  /** Behind the type stands the item's name, which ends with zero, then the content's type. */
  private static boolean isXmp(FileBytes file, long name, long end) throws DamagedException {
    for (long at = name; at < end; at++) {
      file.count(1);
      if (file.u8(at) == 0) {
        return file.has(at + 1, "application/rdf+xml");
      }
    }
    return false;
  }

  private void places(FileBytes file, Box box, long idat) throws DamagedException {
    int version = file.u8(box.content());
    int sizes = file.u16(box.content() + 4);
    int offsetBytes = sizes >> 12;
    int lengthBytes = sizes >> 8 & 15;
    int baseBytes = sizes >> 4 & 15;
    int indexBytes = version == 0 ? 0 : sizes & 15;
    boolean large = version >= 2;
    long at = box.content() + 6;
    long count = large ? file.u32(at) : file.u16(at);
    at += large ? 4 : 2;
    for (long i = 0; i < Math.min(count, MOST_ITEMS); i++) {
      file.count(ITEM);
      long number = large ? file.u32(at) : file.u16(at);
      at += large ? 4 : 2;
      int method = version == 0 ? 0 : file.u16(at) & 15;
      at += version == 0 ? 2 : 4; // method, and which file it is in
      long base = number(file, at, baseBytes);
      at += baseBytes;
      int extents = file.u16(at);
      at += 2;
      long offset = number(file, at + indexBytes, offsetBytes);
      long length = number(file, at + indexBytes + offsetBytes, lengthBytes);
      at += (long) extents * (indexBytes + offsetBytes + lengthBytes);
      long origin = method == 0 ? 0 : idat;
      if (extents == 1 && method <= 1 && origin >= 0 && kindKnownOrLater(number)) {
        long start = origin + base + offset;
        long end = start + length;
        if (start >= 0 && end >= start && end <= file.size()) {
          places.put(number, new Piece.Place(start, end));
        }
      }
    }
  }

  /** The list of kinds may stand behind that of places, so that nothing is known yet. */
  private boolean kindKnownOrLater(long number) {
    return kinds.isEmpty() || kinds.containsKey(number);
  }

  private static long number(FileBytes file, long at, int bytes) throws DamagedException {
    return switch (bytes) {
      case 0 -> 0;
      case 4 -> file.u32(at);
      case 8 -> file.u64(at);
      default -> throw new DamagedException("numbers of %d bytes in a list".formatted(bytes));
    };
  }
}

package io.unmask.image.provenance.container;

import java.util.Optional;

/** A directory of tags (TIFF 6.0, section 2; EXIF 2.32, section 4.6). */
public final class TiffDirectory {

  private static final int ENTRY_BYTES = 12;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  /**
   * What a tag holds.
   *
   * @param start where that begins, behind TIFF's header
   * @param bytes what it is, in the file's order of bytes
   */
  public record Value(long start, FileBytes bytes) {}

  private final FileBytes file;
  private final boolean bigEndian;
  private final long start;
  private final int entries;

  private TiffDirectory(FileBytes file, boolean bigEndian, long start) throws DamagedException {
    this.file = file;
    this.bigEndian = bigEndian;
    this.start = start;
    this.entries = u16(start);
    file.count((long) entries * ENTRY_BYTES);
  }

  /** The first directory of a TIFF, or of EXIF. */
  public static TiffDirectory first(FileBytes file) throws DamagedException {
    boolean bigEndian = file.has(0, "MM");
    if (!bigEndian && !file.has(0, "II")) {
      throw new DamagedException("it does not begin with an order of bytes");
    }
    long start = bigEndian ? file.u32(4) : file.u32LittleEndian(4);
    return new TiffDirectory(file, bigEndian, start);
  }

  /** Whether numbers have their most significant byte first. */
  public boolean bigEndian() {
    return bigEndian;
  }

  /** What a tag holds, if there is one. */
  public Optional<Value> find(int tag) throws DamagedException {
    for (int i = 0; i < entries; i++) {
      long entry = start + 2 + (long) ENTRY_BYTES * i;
      if (u16(entry) == tag) {
        return Optional.of(value(entry));
      }
    }
    return Optional.empty();
  }

  /** The directory that a tag refers to, if there is one. */
  public Optional<TiffDirectory> directory(int tag) throws DamagedException {
    for (int i = 0; i < entries; i++) {
      long entry = start + 2 + (long) ENTRY_BYTES * i;
      if (u16(entry) == tag) {
        return Optional.of(new TiffDirectory(file, bigEndian, u32(entry + 8)));
      }
    }
    return Optional.empty();
  }

  private Value value(long entry) throws DamagedException {
    int type = u16(entry + 2);
    if (type <= 0 || type >= TYPE_BYTES.length) {
      throw new DamagedException("a tag is of type " + type);
    }
    long length = u32(entry + 4) * TYPE_BYTES[type];
    long at = length <= 4 ? entry + 8 : u32(entry + 8);
    return new Value(at, file.part(at, length));
  }

  private int u16(long at) throws DamagedException {
    return bigEndian ? file.u16(at) : file.u8(at) | file.u8(at + 1) << 8;
  }

  private long u32(long at) throws DamagedException {
    return bigEndian ? file.u32(at) : file.u32LittleEndian(at);
  }
}

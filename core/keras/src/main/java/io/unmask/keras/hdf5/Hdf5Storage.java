package io.unmask.keras.hdf5;

import io.unmask.jhdf.Superblock;
import io.unmask.jhdf.storage.HdfBackingStorage;
import io.unmask.keras.bytes.Bytes;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.hdf5.StoredArray.Extent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What jhdf reads of an HDF5 file in memory, counted. Structures in a file may refer to each other
 * in any way, and jhdf follows: a tree whose nodes are each other's children takes for ever, a
 * thousand names of one large object exhaust the memory. What a sound file needs is in proportion
 * to its size, so what is asked for beyond that is refused.
 */
final class Hdf5Storage implements HdfBackingStorage {

  /**
   * What structures may take in any file: one array and its names take less than 1 KiB, and a
   * layer's group with its attribute less than 10. jhdf allocates up to 25 times as much.
   */
  private static final long STRUCTURES = 4 << 20;

  private static final long MOST_STRUCTURES = 32 << 20;

  /** No superblock is longer. */
  private static final int SUPERBLOCK = 256;

  /** How often all of a file may be asked for. */
  private static final long REPETITIONS = 4;

  /** What looking at a structure costs, however small it is. */
  private static final long OVERHEAD = 64;

  private static final int TREE = tag("TREE");
  private static final int TREE_HEADER = 24;

  /** Largest excess of {@link #keys} over what is stored, for nodes of HDF5's default size. */
  private static final int SLACK = TREE_HEADER + (4 * 32 + 1) * Long.BYTES;

  /** A heap of texts; its header is as long as that of each object in it. */
  private static final int HEAP = tag("GCOL");

  private static final int HEAP_HEADER = 16;

  /** Where headers say how many entries follow, for which jhdf makes room at once. */
  private static final int TREE_2 = tag("BTHD");

  private static final int FIXED_ARRAY = tag("FAHD");
  private static final int EXTENSIBLE_ARRAY = tag("EAHD");

  private final Bytes content;
  private final Superblock superblock;
  private final List<Extent> read = new ArrayList<>();
  private long structures;
  private long data;

  /** Where the keys of the B-tree node begin that was looked at last. */
  private long keys = -1;

  /** The whole file, which begins with a superblock. */
  Hdf5Storage(Bytes content) {
    this.content = content;
    long size = content.size();
    structures = Math.min(MOST_STRUCTURES, STRUCTURES + REPETITIONS * size);
    data = STRUCTURES + REPETITIONS * size;
    ByteBuffer start =
        content.slice(0, (int) Math.min(SUPERBLOCK, size)).order(ByteOrder.LITTLE_ENDIAN);
    superblock = Superblock.readSuperblock(start);
    read.add(new Extent(0, start.position()));
    if (superblock.getBaseAddressByte() != 0) {
      throw new DefectException("it says that it begins elsewhere");
    }
    if (getSizeOfOffsets() != Long.BYTES || getSizeOfLengths() != Long.BYTES) {
      throw new DefectException("its addresses and sizes are not of 8 bytes, as Keras writes them");
    }
  }

  /** Where the file should end, as its beginning says. */
  long end() {
    return superblock.getEndOfFileAddress();
  }

  private static int tag(String signature) {
    byte[] bytes = signature.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private void charge(long bytes) {
    structures -= bytes + OVERHEAD;
    if (structures < 0) {
      throw exhausted();
    }
  }

  private static DefectException exhausted() {
    return new DefectException(
        "its parts refer to each other more often than those of a model of this size do; do not"
            + " trust this file");
  }

  /** A structure. */
  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    charge(Math.max(0, length));
    read.add(new Extent(address, Math.min(address + length, content.size())));
    ByteBuffer part =
        address == keys && length >= 0 && address + length > content.size()
            ? padded(address, length)
            : part(address, length);
    inspect(address, part);
    return part;
  }

  /**
   * Of the list of a group's children, a B-tree node of {@code n} entries, jhdf (0.13) takes {@code
   * 4n + 1} numbers where {@code 2n + 1} are stored. Keras's legacy files of flat models with many
   * layers end in such a node.
   */
  private ByteBuffer padded(long address, int length) {
    int stored = Math.toIntExact(content.size() - address);
    if (length - stored > SLACK) {
      return part(address, length);
    }
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(part(address, stored))
        .rewind();
  }

  private void inspect(long address, ByteBuffer part) {
    if (part.limit() < Integer.BYTES) {
      return;
    }
    int signature = part.getInt(0);
    if (signature == TREE) {
      keys = address + TREE_HEADER;
    } else if (signature == TREE_2) {
      checkCount(part, 18 + Long.BYTES);
    } else if (signature == FIXED_ARRAY) {
      checkCount(part, 8);
    } else if (signature == EXTENSIBLE_ARRAY) {
      checkCount(part, 12 + 4 * Long.BYTES);
    }
  }

  private void checkCount(ByteBuffer header, int at) {
    if (header.limit() >= at + Long.BYTES) {
      long count = header.getLong(at);
      if (count < 0 || count > content.size()) {
        throw new DefectException(
            String.format(Locale.ROOT, "it declares a list of %,d entries", count));
      }
      charge(Long.BYTES * count);
    }
  }

  /**
   * The text that an element of variable length refers to: its length, and the place of a heap and
   * the number of an object in it. jhdf would read all of the heap, for each element anew.
   */
  String text(ByteBuffer element, Charset charset) {
    ByteBuffer reference = element.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    int length = reference.getInt();
    long heap = reference.getLong();
    int wanted = reference.getInt();
    if (wanted == 0) {
      return "";
    }
    ByteBuffer header = readBufferFromAddress(heap, HEAP_HEADER);
    long end = heap + header.getLong(8);
    long at = heap + HEAP_HEADER;
    while (header.getInt(0) == HEAP && at >= heap && at < end) {
      ByteBuffer object = readBufferFromAddress(at, HEAP_HEADER);
      long size = object.getLong(8);
      int number = object.getShort(0) & 0xffff;
      if (number == wanted && length >= 0 && length <= size) {
        return string(readBufferFromAddress(at + HEAP_HEADER, length), charset);
      }
      if (number == 0 || size < 0 || size > content.size()) {
        break;
      }
      at += HEAP_HEADER + (size + 7) / 8 * 8;
    }
    throw new DefectException(
        String.format(
            Locale.ROOT, "it refers to text %d at %,d, where there is none", wanted, heap));
  }

  /** Up to the first zero, if there is one. */
  private static String string(ByteBuffer bytes, Charset charset) {
    String text = charset.decode(bytes).toString();
    int zero = text.indexOf(0);
    return zero < 0 ? text : text.substring(0, zero);
  }

  /** The parts that were asked for so far, arrays among them, in order. */
  List<Extent> read() {
    return Collections.unmodifiableList(read);
  }

  /** Data, or a heap of names. */
  @Override
  public ByteBuffer map(long address, long length) {
    reserve(address, length);
    return part(address, length);
  }

  /** As {@link #map}, without reading it. */
  void reserve(long address, long length) {
    data -= Math.max(0, length) + OVERHEAD;
    if (data < 0) {
      throw exhausted();
    }
    check(address, length);
    read.add(new Extent(address, address + length));
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    return map(address, length);
  }

  private ByteBuffer part(long address, long length) {
    check(address, length);
    return content.slice(address, Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void check(long address, long length) {
    if (address < 0 || length < 0 || address > content.size() - length) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "it points to %,d bytes at %,d of %,d",
              length,
              address,
              content.size()));
    }
  }

  @Override
  public long getUserBlockSize() {
    return 0;
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new UnsupportedOperationException("the file is in memory");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {
    // The content belongs to the caller.
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}

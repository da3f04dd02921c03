package io.unmask.image.provenance.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, or of a part of it, in memory or on disk. Whatever is asked for is checked
 * to be there before anything is allocated, and counted: of one file, with all its parts, at most
 * {@link #MOST} bytes are read. Used by one thread. Reading from disk throws {@link
 * UncheckedIOException}.
 */
public final class FileBytes {

  /** The most bytes that are read of one file. */
  public static final int MOST = 16 << 20;

  private static final int WINDOW = 4096;
  private static final int BLOCK = 1 << 16;

  /** Reads bytes that are there. */
  private interface Source {
    void read(long at, byte[] into, int offset, int length) throws IOException;
  }

  private final Source source;
  private final long start;
  private final long size;
  private final Allowance allowance;
  private final byte @Nullable [] array;
  private byte[] window = {};
  private long windowStart;
  private int windowLength;

  private FileBytes(
      Source source, byte @Nullable [] array, long start, long size, Allowance allowance) {
    this.source = source;
    this.array = array;
    this.start = start;
    this.size = size;
    this.allowance = allowance;
  }

  /** A file in memory. */
  public static FileBytes of(byte[] file) {
    return of(file, new Allowance(MOST));
  }

  /** A file on disk, which stays open as long as this is used. */
  public static FileBytes of(SeekableByteChannel file) throws IOException {
    return new FileBytes(
        (at, into, offset, length) -> {
          ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
          file.position(at);
          while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
              throw new EOFException("it became shorter while it was read");
            }
          }
        },
        null,
        0,
        file.size(),
        new Allowance(MOST));
  }

  private static FileBytes of(byte[] bytes, Allowance allowance) {
    return new FileBytes(
        (at, into, offset, length) -> System.arraycopy(bytes, (int) at, into, offset, length),
        bytes,
        0,
        bytes.length,
        allowance);
  }

  /** Other bytes, made of the file's: what is read of them counts as the file's. */
  FileBytes derived(byte[] bytes) {
    return of(bytes, allowance);
  }

  /** Parts of the file, one behind the other. They are not copied. */
  FileBytes joined(List<FileBytes> parts) {
    long[] ends = new long[parts.size()];
    long size = 0;
    for (int i = 0; i < ends.length; i++) {
      size += parts.get(i).size;
      ends[i] = size;
    }
    return new FileBytes(
        (at, into, offset, length) -> read(parts, ends, at, into, offset, length),
        null,
        0,
        size,
        allowance);
  }

  private static void read(
      List<FileBytes> parts, long[] ends, long at, byte[] into, int offset, int length)
      throws IOException {
    int part = Arrays.binarySearch(ends, at);
    part = part < 0 ? -part - 1 : part + 1; // the first that ends behind it
    for (int done = 0; done < length; part++) {
      FileBytes bytes = parts.get(part);
      long from = at + done - (ends[part] - bytes.size);
      int count = (int) Math.min(length - done, bytes.size - from);
      bytes.source.read(bytes.start + from, into, offset + done, count);
      done += count;
    }
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /** How many may still be read. */
  public long left() {
    return allowance.left();
  }

  /** Counts work that is done for the file as if so many bytes were read. */
  public void count(long bytes) throws DamagedException {
    allowance.take(bytes);
  }

  /** A part of these bytes. */
  public FileBytes part(long from, long length) throws DamagedException {
    require(from, length);
    return new FileBytes(source, array, start + from, length, allowance);
  }

  /** The first bytes, or all if there are fewer. */
  public FileBytes first(long length) throws DamagedException {
    return part(0, Math.min(length, size));
  }

  /** A copy of some bytes. */
  public byte[] copy(long from, long length) throws DamagedException {
    require(from, length);
    allowance.take(length);
    byte[] bytes = new byte[(int) length]; // at most the allowance
    read(start + from, bytes, bytes.length);
    return bytes;
  }

  /** Takes bytes that are not to be kept. */
  public interface Taker {

    /** Takes some. They change afterwards. */
    void take(byte[] bytes, int offset, int length);
  }

  /** Hands some bytes out, a block at a time. */
  public void feed(long from, long length, Taker taker) throws DamagedException {
    require(from, length);
    allowance.take(length);
    if (array != null) {
      taker.take(array, (int) (start + from), (int) length);
      return;
    }
    byte[] block = new byte[(int) Math.min(BLOCK, length)];
    for (long done = 0; done < length; ) {
      int count = (int) Math.min(block.length, length - done);
      read(start + from + done, block, count);
      taker.take(block, 0, count);
      done += count;
    }
  }

  /** A copy of all. */
  public byte[] copy() throws DamagedException {
    return copy(0, size);
  }

  /** One byte, 0..255. */
  public int u8(long at) throws DamagedException {
    require(at, 1);
    long absolute = start + at;
    if (array != null) {
      return array[(int) absolute] & 0xFF;
    }
    if (absolute < windowStart || absolute >= windowStart + windowLength) {
      int length = (int) Math.min(WINDOW, size - at);
      allowance.take(length);
      if (window.length < length) {
        window = new byte[length];
      }
      read(absolute, window, length);
      windowStart = absolute;
      windowLength = length;
    }
    return window[(int) (absolute - windowStart)] & 0xFF;
  }

  /** Two bytes, the most significant first. */
  public int u16(long at) throws DamagedException {
    return u8(at) << 8 | u8(at + 1);
  }

  /** Four bytes, the most significant first, without a sign. */
  public long u32(long at) throws DamagedException {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  /** Eight bytes, the most significant first; too large a number is {@link Long#MAX_VALUE}. */
  public long u64(long at) throws DamagedException {
    long number = u32(at) << 32 | u32(at + 4);
    return number < 0 ? Long.MAX_VALUE : number;
  }

  /** Four bytes, the least significant first, without a sign. */
  public long u32LittleEndian(long at) throws DamagedException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(at)));
  }

  /** Four bytes as characters, such as a chunk's name. */
  public String name(long at) throws DamagedException {
    return text(at, 4);
  }

  /** A few bytes as characters of Latin-1. */
  public String text(long at, int length) throws DamagedException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) u8(at + i);
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Whether there are such characters at a place. */
  public boolean has(long at, String text) throws DamagedException {
    return at >= 0 && at + text.length() <= size && text(at, text.length()).equals(text);
  }

  private void require(long from, long length) throws DamagedException {
    if (from < 0 || length < 0 || length > size - from) {
      throw new DamagedException(
          "it ends too early, or states a wrong length (%,d bytes from %,d on, of %,d)"
              .formatted(length, from, size));
    }
  }

  private void read(long at, byte[] into, int length) {
    try {
      source.read(at, into, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.unmask.keras.archive;

import io.unmask.keras.bytes.ByteSource;
import io.unmask.keras.fault.DefectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The central directory of a ZIP archive, ZIP64 included. {@code java.util.zip} does not tell where
 * a member lies, which is what mapping it into memory takes.
 *
 * <p>The layout is that of PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3.
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64 = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int LOCATOR64_SIZE = 20;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_SIZE = 46;
  private static final int MAX_COMMENT = 0xffff;
  private static final long MAX_DIRECTORY = 16 << 20;
  private static final long IN_ZIP64 = 0xffffffffL;

  private final ByteSource file;
  private final long fileSize;

  private ZipDirectory(ByteSource file) throws IOException {
    this.file = file;
    this.fileSize = file.size();
  }

  /** The members by name, in the directory's order. */
  static Map<String, ZipMember> read(ByteSource file) throws IOException {
    return new ZipDirectory(file).members();
  }

  static DefectException damaged(String what) {
    return new DefectException(
        "expected a complete ZIP archive, but "
            + what
            + "; the file is damaged or was not copied whole: fetch or save it again");
  }

  /** Little-endian bytes of the file. */
  static ByteBuffer bytes(ByteSource file, long position, long length) throws IOException {
    if (position < 0 || length < 0 || position > file.size() - length) {
      throw damaged("it points to byte " + position + " of " + file.size());
    }
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw damaged("it ends while it is read");
      }
    }
    return buffer.flip();
  }

  private Map<String, ZipMember> members() throws IOException {
    ByteBuffer tail = bytes(file, Math.max(0, fileSize - END_SIZE - MAX_COMMENT), tailLength());
    int end = tail.limit() - END_SIZE;
    while (end >= 0 && !(tail.getInt(end) == END && fits(tail, end))) {
      end--;
    }
    if (end < 0) {
      throw damaged("its central directory is missing");
    }
    long entries = tail.getShort(end + 10) & 0xffff;
    long size = tail.getInt(end + 12) & IN_ZIP64;
    long offset = tail.getInt(end + 16) & IN_ZIP64;
    long endPosition = fileSize - tail.limit() + end;
    if (offset == IN_ZIP64 || size == IN_ZIP64 || entries == 0xffff) {
      ByteBuffer end64 = end64(endPosition);
      entries = end64.getLong(32);
      size = end64.getLong(40);
      offset = end64.getLong(48);
    }
    if (size < 0 || size > MAX_DIRECTORY || entries < 0 || entries > size / ENTRY_SIZE) {
      throw damaged("its central directory of " + size + " bytes cannot hold " + entries);
    }
    if (offset < 0 || offset > endPosition - size) {
      throw damaged("its central directory lies outside of it");
    }
    return entries(bytes(file, offset, size), entries);
  }

  private long tailLength() {
    return Math.min(fileSize, END_SIZE + MAX_COMMENT);
  }

  private static boolean fits(ByteBuffer tail, int end) {
    return end + END_SIZE + (tail.getShort(end + 20) & 0xffff) == tail.limit();
  }

  private ByteBuffer end64(long endPosition) throws IOException {
    ByteBuffer locator = bytes(file, endPosition - LOCATOR64_SIZE, LOCATOR64_SIZE);
    if (locator.getInt(0) != LOCATOR64) {
      throw damaged("its ZIP64 locator is missing");
    }
    ByteBuffer end64 = bytes(file, locator.getLong(8), END64_SIZE);
    if (end64.getInt(0) != END64) {
      throw damaged("its ZIP64 directory is missing");
    }
    return end64;
  }

  private static Map<String, ZipMember> entries(ByteBuffer directory, long count) {
    Map<String, ZipMember> members = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      if (directory.remaining() < ENTRY_SIZE || directory.getInt(directory.position()) != ENTRY) {
        throw damaged("entry " + (i + 1) + " of its central directory is missing");
      }
      ByteBuffer entry = directory.slice().order(ByteOrder.LITTLE_ENDIAN);
      int name = entry.getShort(28) & 0xffff;
      int extra = entry.getShort(30) & 0xffff;
      int length = ENTRY_SIZE + name + extra + (entry.getShort(32) & 0xffff);
      if (length > entry.limit()) {
        throw damaged("entry " + (i + 1) + " of its central directory is cut off");
      }
      ZipMember member = member(entry, name, extra);
      checkName(member.name());
      if (members.put(member.name(), member) != null) {
        throw new DefectException(
            "the archive has two members named '"
                + member.name()
                + "', and which is meant cannot be known; save the model again");
      }
      directory.position(directory.position() + length);
    }
    return members;
  }

  private static ZipMember member(ByteBuffer entry, int nameLength, int extraLength) {
    byte[] name = new byte[nameLength];
    entry.get(ENTRY_SIZE, name);
    long packed = entry.getInt(20) & IN_ZIP64;
    long size = entry.getInt(24) & IN_ZIP64;
    long header = entry.getInt(42) & IN_ZIP64;
    int field = ENTRY_SIZE + nameLength;
    int end = field + extraLength;
    while (field + 4 <= end) {
      int tag = entry.getShort(field) & 0xffff;
      int next = field + 4 + (entry.getShort(field + 2) & 0xffff);
      if (tag == 1) { // ZIP64: those of the three that did not fit, in this order
        int at = field + 4;
        if (size == IN_ZIP64 && at + 8 <= Math.min(next, end)) {
          size = entry.getLong(at);
          at += 8;
        }
        if (packed == IN_ZIP64 && at + 8 <= Math.min(next, end)) {
          packed = entry.getLong(at);
          at += 8;
        }
        if (header == IN_ZIP64 && at + 8 <= Math.min(next, end)) {
          header = entry.getLong(at);
        }
      }
      field = next;
    }
    return new ZipMember(
        new String(name, StandardCharsets.UTF_8),
        entry.getShort(10) & 0xffff,
        (entry.getShort(8) & 1) != 0,
        entry.getInt(16) & IN_ZIP64,
        packed,
        size,
        header);
  }

  private static void checkName(String name) {
    for (String part : name.split("[/\\\\]", -1)) {
      if (part.equals("..")) {
        throw new DefectException(
            "the archive has a member named '"
                + name
                + "', which points outside of it; Keras writes none such: do not trust this file");
      }
    }
  }
}

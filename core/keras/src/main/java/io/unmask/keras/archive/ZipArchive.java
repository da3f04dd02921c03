package io.unmask.keras.archive;

import io.unmask.keras.bytes.ByteSource;
import io.unmask.keras.bytes.Bytes;
import io.unmask.keras.fault.DefectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The members of a ZIP archive: stored ones as they lie there, deflated ones inflated. */
public final class ZipArchive {

  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;

  /** Weights hardly shrink; what grows more than this is meant to exhaust memory. */
  private static final long MAX_RATIO = 20;

  /** What a member may always grow to, for the zeros between the groups of a small HDF5 file. */
  private static final long ALWAYS_ALLOWED = 16 << 20;

  private final ByteSource file;
  private final Map<String, ZipMember> members;

  private ZipArchive(ByteSource file, Map<String, ZipMember> members) {
    this.file = file;
    this.members = members;
  }

  /** Reads the directory; the file must stay open while members are read. */
  public static ZipArchive open(ByteSource file) throws IOException {
    return new ZipArchive(file, ZipDirectory.read(file));
  }

  /** The named member, or null. */
  public @Nullable ZipMember find(String name) {
    return members.get(name);
  }

  /** The bytes of a small member, checked against its checksum. */
  public byte[] bytes(ZipMember member, long most) throws IOException {
    if (member.size() > most) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "its %s is declared to be %,d bytes long, and at most %,d are read",
              member.name(),
              member.size(),
              most));
    }
    Bytes content = open(member);
    byte[] bytes = new byte[Math.toIntExact(content.size())];
    content.slice(0, bytes.length).get(bytes);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != member.crc()) {
      throw ZipDirectory.damaged("the checksum of " + member.name() + " is wrong");
    }
    return bytes;
  }

  /** The content of a member, which is not copied as a whole if it is stored. */
  public Bytes open(ZipMember member) throws IOException {
    if (member.encrypted()) {
      throw new DefectException(
          "its " + member.name() + " is encrypted; pack the model without a password");
    }
    if (member.size() > Integer.MAX_VALUE || member.packedSize() > Integer.MAX_VALUE) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "its %s is %,d bytes long, and at most %,d can be read",
              member.name(),
              member.size(),
              Integer.MAX_VALUE));
    }
    Bytes packed = file.part(start(member), member.packedSize());
    return switch (member.method()) {
      case ZipMember.STORED -> {
        if (member.size() != member.packedSize()) {
          throw ZipDirectory.damaged("the sizes of " + member.name() + " contradict each other");
        }
        yield packed;
      }
      case ZipMember.DEFLATED ->
          new Bytes.InMemory(inflate(member, packed.slice(0, (int) member.packedSize())));
      default ->
          throw new DefectException(
              "its %s is packed with method %d, and only stored (0) and deflated (8) can be read; save it again"
                  .formatted(member.name(), member.method()));
    };
  }

  /** Where the bytes of a member begin. */
  public long start(ZipMember member) throws IOException {
    ByteBuffer local = ZipDirectory.bytes(file, member.header(), LOCAL_SIZE);
    if (local.getInt(0) != LOCAL) {
      throw ZipDirectory.damaged("the header of " + member.name() + " is not where it should be");
    }
    long start =
        member.header()
            + LOCAL_SIZE
            + (local.getShort(26) & 0xffff)
            + (local.getShort(28) & 0xffff);
    if (start > file.size() - member.packedSize()) {
      throw ZipDirectory.damaged(member.name() + " reaches beyond its end");
    }
    return start;
  }

  private static ByteBuffer inflate(ZipMember member, ByteBuffer packed) {
    if (member.size() > Math.max(ALWAYS_ALLOWED, MAX_RATIO * member.packedSize())) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "its %s is declared to grow from %,d to %,d bytes, which no model does; do not trust this file",
              member.name(),
              member.packedSize(),
              member.size()));
    }
    ByteBuffer content = ByteBuffer.allocateDirect((int) member.size());
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      while (content.hasRemaining() && inflater.inflate(content) > 0) {
        // until it is full or nothing more comes
      }
      if (content.hasRemaining()) {
        throw ZipDirectory.damaged(member.name() + " is shorter than declared");
      }
    } catch (DataFormatException e) {
      throw ZipDirectory.damaged(member.name() + " cannot be inflated");
    } finally {
      inflater.end();
    }
    return content.flip();
  }
}

package io.unmask.keras.archive;

/**
 * A member of a ZIP archive, as the central directory has it.
 *
 * @param name its path in the archive
 * @param method 0 for stored, 8 for deflated
 * @param encrypted whether it needs a password
 * @param crc the checksum of its bytes
 * @param packedSize its size in the archive
 * @param size its size
 * @param header where its local header begins
 */
public record ZipMember(
    String name, int method, boolean encrypted, long crc, long packedSize, long size, long header) {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Whether its bytes lie in the archive as they are. */
  public boolean isPlain() {
    return method == STORED && !encrypted && size == packedSize;
  }
}

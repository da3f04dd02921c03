package io.unmask.keras.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what a file is known again when it is opened once more. Immutable.
 *
 * @param key what the file system calls it, such as its inode, or null if it has no such name
 * @param size in bytes
 * @param modified when it was written to
 */
public record FileStamp(@Nullable Object key, long size, FileTime modified) {

  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
  }

  /** Written out what records are given, which Java would make up when a process starts. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileStamp stamp
        && Objects.equals(key, stamp.key)
        && size == stamp.size
        && modified.equals(stamp.modified);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, size, modified);
  }
}

package io.unmask.keras.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of a model file, which lies on the disk or is in memory. */
public sealed interface ByteSource {

  /** How many there are. */
  long size() throws IOException;

  /** Reads as many as the target has room for and the file has left; -1 if that is none. */
  int read(ByteBuffer target, long position) throws IOException;

  /** A part of them, which is not copied as a whole. */
  Bytes part(long start, long length);

  /** Where large arrays of the HDF5 that begins there are read later, or null if in memory. */
  @Nullable WeightFile weights(long start);

  /**
   * A file that is open while the model in it is understood.
   *
   * @param path where it is
   * @param stamp by which it is known again
   * @param channel the file
   */
  record OnDisk(Path path, FileStamp stamp, FileChannel channel) implements ByteSource {

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return channel.read(target, position);
    }

    @Override
    public Bytes part(long start, long length) {
      return new Bytes.OnDisk(this, start, length);
    }

    @Override
    public WeightFile weights(long start) {
      return new WeightFile(path, stamp, start);
    }
  }

  /**
   * A file that is in memory as a whole.
   *
   * @param bytes from 0 to the limit; they do not change
   */
  record InMemory(ByteBuffer bytes) implements ByteSource {

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public int read(ByteBuffer target, long position) {
      if (position >= bytes.limit()) {
        return -1;
      }
      int start = Math.toIntExact(position);
      int count = Math.min(target.remaining(), bytes.limit() - start);
      target.put(bytes.slice(start, count));
      return count;
    }

    @Override
    public Bytes part(long start, long length) {
      return new Bytes.InMemory(bytes.slice(Math.toIntExact(start), Math.toIntExact(length)));
    }

    @Override
    public @Nullable WeightFile weights(long start) {
      return null;
    }
  }
}

package io.unmask.keras.bytes;

import io.unmask.error.InterruptionException;
import io.unmask.error.ModelFormatException;
import io.unmask.files.FileFault;
import io.unmask.network.FloatSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that arrays can be read from later. It is opened for each array anew, by the thread that
 * reads it: so nothing stays open when all is read, and a thread that is interrupted closes its own
 * channel alone. (A channel that threads shared would be closed for all of them.) It is not mapped
 * into memory: pages that were mapped and read count as the process's own, and stay, though they
 * are read only once.
 *
 * @param path where it is
 * @param stamp by which it is known again
 * @param start where its HDF5 begins
 */
public record WeightFile(Path path, FileStamp stamp, long start) {

  /** Arrays that are smaller than this many numbers are copied when the model is read. */
  public static final int SMALL = 4096;

  /** The numbers at an address in the HDF5, in the given order. */
  public FloatSource floats(long address, ByteOrder order) {
    return () -> new Floats(open(), address, order);
  }

  /**
   * Opens the file.
   *
   * @throws ModelFormatException if it is not there any more, or is another
   */
  public Open open() {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw failure(e);
    }
    try {
      if (!FileStamp.of(path).equals(stamp)) {
        throw changed();
      }
      return new Open(this, channel);
    } catch (IOException e) {
      close(channel);
      throw failure(e);
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private ModelFormatException changed() {
    return new ModelFormatException(
        path
            + ": was changed or replaced while the model was being read from it; read the model"
            + " again, and let files that are in use as they are");
  }

  private RuntimeException failure(IOException e) {
    return InterruptionException.isBehind(e)
        ? new InterruptionException(path.toString(), e)
        : new ModelFormatException(path + ": cannot be read any more: " + FileFault.reason(e), e);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  /**
   * The file while it is open. For one thread.
   *
   * @param file which
   * @param channel that of this reader alone
   */
  public record Open(WeightFile file, FileChannel channel) implements AutoCloseable {

    /** Fills the target with the bytes at an address in the HDF5. */
    public void read(long address, ByteBuffer target) {
      long next = file.start + address;
      try {
        while (target.hasRemaining()) {
          int count = channel.read(target, next);
          if (count < 0) {
            throw file.changed();
          }
          next += count;
        }
      } catch (IOException e) {
        throw file.failure(e);
      }
    }

    @Override
    public void close() {
      WeightFile.close(channel);
    }
  }

  private record Floats(Open file, long address, ByteOrder order) implements FloatSource.Reader {

    @Override
    public void read(int index, ByteBuffer target) {
      int from = target.position();
      file.read(address + (long) index * Float.BYTES, target);
      if (order != ByteOrder.nativeOrder()) {
        for (int i = from; i < target.limit(); i += Float.BYTES) {
          target.putInt(i, Integer.reverseBytes(target.getInt(i)));
        }
      }
    }

    @Override
    public void close() {
      file.close();
    }
  }
}

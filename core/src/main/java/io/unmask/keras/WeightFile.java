package io.unmask.keras;

import io.unmask.error.ModelFormatException;
import io.unmask.network.FloatSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file that stays open while arrays in it can still be read. It is not mapped into memory: pages
 * that were mapped and read count as the process's own, and stay, though they are read only once.
 * The channel closes itself when nothing refers to it any more.
 *
 * @param path what it is called in messages
 * @param channel the file
 * @param start where its HDF5 begins
 */
record WeightFile(Path path, FileChannel channel, long start) {

  /** Arrays that are smaller than this many numbers are copied when the model is read. */
  static final int SMALL = 4096;

  /** The numbers at an address in the HDF5, in the given order. */
  FloatSource floats(long address, ByteOrder order) {
    return (index, target) -> {
      int from = target.position();
      read(address + (long) index * Float.BYTES, target);
      if (order != ByteOrder.nativeOrder()) {
        for (int i = from; i < target.limit(); i += Float.BYTES) {
          target.putInt(i, Integer.reverseBytes(target.getInt(i)));
        }
      }
    };
  }

  /** Fills the target with the bytes at an address in the HDF5. */
  void read(long address, ByteBuffer target) {
    long next = start + address;
    try {
      while (target.hasRemaining()) {
        int count = channel.read(target, next);
        if (count < 0) {
          throw new ModelFormatException(
              path
                  + ": was shortened while it was being read; put another file in its place by"
                  + " writing it elsewhere and moving it");
        }
        next += count;
      }
    } catch (IOException e) {
      throw new ModelFormatException(path + ": cannot be read any more: " + e, e);
    }
  }
}

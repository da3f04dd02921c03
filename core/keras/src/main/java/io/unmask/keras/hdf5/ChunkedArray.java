package io.unmask.keras.hdf5;

import io.unmask.jhdf.api.dataset.ChunkedDataset;
import io.unmask.jhdf.filter.PipelineFilterWithData;
import io.unmask.keras.fault.DefectException;
import io.unmask.network.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Puts together an array that is stored in chunks, each of which may be compressed. jhdf does so
 * too, but makes as much of a compressed chunk as comes out of it, and works on as many chunks as
 * are listed, wherever they say that they belong.
 */
final class ChunkedArray {

  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int CHECKSUM = 3;
  private static final int CHECKSUM_BYTES = 4;

  private final ChunkedDataset dataset;
  private final int[] extents;
  private final int[] chunk;
  private final int elementBytes;
  private final List<PipelineFilterWithData> filters;

  private ChunkedArray(ChunkedDataset dataset, Shape shape, int elementBytes) {
    this.dataset = dataset;
    this.extents = shape.toArray();
    this.chunk = dataset.getChunkDimensions();
    this.elementBytes = elementBytes;
    this.filters = dataset.getFilters();
    for (PipelineFilterWithData filter : filters) {
      if (filter.getId() != DEFLATE && filter.getId() != SHUFFLE && filter.getId() != CHECKSUM) {
        throw new DefectException(
            "is compressed with "
                + filter.getName()
                + ", and only gzip, with or without shuffling, can be read; save the model again");
      }
    }
  }

  /** How many numbers a chunk holds, which is no more than the array does. */
  static long chunkSize(ChunkedDataset dataset, Shape shape) {
    int[] chunk = dataset.getChunkDimensions();
    boolean fits = chunk.length == shape.rank();
    long size = 1;
    for (int axis = 0; fits && axis < chunk.length; axis++) {
      fits = chunk[axis] >= 1 && chunk[axis] <= shape.extent(axis);
      size *= chunk[axis];
    }
    if (!fits) {
      throw new DefectException(
          "is stored in chunks of %s, which do not fit %s; the file is damaged: save it again"
              .formatted(Arrays.toString(chunk), shape));
    }
    return size;
  }

  /** The bytes of the whole array, row by row. */
  static ByteBuffer read(ChunkedDataset dataset, Shape shape, int elementBytes) {
    chunkSize(dataset, shape);
    return new ChunkedArray(dataset, shape, elementBytes).read(shape.size());
  }

  private ByteBuffer read(int size) {
    byte[] all = new byte[Math.multiplyExact(size, elementBytes)];
    int[] origin = new int[extents.length];
    do {
      copy(decoded(origin), origin, all);
    } while (next(origin, extents, chunk));
    return ByteBuffer.wrap(all);
  }

  /** Steps to the next position in row-major order; false behind the last. */
  private static boolean next(int[] position, int[] ends, int[] steps) {
    for (int axis = position.length - 1; axis >= 0; axis--) {
      position[axis] += steps[axis];
      if (position[axis] < ends[axis]) {
        return true;
      }
      position[axis] = 0;
    }
    return false;
  }

  private void copy(byte[] content, int[] origin, byte[] all) {
    int last = extents.length - 1;
    int[] inside = new int[extents.length];
    int[] ends = new int[extents.length];
    int[] steps = new int[extents.length];
    Arrays.fill(steps, 1);
    for (int axis = 0; axis <= last; axis++) {
      ends[axis] = Math.min(chunk[axis], extents[axis] - origin[axis]);
    }
    steps[last] = ends[last];
    do {
      int from = 0;
      int to = 0;
      for (int axis = 0; axis <= last; axis++) {
        from = from * chunk[axis] + inside[axis];
        to = to * extents[axis] + origin[axis] + inside[axis];
      }
      System.arraycopy(
          content, from * elementBytes, all, to * elementBytes, ends[last] * elementBytes);
    } while (next(inside, ends, steps));
  }

  private byte[] decoded(int[] origin) {
    ByteBuffer stored = dataset.getRawChunkBuffer(origin);
    int expected = elementBytes;
    for (int extent : chunk) {
      expected = Math.multiplyExact(expected, extent);
    }
    byte[] bytes = new byte[(int) Math.min(stored.remaining(), 2L * expected + 1024)];
    stored.get(bytes);
    for (int i = filters.size() - 1; i >= 0; i--) {
      bytes =
          switch (filters.get(i).getId()) {
            case DEFLATE -> inflated(bytes, expected + CHECKSUM_BYTES);
            case SHUFFLE -> unshuffled(bytes, filters.get(i).getFilterData());
            default -> Arrays.copyOf(bytes, Math.max(0, bytes.length - CHECKSUM_BYTES));
          };
    }
    if (bytes.length != expected) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "has a chunk of %,d bytes instead of %,d; the file is damaged: copy or save it again",
              bytes.length,
              expected));
    }
    return bytes;
  }

  private static byte[] inflated(byte[] packed, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      byte[] content = new byte[most];
      int filled = 0;
      int count = 1;
      while (count > 0 && filled < most) {
        count = inflater.inflate(content, filled, most - filled);
        filled += count;
      }
      return Arrays.copyOf(content, filled);
    } catch (DataFormatException e) {
      throw new DefectException(
          "has a chunk that cannot be inflated; the file is damaged: copy or save it again", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] unshuffled(byte[] bytes, int[] parameters) {
    int width = parameters.length == 0 ? 1 : parameters[0];
    if (width < 2 || width > bytes.length) {
      return bytes;
    }
    byte[] ordered = bytes.clone(); // what is left over is not shuffled
    int count = bytes.length / width;
    for (int part = 0; part < width; part++) {
      for (int i = 0; i < count; i++) {
        ordered[i * width + part] = bytes[part * count + i];
      }
    }
    return ordered;
  }
}

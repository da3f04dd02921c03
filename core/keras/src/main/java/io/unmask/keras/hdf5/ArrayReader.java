package io.unmask.keras.hdf5;

import io.unmask.jhdf.api.Dataset;
import io.unmask.jhdf.api.Node;
import io.unmask.jhdf.api.dataset.ChunkedDataset;
import io.unmask.jhdf.api.dataset.ContiguousDataset;
import io.unmask.jhdf.dataset.DatasetReader;
import io.unmask.jhdf.object.datatype.DataType;
import io.unmask.jhdf.object.datatype.FloatingPoint;
import io.unmask.keras.bytes.WeightFile;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.fault.MisfitException;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads datasets as arrays of 32-bit floats: those stored in one piece, of 32 or 16 bits, as parts
 * of the file, others as copies of bounded total size.
 */
public final class ArrayReader {

  /** What copies may take whatever the size of the file. */
  private static final long ALWAYS_ALLOWED = 64 << 20;

  /** How far compressed weights may grow; real ones hardly shrink. */
  private static final long MAX_RATIO = 20;

  private final @Nullable WeightFile file;
  private final List<StoredArray> stored = new ArrayList<>();
  private boolean copied;
  private long budget;

  /**
   * A reader of datasets.
   *
   * @param fileSize the size of the file that they lie in
   * @param file where large ones may be read later, or null if they are in memory as it is
   */
  public ArrayReader(long fileSize, @Nullable WeightFile file) {
    this.file = file;
    budget = ALWAYS_ALLOWED + MAX_RATIO * fileSize;
  }

  /** The array in a node, which must be of the given shape. */
  public Weights read(Node node, Shape expected) {
    if (!(node instanceof Dataset dataset)) {
      throw new DefectException("is a group rather than an array; save the model again");
    }
    long[] extents = dataset.getDimensionsAsLong();
    if (!equal(extents, expected)) {
      throw new MisfitException(
          "has shape "
              + Arrays.toString(extents).replace('[', '(').replace(']', ')')
              + " in the file, but the layer asks for "
              + expected);
    }
    int bytes = bytesPerNumber(dataset.getDataType());
    if (dataset instanceof ContiguousDataset contiguous && bytes == Float.BYTES) {
      return view(contiguous, expected);
    }
    copied = true;
    if (dataset instanceof ContiguousDataset contiguous && bytes == Short.BYTES) {
      return halves(contiguous, expected);
    }
    return copy(dataset, expected, bytes);
  }

  private static boolean equal(long[] extents, Shape shape) {
    boolean equal = extents.length == shape.rank();
    for (int axis = 0; equal && axis < extents.length; axis++) {
      equal = extents[axis] == shape.extent(axis);
    }
    return equal;
  }

  /** Where all arrays lie that have been read, or null if some do not lie there as they are. */
  public @Nullable List<StoredArray> stored() {
    return copied || file == null ? null : stored;
  }

  private Weights view(ContiguousDataset dataset, Shape shape) {
    if (dataset.isEmpty()) {
      throw missing();
    }
    if (file != null && shape.size() >= WeightFile.SMALL) {
      return later(dataset, shape, file);
    }
    ByteBuffer content = dataset.getBuffer();
    FloatBuffer floats = content.asFloatBuffer();
    if (floats.remaining() != shape.size()) {
      throw missing();
    }
    if (file == null) {
      return Weights.view(shape, floats);
    }
    Weights weights = Weights.view(shape, FloatBuffer.allocate(shape.size()).put(floats).flip());
    stored.add(new StoredArray(weights, dataset.getDataAddress(), content.order()));
    return weights;
  }

  /** A large array, which is read when it is asked for. */
  private Weights later(ContiguousDataset dataset, Shape shape, WeightFile file) {
    long address = reserve(dataset, shape, Float.BYTES);
    ByteOrder order = order(dataset);
    Weights weights = Weights.from(shape, file.floats(address, order));
    stored.add(new StoredArray(weights, address, order));
    return weights;
  }

  /**
   * An array of 16-bit floats, which is widened when it is asked for, or at once if it is small.
   */
  private Weights halves(ContiguousDataset dataset, Shape shape) {
    if (dataset.isEmpty()) {
      throw missing();
    }
    if (file != null && shape.size() >= WeightFile.SMALL) {
      long address = reserve(dataset, shape, Short.BYTES);
      return Weights.from(shape, Halves.in(file, address, order(dataset)));
    }
    ShortBuffer bits = dataset.getBuffer().asShortBuffer();
    if (bits.remaining() != shape.size()) {
      throw missing();
    }
    Weights weights = Weights.from(shape, Halves.in(bits));
    return file == null && shape.size() >= WeightFile.SMALL ? weights : weights.inMemory();
  }

  /** Where an array lies that is read later, all of which must be in the file. */
  private static long reserve(ContiguousDataset dataset, Shape shape, int bytesPerNumber) {
    long bytes = dataset.getSizeInBytes();
    if (bytes != (long) shape.size() * bytesPerNumber) {
      throw missing();
    }
    long address = dataset.getDataAddress();
    Hdf5.reserve(dataset, address, bytes);
    return address;
  }

  private static ByteOrder order(ContiguousDataset dataset) {
    return ((FloatingPoint) dataset.getDataType()).getByteOrder();
  }

  private Weights copy(Dataset dataset, Shape shape, int bytesPerNumber) {
    long needed = (long) shape.size() * (bytesPerNumber + Float.BYTES);
    if (dataset instanceof ChunkedDataset chunked) {
      needed += ChunkedArray.chunkSize(chunked, shape) * 3 * bytesPerNumber;
    }
    budget -= needed;
    if (budget < 0) {
      throw new DefectException(
          "is declared larger than a file of this size can hold;"
              + " the file is damaged, or not to be trusted");
    }
    if (dataset.isEmpty()) {
      throw missing();
    }
    Object numbers =
        dataset instanceof ChunkedDataset chunked
            ? numbers(chunked, shape, bytesPerNumber)
            : dataset.getDataFlat();
    float[] floats = numbers instanceof float[] ready ? ready : new float[shape.size()];
    if (numbers instanceof double[] doubles && doubles.length == floats.length) {
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
    }
    return Weights.view(shape, FloatBuffer.wrap(floats));
  }

  private static Object numbers(ChunkedDataset dataset, Shape shape, int bytesPerNumber) {
    DataType type = dataset.getDataType();
    ByteBuffer bytes = ChunkedArray.read(dataset, shape, bytesPerNumber);
    return DatasetReader.readDataset(type, bytes, shape.size(), null); // null: nothing elsewhere
  }

  private static int bytesPerNumber(DataType type) {
    if (type instanceof FloatingPoint number) {
      int size = number.getSize();
      boolean ieee =
          switch (size) {
            case 2 -> number.getExponentSize() == 5 && number.getMantissaSize() == 10;
            case 4 -> number.getExponentSize() == 8 && number.getMantissaSize() == 23;
            case 8 -> number.getExponentSize() == 11 && number.getMantissaSize() == 52;
            default -> false;
          };
      if (ieee && number.getBitPrecision() == 8 * size) {
        return size;
      }
    }
    throw new DefectException(
        "does not hold floating-point numbers of 16, 32 or 64 bits, but "
            + type.getClass().getSimpleName()
            + " of "
            + type.getSize()
            + " byte(s); save the model unquantized, as float32");
  }

  private static DefectException missing() {
    return new DefectException(
        "is declared, but its numbers are not stored; the file is damaged: copy or save it again");
  }
}

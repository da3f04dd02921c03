package io.unmask.keras.hdf5;

import io.unmask.jhdf.checksum.JenkinsLookup3HashLittle;
import io.unmask.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups and arrays of floats as HDF5, in the newer form of the format (superblock 2, object
 * headers 2, links in the headers), each array in one piece. jhdf's own writer (0.13) is not used:
 * its files cannot be read when a group is empty, it takes arrays of arrays, and it warns of itself
 * in the user's log.
 *
 * <p>The numbers are those of the HDF5 File Format Specification, version 3.0.
 */
public final class Hdf5Writer {

  /** A group or an array. */
  sealed interface Entry permits Group, Dataset {}

  /** A group, with or without a text attribute {@code name}. */
  public static final class Group implements Entry {

    private final @Nullable String name;
    private final Map<String, Entry> children = new LinkedHashMap<>();
    private long address;

    public Group(@Nullable String name) {
      this.name = name;
    }

    /** Adds a group. */
    public Group group(String child, @Nullable String name) {
      Group group = new Group(name);
      children.put(child, group);
      return group;
    }

    /** Adds an array. */
    public void dataset(String child, Weights weights, boolean half) {
      children.put(child, new Dataset(weights, half));
    }
  }

  private static final class Dataset implements Entry {

    private final Weights weights;
    private final boolean half;
    private long address;
    private long data;

    Dataset(Weights weights, boolean half) {
      this.weights = weights;
      this.half = half;
    }

    long size() {
      return (long) weights.size() * (half ? Short.BYTES : Float.BYTES);
    }
  }

  private static final int SUPERBLOCK = 48;

  /** What a message has before its content: type, size and flags. */
  private static final int MESSAGE = 4;

  private static final int LINK_INFO_SIZE = 18;
  private static final int GROUP_INFO_SIZE = 2;
  private static final long UNDEFINED = -1;

  private static final int DATASPACE = 1;
  private static final int LINK_INFO = 2;
  private static final int DATATYPE = 3;
  private static final int FILL_VALUE = 5;
  private static final int LINK = 6;
  private static final int LAYOUT = 8;
  private static final int GROUP_INFO = 10;
  private static final int ATTRIBUTE = 12;

  private static final byte[] ATTRIBUTE_NAME = {'n', 'a', 'm', 'e', 0};

  private final OutputStream output;
  private long written;

  private Hdf5Writer(OutputStream output) {
    this.output = output;
  }

  /** Writes a file. */
  public static void write(Group root, OutputStream output) throws IOException {
    long end = place(root, SUPERBLOCK);
    Hdf5Writer writer = new Hdf5Writer(output);
    writer.emit(superblock(root.address, end));
    writer.emit(root);
    writer.pad(end);
  }

  /** Gives everything its address and returns where it ends. */
  private static long place(Entry entry, long start) {
    if (entry instanceof Dataset dataset) {
      dataset.address = start;
      dataset.data = aligned(start + header(dataset).remaining());
      return aligned(dataset.data + dataset.size());
    }
    Group group = (Group) entry;
    group.address = start;
    long position = aligned(start + header(group).remaining());
    for (Entry child : group.children.values()) {
      position = place(child, position);
    }
    return position;
  }

  private static long aligned(long position) {
    return (position + 7) & -8;
  }

  private void emit(Entry entry) throws IOException {
    if (entry instanceof Dataset dataset) {
      pad(dataset.address);
      emit(header(dataset));
      pad(dataset.data);
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.toIntExact(dataset.size())).order(ByteOrder.LITTLE_ENDIAN);
      if (dataset.half) {
        for (float value : dataset.weights.toArray()) {
          bytes.putShort(Half.bits(value));
        }
        bytes.flip();
      } else {
        dataset.weights.copyTo(bytes.asFloatBuffer());
      }
      emit(bytes);
    } else if (entry instanceof Group group) {
      pad(group.address);
      emit(header(group));
      for (Entry child : group.children.values()) {
        emit(child);
      }
    }
  }

  private void emit(ByteBuffer bytes) throws IOException {
    output.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    written += bytes.remaining();
  }

  private void pad(long position) throws IOException {
    emit(ByteBuffer.allocate(Math.toIntExact(position - written)));
  }

  private static ByteBuffer superblock(long root, long end) {
    ByteBuffer bytes = ByteBuffer.allocate(SUPERBLOCK).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(Hdf5.signature()).put((byte) 2).put((byte) Long.BYTES).put((byte) Long.BYTES);
    bytes.put((byte) 0).putLong(0).putLong(UNDEFINED).putLong(end).putLong(root);
    return sealed(bytes);
  }

  /** Appends the checksum. */
  private static ByteBuffer sealed(ByteBuffer bytes) {
    byte[] content = new byte[bytes.position()];
    bytes.get(0, content);
    return bytes.putInt(JenkinsLookup3HashLittle.hash(content)).flip();
  }

  private static ByteBuffer header(Group group) {
    ByteBuffer messages = buffer(size(group));
    begin(messages, LINK_INFO, LINK_INFO_SIZE)
        .putShort((short) 0)
        .putLong(UNDEFINED)
        .putLong(UNDEFINED);
    begin(messages, GROUP_INFO, GROUP_INFO_SIZE).putShort((short) 0);
    if (group.name != null) {
      attribute(messages, group.name.getBytes(StandardCharsets.UTF_8));
    }
    group.children.forEach((name, child) -> link(messages, name, child));
    return header(messages);
  }

  /** How many bytes the messages of a group take. */
  private static int size(Group group) {
    int size = MESSAGE + LINK_INFO_SIZE + MESSAGE + GROUP_INFO_SIZE;
    if (group.name != null) {
      size += MESSAGE + attributeSize(group.name.getBytes(StandardCharsets.UTF_8));
    }
    for (String child : group.children.keySet()) {
      size += MESSAGE + linkSize(child.getBytes(StandardCharsets.UTF_8));
    }
    return size;
  }

  private static int linkSize(byte[] name) {
    return 4 + name.length + Long.BYTES;
  }

  private static int attributeSize(byte[] value) {
    return 9 + ATTRIBUTE_NAME.length + 8 + 4 + value.length;
  }

  private static ByteBuffer header(Dataset dataset) {
    int[] extents = dataset.weights.shape().toArray();
    ByteBuffer messages = buffer(256 + extents.length * Long.BYTES);
    begin(messages, DATASPACE, 4 + extents.length * Long.BYTES);
    messages.put((byte) 2).put((byte) extents.length).put((byte) 0).put((byte) 1);
    for (int extent : extents) {
      messages.putLong(extent);
    }
    begin(messages, DATATYPE, 20);
    datatype(messages, dataset.half);
    begin(messages, FILL_VALUE, 2).put((byte) 3).put((byte) 0x0a);
    begin(messages, LAYOUT, 18).put((byte) 3).put((byte) 1);
    messages.putLong(dataset.data).putLong(dataset.size());
    return header(messages);
  }

  /** Version 1, class 1 (floating point), little endian: IEEE half or single. */
  private static void datatype(ByteBuffer messages, boolean half) {
    byte sign = (byte) (half ? 15 : 31);
    messages.put(new byte[] {0x11, 0x20, sign, 0}).putInt(half ? Short.BYTES : Float.BYTES);
    messages.putShort((short) 0).putShort((short) (half ? Short.SIZE : Float.SIZE));
    // Where exponent and mantissa begin and how long they are; the exponent's bias.
    messages.put(half ? new byte[] {10, 5, 0, 10} : new byte[] {23, 8, 0, 23});
    messages.putInt(half ? 15 : 127);
  }

  private static ByteBuffer header(ByteBuffer messages) {
    messages.flip();
    ByteBuffer bytes = buffer(messages.remaining() + 14);
    bytes.put(new byte[] {'O', 'H', 'D', 'R', 2, 2}).putInt(messages.remaining()).put(messages);
    return sealed(bytes);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer begin(ByteBuffer messages, int type, int size) {
    return messages.put((byte) type).putShort((short) size).put((byte) 0);
  }

  private static void link(ByteBuffer messages, String name, Entry child) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    begin(messages, LINK, linkSize(text));
    // Version 1; flags: the encoding is given and the length is one byte; UTF-8.
    messages.put((byte) 1).put((byte) 0x10).put((byte) 1).put((byte) text.length).put(text);
    messages.putLong(child instanceof Group group ? group.address : ((Dataset) child).address);
  }

  /** The attribute {@code name}, one text of fixed length in UTF-8. */
  private static void attribute(ByteBuffer messages, byte[] value) {
    begin(messages, ATTRIBUTE, attributeSize(value));
    messages.put((byte) 3).put((byte) 0).putShort((short) ATTRIBUTE_NAME.length);
    messages.putShort((short) 8).putShort((short) 4).put((byte) 0).put(ATTRIBUTE_NAME);
    // Version 1, class 3 (text), padded with zeros, UTF-8; then a scalar.
    messages.put(new byte[] {0x13, 0x11, 0, 0}).putInt(value.length);
    messages.put(new byte[] {2, 0, 0, 0}).put(value);
  }
}

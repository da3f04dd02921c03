package io.unmask.keras;

import io.unmask.jhdf.checksum.JenkinsLookup3HashLittle;
import io.unmask.keras.hdf5.Hdf5;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes HDF5 structures one by one, in the old form of the format (superblock 0), with whatever in
 * them. The numbers are those of the HDF5 File Format Specification, version 3.0.
 */
final class ForgedHdf5 {

  static final int NIL = 0;
  static final int LINK_INFO = 2;
  static final int ATTRIBUTE = 12;
  static final int SYMBOL_TABLE = 17;

  private static final long UNDEFINED = -1;
  private static final int SUPERBLOCK = 96;

  /** A text of variable length, of ASCII. */
  private static final byte[] TEXT = {0x19, 1, 0, 0, 16, 0, 0, 0, 0x13, 0, 0, 0, 1, 0, 0, 0};

  private final ByteBuffer file;

  ForgedHdf5(int capacity) {
    file = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    file.put(Hdf5.signature()).put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0});
    file.putLong(0).putLong(UNDEFINED).putLong(capacity).putLong(UNDEFINED);
    file.position(SUPERBLOCK);
  }

  /** A message of an object header. */
  record Message(int type, ByteBuffer content) {}

  static Message message(int type, int length) {
    return new Message(type, ByteBuffer.allocate(length));
  }

  static Message symbolTable(long tree, long heap) {
    return new Message(SYMBOL_TABLE, numbers(tree, heap));
  }

  static Message linkInfo(long heap, long tree) {
    ByteBuffer content = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    return new Message(LINK_INFO, content.putLong(2, heap).putLong(10, tree));
  }

  /**
   * An attribute of one text or of a list of them, each an address of a heap and an index there.
   */
  static Message texts(String name, int count, long heap, int index) {
    ByteBuffer content = attribute(name, 56 + 16 * count, 1, 0);
    content.put(TEXT).put(new byte[] {1, (byte) (count == 1 ? 0 : 1), 0, 0, 0, 0, 0, 0});
    content.putShort(6, (short) (count == 1 ? 8 : 16)); // one is no list
    if (count > 1) {
      content.putLong(count);
    }
    for (int i = 0; i < count; i++) {
      content.putInt(1).putLong(heap).putInt(index);
    }
    return new Message(ATTRIBUTE, content);
  }

  /** An attribute whose type is that of another object. */
  static Message attributeOfType(String name, long header) {
    ByteBuffer content = attribute(name, 48, 2, 1);
    return new Message(ATTRIBUTE, content.put(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}).putLong(header));
  }

  private static ByteBuffer attribute(String name, int length, int version, int flags) {
    ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    content.put((byte) version).put((byte) flags).putShort((short) 16);
    content.putShort((short) 16).putShort((short) 16);
    return content.put(name.getBytes(StandardCharsets.US_ASCII)).position(24);
  }

  private static ByteBuffer numbers(long... numbers) {
    ByteBuffer content =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    content.asLongBuffer().put(numbers);
    return content;
  }

  /** An object header; returns its address. */
  long header(Message... messages) {
    int size = 0;
    for (Message message : messages) {
      size += 8 + (message.content.capacity() + 7) / 8 * 8;
    }
    int address = begin();
    file.putShort((short) 1).putShort((short) messages.length).putInt(1).putInt(size).putInt(0);
    for (Message message : messages) {
      int length = (message.content.capacity() + 7) / 8 * 8;
      file.putShort((short) message.type).putShort((short) length).putInt(0);
      file.put(message.content.clear()).position(begin());
    }
    return address;
  }

  /** A node of the tree of a group; returns its address. */
  long tree(int level, int count, long child) {
    int address = begin();
    file.put("TREE".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) level);
    file.putShort((short) count).putLong(UNDEFINED).putLong(UNDEFINED);
    for (int i = 0; i < count; i++) {
      file.putLong(0).putLong(child);
    }
    file.position(address + 24 + (4 * count + 1) * Long.BYTES); // as much as jhdf reads
    return address;
  }

  /** Names of an object, all the same; returns their address. */
  long names(int count, long header) {
    int address = begin();
    file.put("SNOD".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 0);
    file.putShort((short) count);
    for (int i = 0; i < count; i++) {
      file.putLong(0).putLong(header).put(new byte[24]);
    }
    return address;
  }

  /** The heap of a group's names; returns its address. */
  long names(String name) {
    int address = begin();
    file.put("HEAP".getBytes(StandardCharsets.US_ASCII)).putInt(0).putLong(32).putLong(UNDEFINED);
    file.putLong(address + 32).put(name.getBytes(StandardCharsets.US_ASCII)).position(address + 64);
    return address;
  }

  /** A heap of one large text; returns its address. */
  long heap(int length) {
    int address = begin();
    file.put("GCOL".getBytes(StandardCharsets.US_ASCII)).putInt(1).putLong(length + 32L);
    file.putShort((short) 1).putShort((short) 1).putInt(0).putLong(length);
    file.put(" ".repeat(length).getBytes(StandardCharsets.US_ASCII));
    return address;
  }

  /** The header of a tree of the newer form that declares that many records. */
  long newTree(long records) {
    int address = begin();
    file.put("BTHD".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) 5);
    file.putInt(512).putShort((short) 11).putShort((short) 0).putShort((short) 0x2864);
    file.putLong(address).putShort((short) 1).putLong(records);
    byte[] covered = new byte[file.position() - address];
    file.get(address, covered);
    file.putInt(JenkinsLookup3HashLittle.hash(covered));
    return address;
  }

  private int begin() {
    int address = (file.position() + 7) / 8 * 8;
    file.position(address);
    return address;
  }

  /** The whole file with that root group. */
  byte[] withRoot(long header) {
    file.putLong(SUPERBLOCK - 32, header);
    return file.array();
  }
}

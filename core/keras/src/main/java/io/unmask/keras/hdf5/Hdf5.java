package io.unmask.keras.hdf5;

import io.unmask.jhdf.HdfFile;
import io.unmask.jhdf.api.Attribute;
import io.unmask.jhdf.api.Group;
import io.unmask.jhdf.api.Node;
import io.unmask.jhdf.object.datatype.DataType;
import io.unmask.jhdf.object.datatype.StringData;
import io.unmask.jhdf.object.datatype.VariableLength;
import io.unmask.jhdf.storage.HdfBackingStorage;
import io.unmask.keras.bytes.Bytes;
import io.unmask.keras.fault.DefectException;
import io.unmask.keras.hdf5.StoredArray.Extent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access to an HDF5 file in memory that follows no link. What jhdf throws over damage passes
 * through, for {@link #defect} to explain.
 */
public final class Hdf5 {

  /** What every such file begins with, a byte a character. */
  public static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";

  /** Bytes of an element of variable length. */
  private static final int ELEMENT = 16;

  private static final char UNKNOWN = '\uFFFD';

  private Hdf5() {}

  /** The bytes of {@link #SIGNATURE}. */
  public static byte[] signature() {
    return SIGNATURE.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The root group; the file stays open while its groups and attributes are looked at. */
  public static Group open(Bytes content, String what) {
    int start = (int) Math.min(SIGNATURE.length(), content.size());
    if (!content.slice(0, start).equals(ByteBuffer.wrap(signature()))) {
      throw new DefectException(
          what + " should be an HDF5 file, but does not begin as one; save the model again");
    }
    Hdf5Storage storage;
    try {
      storage = new Hdf5Storage(content);
    } catch (RuntimeException | StackOverflowError e) {
      throw defect(what, e);
    }
    if (storage.end() > content.size()) {
      throw new DefectException(
          String.format(
              Locale.ROOT,
              "%s should be %,d bytes long and is %,d: it was cut off; copy or download it again",
              what,
              storage.end(),
              content.size()));
    }
    try {
      return file(storage);
    } catch (RuntimeException | StackOverflowError e) {
      throw defect(what, e);
    }
  }

  /** jhdf's constructor for storage of another kind than its own is not public (0.13). */
  private static HdfFile file(Hdf5Storage storage) {
    try {
      Constructor<HdfFile> constructor =
          HdfFile.class.getDeclaredConstructor(HdfBackingStorage.class);
      constructor.setAccessible(true);
      return constructor.newInstance(storage);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof StackOverflowError error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("jhdf 0.13 is needed, and another version was found", e);
    }
  }

  /** The node at a path of names below a group, or null. */
  public static @Nullable Node find(Group group, List<String> path) {
    Node node = group;
    for (String name : path) {
      if (!(node instanceof Group parent)) {
        return null;
      }
      Node child = child(parent, name);
      if (child == null) {
        return null;
      }
      if (child.isLink()) {
        throw new DefectException(
            "'"
                + name
                + "' in "
                + where(parent)
                + " is a link to another place or file, which Keras never writes;"
                + " links are not followed: do not trust this file, or save the model again");
      }
      node = child;
    }
    return node;
  }

  private static @Nullable Node child(Group parent, String name) {
    Node child = parent.getChild(name);
    if (child == null && name.indexOf(UNKNOWN) >= 0) {
      for (Node candidate : parent) {
        if (asAscii(candidate.getName()).equals(name)) {
          return candidate;
        }
      }
    }
    return child;
  }

  /**
   * How a name reads in an attribute that Keras labels as ASCII although it is UTF-8: each byte of
   * a letter such as ß becomes {@link #UNKNOWN}.
   */
  public static String asAscii(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
  }

  /** The group at such a path, or null. */
  public static @Nullable Group group(Group group, List<String> path) {
    return find(group, path) instanceof Group found ? found : null;
  }

  /** The value of a text attribute, or null if there is none. */
  public static @Nullable String text(Node node, String attribute) {
    Object value = value(node, attribute);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new DefectException(
        "the attribute '" + attribute + "' should be a text; save the model again");
  }

  /** The values of an attribute that lists texts, or null if there is none. */
  static @Nullable List<String> texts(Node node, String attribute) {
    Object value = value(node, attribute);
    if (value instanceof String[] texts) {
      return List.of(texts);
    }
    if (value instanceof double[] numbers && numbers.length == 0) {
      return List.of(); // how NumPy writes an empty list
    }
    if (value == null) {
      return null;
    }
    throw new DefectException(
        "the attribute '" + attribute + "' should list texts; save the model again");
  }

  private static @Nullable Object value(Node node, String name) {
    Attribute attribute = node.getAttribute(name);
    if (attribute == null) {
      return null;
    }
    if (attribute.getSize() == 0) {
      return new double[0];
    }
    checkText(attribute);
    return attribute.getDataType() instanceof VariableLength type && attribute.isScalar()
        ? storage(node).text(attribute.getBuffer(), type.getEncoding())
        : attribute.getData();
  }

  private static Hdf5Storage storage(Node node) {
    return (Hdf5Storage) node.getHdfFile().getHdfBackingStorage();
  }

  /**
   * Checks that an array lies within the file as it should, without reading it.
   *
   * @param bytes how many it takes
   */
  static void reserve(Node array, long address, long bytes) {
    storage(array).reserve(address, bytes);
  }

  /** The parts of the file that were looked at so far, arrays among them. */
  public static List<Extent> read(Group root) {
    return storage(root).read();
  }

  /** Refuses what jhdf would make more of than is stored; texts are all that is asked for. */
  private static void checkText(Attribute attribute) {
    ByteBuffer stored = attribute.getBuffer();
    DataType type = attribute.getDataType();
    boolean text = type instanceof StringData;
    if (type instanceof VariableLength variable && variable.isVariableLengthString()) {
      text = type.getSize() == ELEMENT && stored != null && areDifferent(stored);
    }
    if (!text || stored == null || attribute.getSize() > stored.remaining()) {
      throw new DefectException(
          "the attribute '" + attribute.getName() + "' should hold texts; save the model again");
    }
  }

  /** Whether no two elements, each a length, an address and an index, are the same object. */
  private static boolean areDifferent(ByteBuffer elements) {
    Set<List<Long>> seen = new HashSet<>();
    for (int at = 0; at + ELEMENT <= elements.limit(); at += ELEMENT) {
      long index = elements.getInt(at + 12);
      if (index != 0 && !seen.add(List.of(elements.getLong(at + 4), index))) {
        return false;
      }
    }
    return true;
  }

  public static String where(Node node) {
    return node instanceof HdfFile ? "the root group" : "'" + node.getPath() + "'";
  }

  /**
   * The defect behind whatever a damaged file makes jhdf throw: it has a root for its exceptions,
   * but lets those of buffers and arithmetic pass as well.
   */
  public static DefectException defect(String what, Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    String reason =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    if (reason.contains("External Data Files")) {
      return new DefectException(
          what
              + " keeps its data in another file (external storage), which Keras never writes;"
              + " it is not followed: do not trust this file, or save the model again",
          thrown);
    }
    return new DefectException(
        what + " cannot be read (" + reason + "); the file is damaged: copy or save it again",
        thrown);
  }
}

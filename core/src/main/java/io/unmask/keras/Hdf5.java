package io.unmask.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Access to an HDF5 file in memory that follows no link. What jhdf throws over damage passes
 * through, for {@link #defect} to explain.
 */
final class Hdf5 {

  static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final byte[] TREE = {'T', 'R', 'E', 'E', 0};

  /** What jhdf reads of the largest node that HDF5 writes unless told otherwise, 32 entries. */
  private static final int SLACK = 24 + (4 * 32 + 1) * Long.BYTES;

  /** The largest file that is copied to give it slack. */
  private static final int MAX_COPY = 1 << 29;

  private static final char UNKNOWN = '\uFFFD';

  private Hdf5() {}

  /** The root group; the buffer must not change. */
  static Group open(ByteBuffer content, String what) {
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (i >= content.limit() || content.get(i) != SIGNATURE[i]) {
        throw new DefectException(
            what + " should be an HDF5 file, but does not begin as one; save the model again");
      }
    }
    try {
      return HdfFile.fromByteBuffer(needsSlack(content) ? withSlack(content, what) : content);
    } catch (RuntimeException | StackOverflowError e) {
      throw defect(what, e);
    }
  }

  /**
   * Whether jhdf (0.13) would read beyond the end: of the list of a group's children, a B-tree node
   * of {@code n} entries, it takes {@code 4n + 1} numbers where {@code 2n + 1} are stored. Keras's
   * legacy files of flat models with many layers end in such a node.
   */
  private static boolean needsSlack(ByteBuffer content) {
    for (int start = Math.max(0, content.limit() - SLACK); start + 24 <= content.limit(); start++) {
      boolean found = true;
      for (int i = 0; found && i < TREE.length; i++) {
        found = content.get(start + i) == TREE[i];
      }
      if (found) {
        int entries = (content.get(start + 6) & 0xff) | (content.get(start + 7) & 0xff) << 8;
        if (start + 24 + (4L * entries + 1) * Long.BYTES > content.limit()) {
          return true;
        }
      }
    }
    return false;
  }

  private static ByteBuffer withSlack(ByteBuffer content, String what) {
    if (content.limit() > MAX_COPY) {
      return content; // and let jhdf fail
    }
    try {
      ByteBuffer copy = ByteBuffer.allocate(content.limit() + SLACK);
      copy.put(content.duplicate().rewind());
      return copy.rewind();
    } catch (OutOfMemoryError e) {
      throw new DefectException(
          what
              + " needs %,d bytes of memory to be read; give Java more with -Xmx"
                  .formatted(content.limit()),
          e);
    }
  }

  /** The node at a path of names below a group, or null. */
  static @Nullable Node find(Group group, List<String> path) {
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
  static String asAscii(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII);
  }

  /** The group at such a path, or null. */
  static @Nullable Group group(Group group, List<String> path) {
    return find(group, path) instanceof Group found ? found : null;
  }

  /** The value of a text attribute, or null if there is none. */
  static @Nullable String text(Node node, String attribute) {
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
    return attribute.getSize() == 0 ? new double[0] : attribute.getData();
  }

  static String where(Node node) {
    return node instanceof HdfFile ? "the root group" : "'" + node.getPath() + "'";
  }

  /**
   * The defect behind whatever a damaged file makes jhdf throw: it has a root for its exceptions,
   * but lets those of buffers and arithmetic pass as well.
   */
  static DefectException defect(String what, Throwable thrown) {
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

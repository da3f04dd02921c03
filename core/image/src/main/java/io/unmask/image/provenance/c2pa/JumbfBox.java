package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.IsoBoxes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A superbox of JUMBF (ISO 19566-5): a description, then superboxes and boxes.
 *
 * @param type the first four characters of its type's UUID, such as {@code c2ma}
 * @param label its name among its siblings
 * @param hashed what a hash of it is of: all but its own header
 * @param children the superboxes in it
 * @param contents the other boxes in it
 */
record JumbfBox(
    String type,
    String label,
    FileBytes hashed,
    List<JumbfBox> children,
    List<IsoBoxes.Box> contents) {

  private static final int MOST_DEPTH = 8;
  private static final int MOST_LABEL = 512;
  private static final int UUID_BYTES = 16;
  private static final int HAS_LABEL = 2;

  /** Of a box that is small by its nature: a claim, a signature, a list of actions. */
  private static final int MOST_BYTES = 1 << 20;

  /** Reads the superbox that the bytes begin with, with all in it. */
  static JumbfBox parse(FileBytes bytes) throws DamagedException {
    for (IsoBoxes.Box box : IsoBoxes.boxes(bytes, 0, lengthOfFirst(bytes))) {
      if (box.name().equals("jumb")) {
        return superbox(bytes, box, 0);
      }
    }
    throw new DamagedException("there is no JUMBF in it");
  }

  /** What stands behind the first box is padding. */
  private static long lengthOfFirst(FileBytes bytes) throws DamagedException {
    long length = bytes.u32(0);
    return length < 8 ? bytes.size() : length;
  }

  private static JumbfBox superbox(FileBytes bytes, IsoBoxes.Box box, int depth)
      throws DamagedException {
    if (depth > MOST_DEPTH) {
      throw new DamagedException("JUMBF nests too deeply");
    }
    List<IsoBoxes.Box> boxes = IsoBoxes.boxes(bytes, box.content(), box.end());
    if (boxes.isEmpty() || !boxes.get(0).name().equals("jumd")) {
      throw new DamagedException("a JUMBF box is not described");
    }
    long description = boxes.get(0).content();
    String type = bytes.text(description, 4);
    boolean labelled = (bytes.u8(description + UUID_BYTES) & HAS_LABEL) != 0;
    String label = labelled ? label(bytes, description + UUID_BYTES + 1) : "";
    List<JumbfBox> children = new ArrayList<>();
    List<IsoBoxes.Box> contents = new ArrayList<>();
    for (IsoBoxes.Box inner : boxes.subList(1, boxes.size())) {
      if (inner.name().equals("jumb")) {
        children.add(superbox(bytes, inner, depth + 1));
      } else {
        contents.add(inner);
      }
    }
    FileBytes hashed = bytes.part(box.content(), box.end() - box.content());
    long shift = box.content();
    return new JumbfBox(
        type,
        label,
        hashed,
        children,
        contents.stream().map(inner -> moved(inner, shift)).toList());
  }

  /** A box whose places count from the beginning of what is hashed. */
  private static IsoBoxes.Box moved(IsoBoxes.Box box, long by) {
    return new IsoBoxes.Box(box.name(), box.start() - by, box.content() - by, box.end() - by);
  }

  private static String label(FileBytes bytes, long start) throws DamagedException {
    StringBuilder label = new StringBuilder();
    for (long at = start; bytes.u8(at) != 0; at++) {
      if (label.length() >= MOST_LABEL) {
        throw new DamagedException("a JUMBF box's name does not end");
      }
      label.append((char) bytes.u8(at));
    }
    return label.toString();
  }

  /** The first child of a type. */
  Optional<JumbfBox> child(String childType) {
    return children.stream().filter(child -> child.type.equals(childType)).findFirst();
  }

  /** The bytes of its first content box of that name. */
  Optional<byte[]> content(String name) throws DamagedException {
    for (IsoBoxes.Box box : contents) {
      if (box.name().equals(name)) {
        if (box.end() - box.content() > MOST_BYTES) {
          throw new DamagedException("%s has more than %d MiB".formatted(label, MOST_BYTES >> 20));
        }
        return Optional.of(hashed.copy(box.content(), box.end() - box.content()));
      }
    }
    return Optional.empty();
  }

  /** Its CBOR. */
  CborValue cbor() throws DamagedException {
    Optional<byte[]> cbor = content("cbor");
    return cbor.isPresent() ? CborParser.parse(cbor.get()) : CborValue.NONE;
  }
}

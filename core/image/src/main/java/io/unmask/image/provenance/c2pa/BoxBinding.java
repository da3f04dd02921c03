package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.IsoBoxes;
import io.unmask.image.provenance.container.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks the hash of a file of boxes, of which some are left out ({@code c2pa.hash.bmff}).
 *
 * @param manifest says what the hash is, and of what
 * @param file all of it
 * @param places where the manifest lies in it
 */
record BoxBinding(Manifest manifest, FileBytes file, List<Piece.Place> places) {

  /** Boxes that hold no picture, and that the specification asks to leave out. */
  private static final Set<String> HARMLESS = Set.of("/ftyp", "/free", "/skip", "/mfra");

  private static final int MOST_EXCLUSIONS = 100;

  Check check(JumbfBox assertion) throws DamagedException {
    CborValue binding = assertion.cbor();
    List<CborValue> exclusions = binding.find("exclusions").elements();
    if (binding.find("merkle").isList() || exclusions.size() > MOST_EXCLUSIONS) {
      return Check.unchecked("its hash is of a kind that is not known");
    }
    List<IsoBoxes.Box> top = IsoBoxes.boxes(file, 0, file.size());
    Set<Long> offsets = new TreeSet<>();
    top.forEach(box -> offsets.add(box.start()));
    Ranges left = new Ranges(file.size());
    Ranges harmless = new Ranges(file.size());
    for (CborValue exclusion : exclusions) {
      if (!exclusion.find("flags").isNull()) {
        return Check.unchecked("its hash is of a kind that is not known");
      }
      String path = exclusion.find("xpath").text().orElse("");
      for (IsoBoxes.Box box : boxes(path, top)) {
        if (!applies(exclusion, box)) {
          continue;
        }
        exclude(exclusion, box, left, offsets);
        if (HARMLESS.contains(path)) {
          harmless.exclude(box.start(), box.end() - box.start());
        }
      }
    }
    boolean first = !assertion.label().contains(".v"); // the first version has no positions
    long[] hashed = first ? new long[0] : offsets.stream().mapToLong(offset -> offset).toArray();
    Check hash = new Binding(manifest, file, places).compare(binding, left, hashed);
    List<Piece.Place> known = new ArrayList<>(places);
    known.addAll(harmless.excluded());
    long more = left.excludedBesides(known);
    return hash.state() == Check.State.VALID && more > 0
        ? Check.unchecked(
            "its signer left %,d more bytes of the file out of the hash".formatted(more))
        : hash;
  }

  private static void exclude(
      CborValue exclusion, IsoBoxes.Box box, Ranges left, Set<Long> offsets) {
    long length = box.end() - box.start();
    if (!exclusion.find("subset").isList()) {
      left.exclude(box.start(), length);
      offsets.remove(box.start()); // the position of a box that is left out is not hashed
      return;
    }
    for (CborValue subset : exclusion.find("subset").elements()) {
      long offset = subset.find("offset").number().orElse(0);
      long most = length - offset;
      long stated = subset.find("length").number().orElse(0);
      if (offset >= 0 && most >= 0) {
        left.exclude(box.start() + offset, stated <= 0 ? most : Math.min(stated, most));
      }
    }
  }

  /** Whether a box has the length, version and content that an exclusion is for. */
  private boolean applies(CborValue exclusion, IsoBoxes.Box box) throws DamagedException {
    long length = box.end() - box.start();
    if (exclusion.find("length").number().orElse(length) != length) {
      return false;
    }
    if (exclusion.find("version").number().isPresent()
        && exclusion.find("version").number().getAsLong() != file.u8(box.content())) {
      return false;
    }
    for (CborValue data : exclusion.find("data").elements()) {
      long offset = data.find("offset").number().orElse(0);
      byte[] value = data.find("value").bytes().orElse(new byte[0]);
      if (offset < 0
          || value.length > length - offset
          || !Arrays.equals(file.copy(box.start() + offset, value.length), value)) {
        return false;
      }
    }
    return true;
  }

  /** The boxes of a path, such as {@code /meta/iloc}. */
  private List<IsoBoxes.Box> boxes(String path, List<IsoBoxes.Box> top) throws DamagedException {
    List<IsoBoxes.Box> found = top;
    String[] names = path.split("/", -1);
    for (int i = 1; i < names.length; i++) {
      String name = names[i];
      List<IsoBoxes.Box> named = found.stream().filter(box -> box.name().equals(name)).toList();
      found = new ArrayList<>(named);
      if (i + 1 < names.length) {
        found.clear();
        for (IsoBoxes.Box box : named) {
          int header = name.equals("meta") ? 4 : 0; // its version
          found.addAll(IsoBoxes.boxes(file, box.content() + header, box.end()));
        }
      }
    }
    return names.length < 2 ? List.of() : found;
  }
}

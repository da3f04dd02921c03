package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether a manifest is of a file's bytes (C2PA's specification, hard bindings).
 *
 * @param manifest says what the hash is, and of what
 * @param file all of it
 * @param places where the manifest lies in it, which cannot be hashed
 */
record Binding(Manifest manifest, FileBytes file, List<Piece.Place> places) {

  private static final String CHANGED =
      "hash mismatch: the file was changed after it was signed, or the label is from another one";

  /** Compares the hash that was signed with that of the file. */
  Check check() throws DamagedException {
    for (JumbfBox assertion : manifest.assertions("c2pa.hash.data")) {
      return data(assertion.cbor());
    }
    for (JumbfBox assertion : manifest.assertions("c2pa.hash.bmff")) {
      return new BoxBinding(manifest, file, places).check(assertion);
    }
    if (!manifest.assertions("c2pa.hash.boxes").isEmpty()) {
      return Check.unchecked("it is bound to the file by c2pa.hash.boxes, which is not known");
    }
    return manifest.isUpdate()
        ? Check.unchecked("it adds to an earlier manifest, which alone is bound to the file")
        : Check.invalid("it is bound to no file");
  }

  private Check data(CborValue data) throws DamagedException {
    List<CborValue> exclusions = data.find("exclusions").elements();
    Ranges left = new Ranges(file.size());
    for (CborValue exclusion : exclusions) {
      long start = exclusion.find("start").number().orElse(-1);
      long length = exclusion.find("length").number().orElse(-1);
      if (!left.exclude(start, length)) {
        return Check.invalid(CHANGED);
      }
    }
    Check hash = compare(data, left, new long[0]);
    long more = left.excludedBesides(places);
    return hash.state() == Check.State.VALID && more > 0
        ? Check.unchecked(
            "its signer left %,d more bytes of the file out of the hash".formatted(more))
        : hash;
  }

  /**
   * Hashes what is left of a file.
   *
   * @param offsets where, in order, the position is hashed before the byte that stands there
   */
  Check compare(CborValue assertion, Ranges left, long[] offsets) throws DamagedException {
    Optional<MessageDigest> digest = Digests.of(manifest.algorithm(assertion));
    Optional<byte[]> stated = assertion.find("hash").bytes();
    if (digest.isEmpty() || stated.isEmpty()) {
      return Check.unchecked("the hash of the file is of a kind that is not known");
    }
    if (left.size() > file.left()) {
      return Check.unchecked(
          "the file has more than %d MiB, and so its hash was not checked"
              .formatted(FileBytes.MOST >> 20));
    }
    left.feed(file, offsets, digest.get());
    return Arrays.equals(digest.get().digest(), stated.get())
        ? Check.VALID
        : Check.invalid(CHANGED);
  }
}

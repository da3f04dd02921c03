package io.unmask.image.provenance.c2pa;

import io.unmask.image.provenance.container.DamagedException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest: a claim, its signature, and the assertions that the claim lists with their hashes.
 */
final class Manifest {

  private static final String UPDATE = "c2um";
  private static final String COMPRESSED = "c2cm";

  /** The types of manifests: two of whole ones, and these. Others are to be ignored. */
  private static final Set<String> MANIFESTS = Set.of("c2ma", "c2md", UPDATE, COMPRESSED);

  /** Assertions of one name that are looked at. */
  private static final int MOST_ALIKE = 16;

  private final JumbfBox box;
  private final byte[] claimBytes;
  private final CborValue claim;
  private final Map<String, JumbfBox> assertions = new HashMap<>();

  private Manifest(JumbfBox box) throws DamagedException {
    this.box = box;
    JumbfBox claimBox =
        box.child("c2cl").orElseThrow(() -> new DamagedException("the manifest has no claim"));
    this.claimBytes =
        claimBox
            .content("cbor")
            .orElseThrow(() -> new DamagedException("the manifest's claim is empty"));
    this.claim = CborParser.parse(claimBytes);
    if (box.child("c2as").isPresent()) {
      for (JumbfBox assertion : box.child("c2as").get().children()) {
        assertions.putIfAbsent(assertion.label(), assertion);
      }
    }
  }

  /**
   * The active manifest of a store, which is the last. The others are those of what went into the
   * picture, and say nothing of it.
   */
  static Manifest active(JumbfBox store) throws DamagedException {
    JumbfBox last = null;
    for (JumbfBox child : store.children()) {
      if (MANIFESTS.contains(child.type())) {
        last = child;
      }
    }
    if (last == null) {
      throw new DamagedException("there is no manifest in it");
    }
    if (last.type().equals(COMPRESSED)) {
      throw new DamagedException("the manifest is compressed with Brotli, which is not read");
    }
    return new Manifest(last);
  }

  CborValue claim() {
    return claim;
  }

  /** Whether it only adds to an earlier one, and leaves the binding to that. */
  boolean isUpdate() {
    return box.type().equals(UPDATE);
  }

  /** The signature, if there is one. */
  Optional<CoseSignature> signature() throws DamagedException {
    Optional<JumbfBox> signature = box.child("c2cs");
    Optional<byte[]> bytes =
        signature.isPresent() ? signature.get().content("cbor") : Optional.empty();
    return bytes.isPresent() ? Optional.of(CoseSignature.parse(bytes.get())) : Optional.empty();
  }

  /** Whether that fits the claim. */
  Check check(CoseSignature signature) {
    return signature.of(claimBytes);
  }

  /** The assertions that the claim lists, by their names without a number. */
  List<JumbfBox> assertions(String name) {
    Set<JumbfBox> found = new LinkedHashSet<>();
    for (CborValue reference : references()) {
      JumbfBox assertion = assertions.get(label(reference));
      if (assertion != null && isCalled(assertion, name)) {
        found.add(assertion);
      }
    }
    return found.stream().limit(MOST_ALIKE).toList();
  }

  /** {@code c2pa.actions}, {@code c2pa.actions.v2} and {@code c2pa.actions__1} are all one. */
  private static boolean isCalled(JumbfBox assertion, String name) {
    String label = assertion.label();
    if (!label.startsWith(name)) {
      return false;
    }
    String rest = label.substring(name.length());
    return rest.isEmpty() || rest.startsWith("__") || rest.matches("\\.v\\d+(__.*)?");
  }

  /** Whether the assertions that the claim lists are there, and are what they were. */
  Check checkAssertions() throws DamagedException {
    Check result = Check.VALID;
    for (CborValue reference : references()) {
      String label = label(reference);
      JumbfBox assertion = assertions.get(label);
      if (assertion == null) {
        return Check.invalid("the assertion %s is missing".formatted(label));
      }
      Optional<MessageDigest> digest = Digests.of(algorithm(reference));
      if (digest.isEmpty()) {
        result = Check.unchecked("the hash function of %s is not known".formatted(label));
        continue;
      }
      assertion.hashed().feed(0, assertion.hashed().size(), digest.get()::update);
      byte[] stated = reference.find("hash").bytes().orElse(new byte[0]);
      if (!MessageDigest.isEqual(digest.get().digest(), stated)) {
        return Check.invalid("the assertion %s was changed".formatted(label));
      }
    }
    return result;
  }

  /** The hash function of an assertion: its own, or else the claim's. */
  String algorithm(CborValue assertion) {
    return assertion.find("alg").text().orElse(claim.find("alg").text().orElse("sha256"));
  }

  private List<CborValue> references() {
    List<CborValue> all = new ArrayList<>();
    for (String list : List.of("assertions", "created_assertions", "gathered_assertions")) {
      all.addAll(claim.find(list).elements());
    }
    return all;
  }

  /**
   * The name of the assertion that a reference is to: {@code self#jumbf=c2pa.assertions/NAME}, or
   * with the manifest's own name before it.
   */
  private String label(CborValue reference) {
    String url = reference.find("url").text().orElse("");
    String path = url.startsWith("self#jumbf=") ? url.substring("self#jumbf=".length()) : "";
    path = path.startsWith("/") ? path.substring(1) : path; // old files lack that sign
    String own = "c2pa/" + box.label() + "/";
    path = path.startsWith(own) ? path.substring(own.length()) : path;
    String folder = "c2pa.assertions/";
    return path.startsWith(folder) ? path.substring(folder.length()) : url;
  }
}

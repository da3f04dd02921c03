package io.unmask.image.provenance;

import static io.unmask.image.provenance.Signer.ordered;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes stores of C2PA manifests, signs them, and binds them to the files they are put into. */
final class ManifestWriter {

  private static final String UUID_END = "\0\u0011\0\u0010\u0080\0\0\u00AA\08\u009Bq";

  /** A file with a store in it, and where that lies. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Placed(byte[] file, int start, int end) {}

  private final Map<String, Object> assertions = new LinkedHashMap<>();
  private @Nullable Signer signer;
  private boolean second = true;
  private byte[] before = {};
  private int leftOut;
  private String type = "c2ma";

  /** Adds an assertion. */
  ManifestWriter assertion(String label, Object content) {
    assertions.put(label, content);
    return this;
  }

  /** Adds actions: name, agent, digital source type; an empty one is left out. */
  ManifestWriter actions(String label, String... namesAgentsTypes) {
    List<Object> actions = new ArrayList<>();
    for (int i = 0; i < namesAgentsTypes.length; i += 3) {
      Map<Object, Object> action = ordered("action", namesAgentsTypes[i]);
      if (!namesAgentsTypes[i + 1].isEmpty()) {
        action.put(
            "softwareAgent",
            second ? Map.of("name", namesAgentsTypes[i + 1]) : namesAgentsTypes[i + 1]);
      }
      if (!namesAgentsTypes[i + 2].isEmpty()) {
        action.put(
            "digitalSourceType",
            "http://cv.iptc.org/newscodes/digitalsourcetype/" + namesAgentsTypes[i + 2]);
      }
      actions.add(action);
    }
    return assertion(label, Map.of("actions", actions));
  }

  ManifestWriter signedBy(Signer by) {
    signer = by;
    return this;
  }

  /** Writes the claim as the first version of C2PA has it. */
  ManifestWriter firstVersion() {
    second = false;
    return this;
  }

  /** Puts another manifest before this one, as that of an ingredient. */
  ManifestWriter after(byte[] manifest) {
    before = ByteWriter.joined(before, manifest);
    return this;
  }

  /** Writes the manifest as one of another type. */
  ManifestWriter ofType(String name) {
    type = name;
    return this;
  }

  /** Leaves so many bytes behind the store out of the file's hash. */
  ManifestWriter leavingOut(int bytes) {
    leftOut = bytes;
    return this;
  }

  /** Puts a store into a file and binds it to that file's bytes. */
  byte[] into(Function<byte[], Placed> carrier) {
    Placed draft = carrier.apply(store(dataHash(0, 0, new byte[32])));
    int length = draft.end - draft.start + leftOut;
    MessageDigest digest = sha256();
    digest.update(draft.file, 0, draft.start);
    int behind = draft.start + length;
    digest.update(draft.file, behind, draft.file.length - behind);
    return carrier.apply(store(dataHash(draft.start, length, digest.digest()))).file;
  }

  /** Likewise, into a file of boxes, of which that of the store, ftyp and free are left out. */
  byte[] intoBoxes(Function<byte[], Placed> carrier, Function<byte[], byte[]> hash) {
    Placed draft = carrier.apply(store(boxHash(new byte[32])));
    return carrier.apply(store(boxHash(hash.apply(draft.file)))).file;
  }

  /** Puts a store into a PNG without binding it to that. */
  byte[] intoNothing() {
    byte[] store = superbox("c2pa", "c2pa", before, manifest("urn:c2pa:active", assertions));
    return Carriers.pngWith(store).file;
  }

  private static Map.Entry<String, Object> dataHash(int start, int length, byte[] hash) {
    return Map.entry(
        "c2pa.hash.data",
        ordered(
            "exclusions",
            List.of(
                ordered(
                    "start", new CborWriter.Fixed(start), "length", new CborWriter.Fixed(length))),
            "alg",
            "sha256",
            "hash",
            hash,
            "pad",
            new byte[8]));
  }

  private static Map.Entry<String, Object> boxHash(byte[] hash) {
    byte[] uuid = ByteWriter.latin(Carriers.C2PA_UUID);
    return Map.entry(
        "c2pa.hash.bmff.v2",
        ordered(
            "exclusions",
            List.of(
                ordered("xpath", "/uuid", "data", List.of(ordered("offset", 8, "value", uuid))),
                ordered("xpath", "/ftyp"),
                ordered("xpath", "/free")),
            "alg",
            "sha256",
            "hash",
            hash));
  }

  private byte[] store(Map.Entry<String, Object> binding) {
    Map<String, Object> all = new LinkedHashMap<>(assertions);
    all.put(binding.getKey(), binding.getValue());
    return superbox("c2pa", "c2pa", before, manifest("urn:c2pa:active", all));
  }

  /** The manifest alone, bound to nothing, to be put before another one. */
  byte[] manifest(String label) {
    return manifest(label, assertions);
  }

  private byte[] manifest(String label, Map<String, Object> all) {
    List<Object> references = new ArrayList<>();
    List<byte[]> boxes = new ArrayList<>();
    all.forEach(
        (name, content) -> {
          byte[] box = superbox("cbor", name, box("cbor", CborWriter.of(content)));
          boxes.add(box);
          MessageDigest digest = sha256();
          digest.update(box, 8, box.length - 8);
          references.add(
              ordered("url", "self#jumbf=c2pa.assertions/" + name, "hash", digest.digest()));
        });
    byte[] claim = CborWriter.of(second ? claim(references) : firstClaim(references));
    byte[] signature =
        signer == null
            ? new byte[0]
            : superbox("c2cs", "c2pa.signature", box("cbor", signer.sign(claim)));
    return superbox(
        type,
        label,
        superbox("c2as", "c2pa.assertions", boxes.toArray(byte[][]::new)),
        superbox("c2cl", second ? "c2pa.claim.v2" : "c2pa.claim", box("cbor", claim)),
        signature);
  }

  private static Map<Object, Object> claim(List<Object> references) {
    return ordered(
        "instanceID", "xmp:iid:1",
        "claim_generator_info", ordered("name", "Test Generator", "version", "1.0"),
        "signature", "self#jumbf=/c2pa/urn:c2pa:active/c2pa.signature",
        "created_assertions", references,
        "alg", "sha256");
  }

  private static Map<Object, Object> firstClaim(List<Object> references) {
    return ordered(
        "claim_generator", "Test_Generator/1.0 c2pa-rs/0.1",
        "dc:title", "test.jpg",
        "dc:format", "image/jpeg",
        "signature", "self#jumbf=c2pa.signature",
        "assertions", references,
        "alg", "sha256");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] superbox(String type, String label, byte[]... contents) {
    byte[] description = new ByteWriter().text(type).text(UUID_END).u8(3).text(label).u8(0).done();
    return box("jumb", box("jumd", description), ByteWriter.joined(contents));
  }

  static byte[] box(String name, byte[]... parts) {
    byte[] content = ByteWriter.joined(parts);
    return new ByteWriter().u32(8 + content.length).text(name).bytes(content).done();
  }
}

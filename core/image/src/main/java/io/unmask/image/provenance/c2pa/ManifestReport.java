package io.unmask.image.provenance.c2pa;

import io.unmask.concurrent.Futures;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * What the active manifest of a file says, and whether that is as it was signed.
 *
 * @param generator what made the claim
 * @param actions what was done, in order
 * @param saysGenerated whether there is the assertion {@code c2pa.ai_generated_content}
 * @param watermarks the kinds of watermarks that the picture is said to have, by which the manifest
 *     could be found again (soft bindings); they are not looked for
 * @param signer the name in the certificate of the signature
 * @param issuer the name of who issued that
 * @param check whether the signature fits the claim, the claim its assertions, and those the file
 */
public record ManifestReport(
    Optional<String> generator,
    List<Action> actions,
    boolean saysGenerated,
    List<String> watermarks,
    Optional<String> signer,
    Optional<String> issuer,
    Check check) {

  /** What is looked at of a long list. */
  private static final int MOST_ACTIONS = 200;

  /**
   * Something that was done.
   *
   * @param name such as {@code c2pa.created}
   * @param agent with what
   * @param sourceType what came of it, a URI of IPTC's list
   */
  public record Action(String name, Optional<String> agent, Optional<String> sourceType) {}

  /** Copies the lists. */
  public ManifestReport {
    actions = List.copyOf(actions);
    watermarks = List.copyOf(watermarks);
  }

  /**
   * Reads a store of manifests.
   *
   * @param store the piece
   * @param file it lies in
   */
  public static ManifestReport of(Piece store, FileBytes file) throws DamagedException {
    Manifest manifest = Manifest.active(JumbfBox.parse(store.bytes()));
    List<Action> actions = new ArrayList<>();
    for (JumbfBox assertion : manifest.assertions("c2pa.actions")) {
      for (CborValue action : assertion.cbor().find("actions").elements()) {
        if (actions.size() < MOST_ACTIONS) {
          actions.add(action(action));
        }
      }
    }
    Optional<CoseSignature> signature = manifest.signature();
    Optional<X509Certificate> certificate = signature.flatMap(CoseSignature::certificate);
    Check check =
        signature.isEmpty()
            ? new Check(Check.State.UNSIGNED, "")
            : check(manifest, signature.get(), file, store.places());
    return new ManifestReport(
        generator(manifest.claim()),
        actions,
        !manifest.assertions("c2pa.ai_generated_content").isEmpty(),
        watermarks(manifest),
        certificate.flatMap(SignerName::subject),
        certificate.flatMap(SignerName::issuer),
        check);
  }

  private static List<String> watermarks(Manifest manifest) throws DamagedException {
    List<String> kinds = new ArrayList<>();
    for (JumbfBox assertion : manifest.assertions("c2pa.soft-binding")) {
      assertion.cbor().find("alg").text().ifPresent(kinds::add);
    }
    return kinds;
  }

  /** The signature is checked while the file is hashed: each takes about as long as the other. */
  private static Check check(
      Manifest manifest, CoseSignature signature, FileBytes file, List<Piece.Place> places)
      throws DamagedException {
    FutureTask<Check> signed = Futures.beside(() -> manifest.check(signature));
    Check content;
    try {
      content = content(manifest, file, places);
    } catch (DamagedException e) {
      if (Futures.result(signed).state() == Check.State.INVALID) {
        return Futures.result(signed);
      }
      throw e;
    }
    return worse(Futures.result(signed), content);
  }

  /** Whether assertions and file are those that the claim speaks of. */
  private static Check content(Manifest manifest, FileBytes file, List<Piece.Place> places)
      throws DamagedException {
    Check assertions = manifest.checkAssertions();
    return assertions.state() == Check.State.INVALID
        ? assertions
        : worse(assertions, new Binding(manifest, file, places).check());
  }

  /** The first that is invalid, or else the first that is not valid. */
  private static Check worse(Check one, Check other) {
    return one.state() == Check.State.VALID
            || (other.state() == Check.State.INVALID && one.state() != Check.State.INVALID)
        ? other
        : one;
  }

  private static Action action(CborValue action) {
    CborValue agent = action.find("softwareAgent");
    return new Action(
        action.find("action").text().orElse(""),
        agent.text().or(() -> agent.find("name").text()),
        action.find("digitalSourceType").text());
  }

  /** Of the second version a map, of the first a list of such, or a text. */
  private static Optional<String> generator(CborValue claim) {
    CborValue info = claim.find("claim_generator_info");
    CborValue first = info.isList() && !info.elements().isEmpty() ? info.elements().get(0) : info;
    return first.find("name").text().or(() -> claim.find("claim_generator").text());
  }
}

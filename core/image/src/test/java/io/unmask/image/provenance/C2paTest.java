package io.unmask.image.provenance;

import static io.unmask.image.provenance.Signer.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.Evidence.Verified;
import io.unmask.image.provenance.ManifestWriter.Placed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class C2paTest {

  static final Signer SIGNER = Signer.of(Signer.Algorithm.ES256, "Example, Inc.");

  static ManifestWriter generated() {
    return new ManifestWriter()
        .actions(
            "c2pa.actions.v2",
            "c2pa.created",
            "GPT-4o",
            "trainedAlgorithmicMedia",
            "c2pa.converted",
            "",
            "")
        .signedBy(SIGNER);
  }

  static Stream<Function<byte[], Placed>> carriers() {
    return Stream.of(
        Carriers::jpegWith,
        Carriers::pngWith,
        Carriers::webpWith,
        Carriers::gifWith,
        Carriers::tiffWith,
        Carriers::svgWith);
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void aSignedManifestIsReadOutOfEveryCarrierAndFitsItsFile(Function<byte[], Placed> carrier) {
    Evidence found = only(generated().into(carrier));
    assertThat(found.source()).isEqualTo(Source.C2PA);
    assertThat(found.claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(found.generator()).contains("GPT-4o");
    assertThat(found.detail())
        .isEqualTo(
            "trainedAlgorithmicMedia of c2pa.created, signed in the name of \"Example, Inc.\"");
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_VALID);
    assertThat(found.toString())
        .isEqualTo(
            "C2PA claims that it was made by AI, with \"GPT-4o\": trainedAlgorithmicMedia of"
                + " c2pa.created, signed in the name of \"Example, Inc.\"; the signature fits the file;"
                + " who the signer really is was not checked");
    assertThat(found.brief()).isEqualTo("made by AI (C2PA, signature valid)");
  }

  @Test
  void aChangedByteOfTheRestOfTheFileIsAHashMismatch() {
    assertMismatch(generated().into(Carriers::jpegWith), -20);
    assertMismatch(generated().into(Carriers::pngWith), -20);
    assertMismatch(generated().into(Carriers::webpWith), 40);
    assertMismatch(generated().into(Carriers::gifWith), -20);
    assertMismatch(generated().into(Carriers::svgWith), -20);
  }

  private static void assertMismatch(byte[] file, int at) {
    file[at < 0 ? file.length + at : at] ^= 1;
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_INVALID);
    assertThat(found.detail()).contains("hash mismatch: the file was changed after it was signed");
    assertThat(found.toString())
        .endsWith("signature invalid, so that the claim counts for nothing");
  }

  @Test
  void aChangedPixelOfAPngIsAHashMismatch() {
    byte[] file = generated().into(Carriers::pngWith);
    int data = indexOf(file, "IDAT".getBytes(StandardCharsets.US_ASCII), 0);
    file[data + 30] ^= 4;
    assertThat(only(file).detail()).contains("hash mismatch");
  }

  @Test
  void aChangedByteOfTheClaimMakesTheSignatureInvalid() {
    byte[] file = generated().into(Carriers::pngWith);
    int name = indexOf(file, "Test Generator".getBytes(StandardCharsets.US_ASCII), 0);
    file[name]++;
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_INVALID);
    assertThat(found.detail()).contains("the signature does not fit the claim");
  }

  @Test
  void aChangedAssertionIsSaid() {
    byte[] file = generated().into(Carriers::pngWith);
    int type = indexOf(file, "trainedAlgorithmicMedia".getBytes(StandardCharsets.US_ASCII), 0);
    System.arraycopy(
        "digitalCapturedoutdoors".getBytes(StandardCharsets.US_ASCII), 0, file, type, 23);
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_INVALID);
    assertThat(found.detail()).contains("the assertion c2pa.actions.v2 was changed");
  }

  @Test
  void aBoxOfAnImageOfBoxesIsBoundToItsOtherBoxes() {
    byte[] file = generated().intoBoxes(Carriers::heicWith, Carriers::heicHash);
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
    file[file.length - 1] ^= 1;
    assertThat(only(file).detail()).contains("hash mismatch");
  }

  @ParameterizedTest
  @EnumSource
  void everyAlgorithmIsChecked(Signer.Algorithm algorithm) {
    byte[] file = generated().signedBy(Signer.of(algorithm, "Someone")).into(Carriers::jpegWith);
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
    int name = indexOf(file, "Test Generator".getBytes(StandardCharsets.US_ASCII), 0);
    file[name]++;
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_INVALID);
  }

  @Test
  void aCertificateBesideTheHeaderIsFoundAndATimeStampDisturbsNothing() {
    Signer old = Signer.of(Signer.Algorithm.ES256, "Old, Inc.").asOfOld();
    Evidence found = only(generated().signedBy(old).into(Carriers::jpegWith));
    assertThat(found.detail()).endsWith("signed in the name of \"Old, Inc.\"");
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_VALID);
  }

  @Test
  void avifIsReadAsHeicIs() {
    byte[] file = generated().intoBoxes(Carriers::heicWith, Carriers::heicHash);
    int brand = indexOf(file, "heic".getBytes(StandardCharsets.US_ASCII), 0);
    assertThat(brand).isEqualTo(8);
    System.arraycopy("avif".getBytes(StandardCharsets.US_ASCII), 0, file, brand, 4);
    assertThat(only(file).claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
  }

  @Test
  void anUpdateManifestIsSaidToAddToAnother() {
    byte[] file =
        generated().ofType("c2um").after(generated().manifest("urn:c2pa:first")).intoNothing();
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_UNCHECKED);
    assertThat(found.detail())
        .endsWith("it adds to an earlier manifest, which alone is bound to the file");
  }

  @Test
  void aWatermarkIsNamedAndNotLookedFor() {
    byte[] file =
        generated()
            .assertion("c2pa.soft-binding", Map.of("alg", "com.adobe.trustmark.P"))
            .into(Carriers::pngWith);
    assertThat(only(file).detail())
        .contains("a watermark of \"com.adobe.trustmark.P\", which was not looked for, signed in");
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
  }

  @Test
  void theFirstVersionOfTheClaimIsReadToo() {
    byte[] file =
        new ManifestWriter()
            .firstVersion()
            .actions("c2pa.actions", "c2pa.created", "Make It", "trainedAlgorithmicMedia")
            .signedBy(SIGNER)
            .into(Carriers::jpegWith);
    assertThat(only(file).claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(only(file).generator()).contains("Make It");
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
  }

  @Test
  void withoutASignatureItIsUnsigned() {
    byte[] file =
        new ManifestWriter()
            .actions("c2pa.actions", "c2pa.created", "", "trainedAlgorithmicMedia")
            .into(Carriers::jpegWith);
    assertThat(only(file).verified()).isEqualTo(Verified.UNSIGNED);
    assertThat(only(file).generator()).contains("Test Generator");
  }

  @Test
  void whatWentIntoThePictureDoesNotCount() {
    byte[] ingredient = generated().manifest("urn:c2pa:ingredient");
    byte[] file =
        new ManifestWriter()
            .actions("c2pa.actions.v2", "c2pa.opened", "", "", "c2pa.cropped", "", "")
            .signedBy(SIGNER)
            .after(ingredient)
            .into(Carriers::jpegWith);
    Evidence found = only(file);
    assertThat(found.claim()).isEqualTo(Claim.EDITED);
    assertThat(found.detail()).startsWith("c2pa.cropped, ").doesNotContain("trained");
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_VALID);
  }

  @Test
  void manifestsOfOtherTypesAreKnown() {
    byte[] camera =
        new ManifestWriter()
            .actions("c2pa.actions", "c2pa.created", "", "digitalCapture")
            .manifest("urn:c2pa:ingredient");
    byte[] packed = ManifestWriter.superbox("c2cm", "packed");
    byte[] file = generated().ofType("c2md").after(camera).after(packed).into(Carriers::jpegWith);
    assertThat(only(file).claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(only(file).verified()).isEqualTo(Verified.SIGNATURE_VALID);
    byte[] active = ManifestWriter.superbox("c2pa", "c2pa", camera, packed);
    assertThat(only(Carriers.pngWith(active).file()).claim()).isEqualTo(Claim.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "c2pa.created, trainedAlgorithmicMedia, AI_GENERATED",
    "c2pa.created, compositeWithTrainedAlgorithmicMedia, AI_EDITED",
    "c2pa.created, digitalCapture, CAMERA",
    "c2pa.created, computationalCapture, CAMERA",
    "c2pa.created, digitalCreation, UNSPECIFIED",
    "c2pa.created, '', UNSPECIFIED",
    "c2pa.converted, '', UNSPECIFIED",
    "c2pa.filtered, '', EDITED",
  })
  void theSourceTypeDecides(String action, String type, Claim claim) {
    byte[] file =
        new ManifestWriter()
            .actions("c2pa.actions", action, "", type)
            .signedBy(SIGNER)
            .into(Carriers::pngWith);
    assertThat(only(file).claim()).isEqualTo(claim);
  }

  @Test
  void whatAnAiAddsToAnotherPictureIsAChange() {
    byte[] file =
        new ManifestWriter()
            .actions(
                "c2pa.actions.v2",
                "c2pa.opened",
                "",
                "",
                "c2pa.edited",
                "Firefly",
                "trainedAlgorithmicMedia")
            .signedBy(SIGNER)
            .into(Carriers::pngWith);
    assertThat(only(file).claim()).isEqualTo(Claim.AI_EDITED);
    assertThat(only(file).generator()).contains("Firefly");
  }

  @Test
  void anAssertionOfItsOwnSaysGeneratedToo() {
    byte[] file =
        new ManifestWriter()
            .assertion("c2pa.ai_generated_content", Map.of("model", "flux"))
            .signedBy(SIGNER)
            .into(Carriers::pngWith);
    assertThat(only(file).claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(only(file).detail()).startsWith("c2pa.ai_generated_content, signed in the name of");
  }

  @Test
  void anAssertionThatTheClaimDoesNotListIsNotHeard() {
    byte[] file = generated().into(Carriers::pngWith);
    // The claim, whose list is signed, refers to another name than that of the box.
    int box = indexOf(file, "c2pa.actions.v2\0".getBytes(StandardCharsets.US_ASCII), 0);
    file[box + 14] = '3';
    Evidence found = only(file);
    assertThat(found.claim()).isEqualTo(Claim.UNSPECIFIED);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_INVALID);
    assertThat(found.detail()).contains("the assertion c2pa.actions.v2 is missing");
  }

  @Test
  void aHashThatLeavesMoreOutThanTheManifestIsNotCalledValid() {
    byte[] file = generated().leavingOut(50).into(Carriers::jpegWith);
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_UNCHECKED);
    assertThat(found.detail())
        .contains("its signer left 50 more bytes of the file out of the hash");
  }

  @Test
  void aFileLargerThanIsReadIsNotCalledValid() {
    byte[] file =
        generated()
            .into(
                store -> {
                  Placed png = Carriers.pngWith(store);
                  byte[] large = Arrays.copyOf(png.file(), 17 << 20);
                  return new Placed(large, png.start(), png.end());
                });
    Evidence found = only(file);
    assertThat(found.verified()).isEqualTo(Verified.SIGNATURE_UNCHECKED);
    assertThat(found.detail()).contains("more than 16 MiB");
  }

  @Test
  void aManifestOfAnotherFileIsAHashMismatch() {
    byte[] file = generated().into(store -> Carriers.pngWith(store));
    int start = 33;
    int end = start + 12 + length(file, start);
    byte[] other = Carriers.png();
    other[other.length - 20] ^= 1; // in the picture
    byte[] chunk = Arrays.copyOfRange(file, start, end);
    byte[] moved =
        ByteWriter.joined(
            Arrays.copyOf(other, 33), chunk, Arrays.copyOfRange(other, 33, other.length));
    assertThat(only(moved).verified()).isEqualTo(Verified.SIGNATURE_INVALID);
  }

  @Test
  void numbersThatMeanNothingAreUnreadable() {
    byte[] store = ManifestWriter.superbox("c2pa", "c2pa", ManifestWriter.superbox("c2ma", "x"));
    Evidence found = only(Carriers.pngWith(store).file());
    assertThat(found.claim()).isEqualTo(Claim.UNREADABLE);
    assertThat(found.toString())
        .isEqualTo("C2PA is there, but unreadable: the manifest has no claim");
    byte[] packed = ManifestWriter.superbox("c2pa", "c2pa", ManifestWriter.superbox("c2cm", "x"));
    assertThat(only(Carriers.pngWith(packed).file()).detail()).contains("Brotli");
  }

  @Test
  void cborThatNestsWithoutEndIsUnreadable() {
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, (byte) 0x81);
    byte[] claim = ManifestWriter.superbox("c2cl", "c2pa.claim", ManifestWriter.box("cbor", deep));
    byte[] store =
        ManifestWriter.superbox("c2pa", "c2pa", ManifestWriter.superbox("c2ma", "x", claim));
    assertThat(only(Carriers.pngWith(store).file()).detail()).contains("nests too deeply");
    byte[] boxes = new byte[0];
    for (int i = 0; i < 2000; i++) {
      boxes = ManifestWriter.superbox("c2ma", "x", boxes);
    }
    assertThat(only(Carriers.pngWith(boxes).file()).detail()).contains("nests too deeply");
  }

  @Test
  void namesOfFilesAndSignersAreOneLineEach() {
    Signer signer = Signer.of(Signer.Algorithm.ES256, "Evil\n\u202E Corp\u0007");
    byte[] file =
        new ManifestWriter()
            .assertion(
                "c2pa.actions",
                Map.of(
                    "actions",
                    List.of(
                        ordered(
                            "action", "c2pa.created",
                            "softwareAgent", "x\r\n\u001b[31m".repeat(100),
                            "digitalSourceType", "trainedAlgorithmicMedia"))))
            .signedBy(signer)
            .into(Carriers::pngWith);
    Evidence found = only(file);
    assertThat(found.claim()).isEqualTo(Claim.AI_GENERATED);
    assertThat(found.detail()).contains("Evil Corp");
    assertThat(found.toString()).doesNotContainPattern("\\p{Cntrl}").doesNotContain("\u202E");
    assertThat(found.generator().orElseThrow()).hasSizeLessThan(130);
  }

  private static int length(byte[] file, int at) {
    return ByteBuffer.wrap(file).getInt(at);
  }

  static int indexOf(byte[] file, byte[] part, int from) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.indexOf(new String(part, StandardCharsets.ISO_8859_1), Math.max(0, from));
  }

  static Evidence only(byte[] file) {
    List<Evidence> found = Provenance.of(file);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}

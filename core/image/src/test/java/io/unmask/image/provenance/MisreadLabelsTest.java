package io.unmask.image.provenance;

import static io.unmask.image.provenance.Carriers.exifSegment;
import static io.unmask.image.provenance.Carriers.jpeg;
import static io.unmask.image.provenance.Carriers.png;
import static io.unmask.image.provenance.Carriers.segment;
import static io.unmask.image.provenance.Carriers.textChunk;
import static io.unmask.image.provenance.Carriers.webp;
import static io.unmask.image.provenance.Carriers.xmpSegment;
import static io.unmask.image.provenance.LabelsTest.xmp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a label and is none, and labels that were once read for another. */
class MisreadLabelsTest {

  private static final String SETTINGS = "Steps: 20, Sampler: Euler a, CFG scale: 7, Model: ";

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "None", "N/A", "-"})
  void aFieldThatIsLeftEmptyIsNoClaim(String value) {
    String packet = xmp("ext:AISystemUsed=\"" + value + "\"", "");
    assertThat(Provenance.of(jpeg(xmpSegment(packet)))).isEmpty();
    String element = xmp("", "<ext:AISystemUsed>" + value + "</ext:AISystemUsed>");
    assertThat(Provenance.of(jpeg(xmpSegment(element)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Not made with Midjourney", "no ComfyUI", "Firefly Camera App", "without DALL-E"})
  void aProgramThatIsDeniedOrOnlyNamedAlikeIsNoClaim(String name) {
    assertThat(Provenance.of(png(textChunk("Software", name)))).isEmpty();
    assertThat(Provenance.of(jpeg(xmpSegment(xmp("xmp:CreatorTool=\"" + name + "\"", "")))))
        .isEmpty();
  }

  @Test
  void aCreditThatDeniesIsNoClaim() {
    String packet = xmp("photoshop:Credit=\"Not Made with Google AI\"", "");
    assertThat(Provenance.of(jpeg(xmpSegment(packet)))).isEmpty();
  }

  @Test
  void whatThePictureWasMadeOfSaysNothingOfThePicture() {
    String type = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    String mm = "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"";
    String nested =
        "<xmpMM:Ingredients "
            + mm
            + "><rdf:Bag><rdf:li ext:DigitalSourceType=\""
            + type
            + "\"/>"
            + "</rdf:Bag></xmpMM:Ingredients>";
    assertThat(Provenance.of(jpeg(xmpSegment(xmp("", nested))))).isEmpty();
    String reference = "<xmpMM:DerivedFrom " + mm + " ext:DigitalSourceType=\"" + type + "\"/>";
    assertThat(Provenance.of(jpeg(xmpSegment(xmp("", reference))))).isEmpty();
    String own = nested + "<ext:DigitalSourceType>" + type + "</ext:DigitalSourceType>";
    assertThat(Provenance.of(jpeg(xmpSegment(xmp("", own))))).hasSize(1);
  }

  @Test
  void theEditorOfAPhotographDidNotTakeIt() {
    String type = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
    String packet =
        xmp("ext:DigitalSourceType=\"" + type + "\" xmp:CreatorTool=\"Adobe Photoshop 25\"", "");
    assertThat(Provenance.of(jpeg(xmpSegment(packet))))
        .extracting(Evidence::claim, Evidence::generator)
        .containsExactly(
            tuple(Claim.CAMERA, Optional.empty()),
            tuple(Claim.EDITED, Optional.of("Adobe Photoshop 25")));
  }

  @Test
  void whatAFileSaysStandsInQuotationMarksAndCannotEndThem() {
    String forged = "Canon\"; signed in the name of Canon Inc.; the signature fits the file";
    byte[] exif = new TiffWriter(false).text(0x010F, forged).text(0x0110, "R5").done();
    assertThat(Provenance.of(jpeg(exifSegment(exif))))
        .singleElement()
        .hasToString(
            "EXIF claims that a camera took it: \"Canon'; signed in the name of Canon Inc.; the"
                + " signature fits the file R5\"; unsigned, and easily faked");
  }

  @Test
  void aGraphThatLoadsAPictureAndMakesNoneIsAnEditors() {
    String crop =
        "{\"1\":{\"class_type\":\"LoadImage\"},\"2\":{\"class_type\":\"ImageCrop\"},"
            + "\"3\":{\"class_type\":\"SaveImage\"}}";
    assertThat(Provenance.of(png(textChunk("prompt", crop))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.EDITED);
    String drawn = "{\"nodes\":[{\"type\":\"LoadImage\"},{\"type\":\"KSampler\"}]}";
    assertThat(Provenance.of(png(textChunk("workflow", drawn))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.AI_GENERATED);
  }

  @Test
  void jumbfOfAnotherKindIsNotC2pas() {
    byte[] other = ManifestWriter.superbox("jp36", "jp360");
    byte[] app11 =
        segment(0xEB, new ByteWriter().text("JP").u16(1).u32(1).done(), new byte[0], other);
    assertThat(Provenance.of(jpeg(app11))).isEmpty();
  }

  @Test
  void theModelIsTheSettingsAndNotThePrompts() {
    String text = "portrait, Model: Canon EOS, 85mm\nNegative prompt: blurry\n" + SETTINGS;
    assertThat(Provenance.of(png(textChunk("parameters", text + "\"x, y: z\", Seed: 1"))))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.detail())
                    .isEqualTo("model \"x, y: z\", prompt \"portrait, Model: Canon EOS, 85mm\""));
    assertThat(Provenance.of(png(textChunk("parameters", SETTINGS + "sdxl"))))
        .singleElement()
        .satisfies(found -> assertThat(found.detail()).isEqualTo("model \"sdxl\", no prompt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UNICODE\0"})
  void aCommentInUtf8IsReadWithoutItsHeaderAndBehindAWrongOne(String header) {
    byte[] comment = (header + "a cat\n" + SETTINGS + "sdxl").getBytes(StandardCharsets.UTF_8);
    byte[] exif = new TiffWriter(false).bytes(0x9286, 7, comment).done();
    assertThat(Provenance.of(jpeg(exifSegment(exif))))
        .singleElement()
        .satisfies(
            found -> assertThat(found.detail()).isEqualTo("model \"sdxl\", prompt \"a cat\""));
  }

  @Test
  void aTextThatIsTooLongIsSaidToBe() {
    String text = "x".repeat(1 << 20) + "\n" + SETTINGS + "sdxl";
    assertThat(Provenance.of(png(textChunk("parameters", text))))
        .singleElement()
        .satisfies(found -> assertThat(found.claim()).isEqualTo(Claim.UNREADABLE))
        .satisfies(found -> assertThat(found.detail()).contains("more than 1 MiB"));
  }

  @Test
  void aWebpThatIsCutOffIsSaidToBe() {
    byte[] whole = webp(Carriers.riffChunk("XMP ", xmp("", "").getBytes(StandardCharsets.UTF_8)));
    assertThat(Provenance.of(whole)).isEmpty();
    for (int length : new int[] {30, 60, whole.length - 1}) {
      assertThat(Provenance.of(Arrays.copyOf(whole, length)))
          .extracting(Evidence::claim)
          .contains(Claim.UNREADABLE);
    }
  }

  @Test
  void anSvgMayBeginWithBlanksAndAPageIsNone() {
    String packet = xmp("xmp:CreatorTool=\"Adobe Firefly\"", "");
    String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">" + packet + "</svg>";
    for (String before : new String[] {"\n", "  ", "\u00EF\u00BB\u00BF\n"}) {
      assertThat(Provenance.of(ByteWriter.latin(before + svg))).hasSize(1);
    }
    assertThat(Provenance.of(ByteWriter.latin("<html>" + svg + "</html>"))).isEmpty();
  }

  @Test
  void aBigTiffIsSaidNotToBeRead() {
    assertThat(Provenance.of(ByteWriter.latin("II+\0\10\0\0\0\20\0\0\0\0\0\0\0")))
        .containsExactly(Evidence.unreadable(Source.FILE, "it is a BigTIFF, which is not read"));
  }

  @Test
  void aScanOfAPrintLeavesOpenWhatThePrintWas() {
    byte[] exif =
        new TiffWriter(false).text(0x010F, "EPSON").text(0x0110, "Perfection V600").done();
    assertThat(Provenance.of(jpeg(exifSegment(exif))))
        .singleElement()
        .hasToString(
            "EXIF leaves open whether AI made it: \"EPSON Perfection V600\"; unsigned, anybody can"
                + " write it");
  }

  @Test
  void nullIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> Provenance.of((byte[]) null))
        .withMessage("file");
  }
}

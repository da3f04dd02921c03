package io.unmask.image.provenance;

import static io.unmask.image.provenance.Carriers.chunk;
import static io.unmask.image.provenance.Carriers.exifSegment;
import static io.unmask.image.provenance.Carriers.jpeg;
import static io.unmask.image.provenance.Carriers.png;
import static io.unmask.image.provenance.Carriers.segment;
import static io.unmask.image.provenance.Carriers.textChunk;
import static io.unmask.image.provenance.Carriers.webp;
import static io.unmask.image.provenance.Carriers.xmpSegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.Evidence.Verified;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels without a signature: XMP, IPTC, TC260, generators' texts, EXIF. */
class LabelsTest {

  static final String SETTINGS =
      "a portrait of a woman\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7,"
          + " Seed: 42, Size: 512x512, Model hash: abc, Model: dreamshaper_8, Version: v1.9.3";
  static final String GRAPH =
      "{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": NaN}}, \"4\": {\"class_type\":"
          + " \"CheckpointLoaderSimple\", \"inputs\": {\"ckpt_name\": \"sdxl.safetensors\"}}}";
  static final String AIGC =
      "{\"Label\":\"1\",\"ContentProducer\":\"001191110102MACQD9K64018705\",\"ProduceID\":\"7\","
          + "\"ReservedCode1\":\"\",\"ContentPropagator\":\"\",\"PropagateID\":\"\",\"ReservedCode2\":\"\"}";

  static String xmp(String attributes, String elements) {
    return """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
         xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
         xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" %s>%s</rdf:Description>
        </rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>"""
        .formatted(attributes, elements);
  }

  @ParameterizedTest
  @CsvSource({
    "trainedAlgorithmicMedia, AI_GENERATED",
    "compositeWithTrainedAlgorithmicMedia, AI_EDITED",
    "digitalCapture, CAMERA",
    "humanEdits, EDITED",
    "digitalArt, UNSPECIFIED",
  })
  void iptcSourceTypeIsReadAsAttributeAndAsElement(String type, Claim claim) {
    String uri = "http://cv.iptc.org/newscodes/digitalsourcetype/" + type;
    Evidence expected =
        Evidence.unsigned(Source.IPTC_XMP, claim, Optional.empty(), "DigitalSourceType " + type);
    String attribute = xmp("ext:DigitalSourceType=\"" + uri + "/\"", "");
    String element = xmp("", "<ext:DigitalSourceType>" + uri + "</ext:DigitalSourceType>");
    String resource = xmp("", "<ext:DigitalSourceType rdf:resource='" + uri + "'/>");
    for (String packet : List.of(attribute, element, resource)) {
      byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
      assertThat(Provenance.of(jpeg(xmpSegment(packet)))).containsExactly(expected);
      assertThat(Provenance.of(png(xmpChunk(packet)))).containsExactly(expected);
      assertThat(Provenance.of(webp(Carriers.riffChunk("XMP ", bytes)))).containsExactly(expected);
      assertThat(Provenance.of(Carriers.gifXmp(new String(bytes, StandardCharsets.ISO_8859_1))))
          .containsExactly(expected);
      assertThat(Provenance.of(new TiffWriter(false).bytes(700, 1, bytes).done()))
          .containsExactly(expected);
      assertThat(Provenance.of(ByteWriter.joined(ByteWriter.latin("<svg>"), bytes)))
          .containsExactly(expected);
      assertThat(Provenance.of(Carriers.heic(new TiffWriter(true).text(0x0131, "x").done(), bytes)))
          .containsExactly(expected);
    }
  }

  private static byte[] xmpChunk(String packet) {
    return chunk(
        "iTXt",
        ByteWriter.latin("XML:com.adobe.xmp\0\0\0\0\0"),
        packet.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void longXmpIsPutTogether() {
    String packet = xmp("ext:DigitalSourceType=\"digsrctype:trainedAlgorithmicMedia\"", "");
    byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
    byte[] first = Arrays.copyOf(bytes, 300);
    byte[] second = Arrays.copyOfRange(bytes, 300, bytes.length);
    assertThat(Provenance.of(jpeg(longXmp(first, 0), longXmp(second, 300))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.AI_GENERATED);
  }

  static byte[] longXmp(byte[] part, int offset) {
    byte[] header =
        new ByteWriter()
            .text("http://ns.adobe.com/xmp/extension/\0")
            .text("0123456789ABCDEF0123456789ABCDEF")
            .u32(0)
            .u32(offset)
            .done();
    return segment(0xE1, header, part);
  }

  @Test
  void theAiSystemAndTheToolAreNamed() {
    String system = xmp("", "<ext:AISystemUsed>ChatGPT &amp; DALL-E</ext:AISystemUsed>");
    assertThat(Provenance.of(jpeg(xmpSegment(system))))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.claim()).isEqualTo(Claim.AI_GENERATED);
              assertThat(found.generator()).contains("ChatGPT & DALL-E");
            });
    String credit = xmp("photoshop:Credit=\"Made with Google AI\"", "");
    assertThat(Provenance.of(jpeg(xmpSegment(credit))))
        .containsExactly(
            Evidence.unsigned(
                Source.IPTC_XMP,
                Claim.AI_GENERATED,
                Optional.of("Google AI"),
                "Credit \"Made with Google AI\""));
  }

  @Test
  void theCreditInIptcsOlderRecordsIsRead() {
    assertThat(Provenance.of(jpeg(credit("Made with Google AI"))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.AI_GENERATED);
  }

  static byte[] credit(String text) {
    byte[] credit = ByteWriter.latin(text);
    byte[] record = new ByteWriter().u8(0x1C).u8(2).u8(110).u16(credit.length).bytes(credit).done();
    byte[] resource =
        new ByteWriter().text("8BIM").u16(0x0404).u16(0).u32(record.length).bytes(record).done();
    return segment(0xED, ByteWriter.latin("Photoshop 3.0\0"), resource);
  }

  @ParameterizedTest
  @CsvSource({
    "Adobe Firefly, AI_GENERATED",
    "DALL-E 3, AI_GENERATED",
    "DALL\u00B7E, AI_GENERATED",
    "Midjourney, AI_GENERATED",
    "ComfyUI 0.3, AI_GENERATED",
    "InvokeAI, AI_GENERATED",
    "gpt-image-1, AI_GENERATED",
    "Imagen 3, AI_GENERATED",
    "Google Imagen, AI_GENERATED",
    "FLUX.1-dev, AI_GENERATED",
    "Ideogram, AI_GENERATED",
    "Leonardo.Ai, AI_GENERATED",
    "DreamStudio, AI_GENERATED",
    "NovelAI, AI_GENERATED",
    "Adobe Photoshop 25.1 (Windows), EDITED",
    "GIMP 2.10.34, EDITED",
  })
  void programsAreKnownByTheirNames(String name, Claim claim) {
    byte[] exif = new TiffWriter(false).text(0x0131, name).done();
    assertThat(Provenance.of(jpeg(exifSegment(exif))))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.source()).isEqualTo(Source.EXIF);
              assertThat(found.claim()).isEqualTo(claim);
              assertThat(found.generator()).contains(name);
            });
    assertThat(Provenance.of(jpeg(xmpSegment(xmp("xmp:CreatorTool=\"" + name + "\"", "")))))
        .extracting(Evidence::source, Evidence::claim)
        .containsExactly(tuple(Source.IPTC_XMP, claim));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Editor de imagen",
        "Leonardo da Vinci Scanner",
        "f.lux",
        "HDR+ 1.0.3",
        "Ver.1.00",
        "Windows Photo Editor 10.0",
        "firewall",
        "17.5.1",
        "Influxdb"
      })
  void otherProgramsAreNoEvidence(String name) {
    byte[] exif = new TiffWriter(true).text(0x0131, name).done();
    assertThat(Provenance.of(jpeg(exifSegment(exif)))).isEmpty();
  }

  @Test
  void chinasLabelIsReadInXmpInPngAndInAUserComment() {
    String escaped = AIGC.replace("\"", "&quot;");
    byte[] xmp = jpeg(xmpSegment(xmp("TC260:AIGC=\"" + escaped + "\"", "")));
    byte[] element = jpeg(xmpSegment(xmp("", "<TC260:AIGC>" + AIGC + "</TC260:AIGC>")));
    byte[] text = png(textChunk("AIGC", AIGC));
    byte[] comment = jpeg(exifSegment(comment("{\"AIGC\":" + AIGC + "}", true)));
    for (byte[] file : List.of(xmp, element, text, comment)) {
      assertThat(Provenance.of(file))
          .containsExactly(
              Evidence.unsigned(
                  Source.TC260,
                  Claim.AI_GENERATED,
                  Optional.of("001191110102MACQD9K64018705"),
                  "Label 1, which stands for generated by AI, ProduceID \"7\""));
    }
  }

  @Test
  void chinasLabelOfASuspicionIsNoClaimThatItIsGenerated() {
    byte[] file = png(textChunk("AIGC", AIGC.replace("\"Label\":\"1\"", "\"Label\":\"3\"")));
    assertThat(Provenance.of(file))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.claim()).isEqualTo(Claim.UNSPECIFIED);
              assertThat(found.detail()).contains("suspected to be generated by AI");
            });
    assertThat(Provenance.of(png(textChunk("AIGC", "{\"Label\":"))))
        .containsExactly(Evidence.unreadable(Source.TC260, "the label is no JSON"));
  }

  @Test
  void settingsAreReadInPngAndInUserComments() {
    String expected = "model \"dreamshaper_8\", prompt \"a portrait of a woman\"";
    byte[] inPng = png(textChunk("parameters", SETTINGS));
    byte[] packed = png(chunk("zTXt", ByteWriter.latin("parameters\0\0"), deflated(SETTINGS)));
    byte[] bigEndian = jpeg(exifSegment(comment(SETTINGS, true)));
    byte[] littleEndian = jpeg(exifSegment(comment(SETTINGS, false)));
    byte[] ascii =
        webp(
            Carriers.riffChunk(
                "EXIF",
                new TiffWriter(false)
                    .bytes(0x9286, 7, ByteWriter.latin("ASCII\0\0\0" + SETTINGS))
                    .done()));
    for (byte[] file : List.of(inPng, packed, bigEndian, littleEndian, ascii)) {
      assertThat(Provenance.of(file))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.source()).isEqualTo(Source.GENERATOR_TEXT);
                assertThat(found.claim()).isEqualTo(Claim.AI_GENERATED);
                assertThat(found.verified()).isEqualTo(Verified.UNSIGNED);
                assertThat(found.generator())
                    .contains("AUTOMATIC1111 or a program that writes as it does");
                assertThat(found.detail()).startsWith(expected);
              });
    }
    assertThat(
            Provenance.of(png(textChunk("parameters", SETTINGS.replace("v1.9.3", "f2.0.1v1.10")))))
        .extracting(found -> found.generator().orElse(""))
        .containsExactly("Forge");
  }

  static byte[] deflated(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(out)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** In UTF-16 of one order, in EXIF of the other. */
  static byte[] comment(String text, boolean bigEndian) {
    byte[] utf16 = text.getBytes(bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    return new TiffWriter(!bigEndian)
        .bytes(0x9286, 7, ByteWriter.joined(ByteWriter.latin("UNICODE\0"), utf16))
        .done();
  }

  @Test
  void comfysGraphsAreRead() {
    byte[] inPng = png(textChunk("prompt", GRAPH), textChunk("workflow", "{\"nodes\": []}"));
    assertThat(Provenance.of(inPng))
        .extracting(Evidence::toString)
        .containsExactly(
            "a generator's text claims that it was made by AI, with \"ComfyUI\": prompt with a graph"
                + " of nodes, model \"sdxl.safetensors\"; unsigned, anybody can write it",
            "a generator's text claims that it was made by AI, with \"ComfyUI\": workflow with a graph"
                + " of nodes; unsigned, anybody can write it");
    // In a WebP they stand where a camera's name does, which they are not.
    byte[] exif =
        new TiffWriter(false)
            .text(0x010F, "workflow:{\"nodes\": []}")
            .text(0x0110, "prompt:" + GRAPH)
            .done();
    assertThat(Provenance.of(webp(Carriers.riffChunk("EXIF", exif))))
        .hasSize(2)
        .allSatisfy(found -> assertThat(found.generator()).contains("ComfyUI"));
    assertThat(Provenance.of(png(textChunk("prompt", GRAPH.substring(0, 100)))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "invokeai_metadata|{\"app_version\": \"4.2\"}|InvokeAI",
        "sd-metadata|{\"app_id\": \"invoke-ai/InvokeAI\"}|InvokeAI",
        "Dream|cat -s 50|InvokeAI",
        "parameters|{\"sui_image_params\": {\"prompt\": \"x\"}}|SwarmUI",
        "sui_image_params|{}|SwarmUI",
        "Software|NovelAI|NovelAI",
        "Description|a cat --v 6.1 Job ID: 0e7c2b1a-1111-2222-3333-444455556666|Midjourney",
        "SD:mode|txt2img|''",
        "StableDiffusionVersion|1.5|''",
        "Model hash|abc|''",
      })
  void otherGeneratorsAreKnownByTheirKeywords(String keyword, String text, String generator) {
    assertThat(Provenance.of(png(textChunk(keyword, text))))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.claim()).isEqualTo(Claim.AI_GENERATED);
              assertThat(found.generator().orElse("")).isEqualTo(generator);
            });
  }

  @Test
  void easyDiffusionIsKnownByTwoKeywordsTogether() {
    assertThat(
            Provenance.of(
                png(
                    textChunk("prompt", "a cat"),
                    textChunk("negative_prompt", ""),
                    textChunk("seed", "7"))))
        .extracting(found -> found.generator().orElse(""), Evidence::detail)
        .containsExactly(tuple("Easy Diffusion", "prompt \"a cat\""));
  }

  @Test
  void postprocessingIsAChange() {
    for (String key : List.of("postprocessing", "extras")) {
      byte[] file = png(textChunk(key, "Postprocess upscale by: 4, upscaler: ESRGAN"));
      assertThat(Provenance.of(file)).extracting(Evidence::claim).containsExactly(Claim.AI_EDITED);
    }
  }

  @Test
  void aManifestThatLiesElsewhereIsSaidToBeThere() {
    String packet =
        xmp("xmlns:dcterms='http://purl.org/dc/terms/' dcterms:provenance='%s'", "")
            .formatted("https://example.org/1.c2pa");
    assertThat(Provenance.of(jpeg(xmpSegment(packet))))
        .extracting(Evidence::toString)
        .containsExactly(
            "C2PA is there, but unreadable: its manifest lies at \"https://example.org/1.c2pa\", where"
                + " nothing is asked for");
    String own = packet.replace("https://example.org/1.c2pa", "self#jumbf=c2pa/urn:uuid:1");
    assertThat(Provenance.of(jpeg(xmpSegment(own)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "generation_time, 2 s",
    "prompt, a cat",
    "Comment, made by me",
    "Title, portrait",
    "parameters, size 5"
  })
  void otherTextsAreNoEvidence(String keyword, String text) {
    assertThat(Provenance.of(png(textChunk(keyword, text)))).isEmpty();
  }

  @Test
  void aCameraIsNamedAndEasilyFaked() {
    byte[] exif =
        new TiffWriter(true)
            .text(0x010F, "Canon")
            .text(0x0110, "Canon EOS R5")
            .text(0x9003, "2026:05:04 03:02:01")
            .text(0xA434, "RF50mm F1.2 L USM")
            .done();
    String expected =
        "EXIF claims that a camera took it: \"Canon EOS R5\", lens \"RF50mm F1.2 L USM\", taken \"2026:05:04"
            + " 03:02:01\"; unsigned, and easily faked";
    for (byte[] file :
        List.of(
            jpeg(exifSegment(exif)),
            png(chunk("eXIf", exif)),
            webp(Carriers.riffChunk("EXIF", exif)),
            Carriers.heic(exif, "<a/>".getBytes(StandardCharsets.UTF_8)),
            exif)) {
      assertThat(Provenance.of(file)).extracting(Evidence::toString).containsExactly(expected);
    }
  }

  @Test
  void whatIsSignedComesFirstAndTheCameraLast() {
    byte[] exif = new TiffWriter(true).text(0x010F, "Canon").text(0x0110, "EOS").done();
    byte[] file = jpeg(exifSegment(exif), xmpSegment(xmp("xmp:CreatorTool=\"Adobe Firefly\"", "")));
    assertThat(Provenance.of(file))
        .extracting(Evidence::source)
        .containsExactly(Source.IPTC_XMP, Source.EXIF);
  }

  @Test
  void aFileWithoutAnySaysNothing() {
    for (String format : List.of("jpeg", "png", "gif", "bmp")) {
      assertThat(Provenance.of(Carriers.picture(format))).isEmpty();
    }
    assertThat(Provenance.of(new byte[0])).isEmpty();
    assertThat(Provenance.of("plain text".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(Provenance.NOTHING_FOUND).isEqualTo("no label found, which proves nothing");
  }

  @Test
  void damagedMetadataIsUnreadableAndWhatIsSoundIsReadAllTheSame() {
    byte[] damaged = exifSegment(ByteWriter.latin("XX*\0\0\0\0\0"));
    byte[] sound = xmpSegment(xmp("xmp:CreatorTool=\"Adobe Firefly\"", ""));
    assertThat(Provenance.of(jpeg(damaged, sound)))
        .extracting(Evidence::toString)
        .containsExactly(
            "IPTC/XMP claims that it was made by AI, with \"Adobe Firefly\": CreatorTool \"Adobe"
                + " Firefly\"; unsigned, anybody can write it",
            "EXIF is there, but unreadable: it does not begin with an order of bytes");
    byte[] cut = Arrays.copyOf(jpeg(sound), 200);
    assertThat(Provenance.of(cut))
        .extracting(Evidence::source, Evidence::claim)
        .containsExactly(tuple(Source.FILE, Claim.UNREADABLE));
    String open = xmp("xmp:CreatorTool=\"Adobe Firefly\"", "").replace("</rdf:RDF>", "<");
    assertThat(Provenance.of(jpeg(xmpSegment(open))))
        .extracting(Evidence::claim)
        .containsExactly(Claim.AI_GENERATED, Claim.UNREADABLE);
  }
}

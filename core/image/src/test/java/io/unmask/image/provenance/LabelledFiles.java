package io.unmask.image.provenance;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A file for each way in which files make claims, to be damaged. */
public final class LabelledFiles {

  private LabelledFiles() {}

  /** The files, all small. */
  public static List<byte[]> all() {
    byte[] exif =
        new TiffWriter(true)
            .text(0x010F, "Canon")
            .text(0x0110, "EOS R5")
            .text(0x0131, "Adobe Photoshop 25")
            .text(0x9003, "2026:05:04 03:02:01")
            .text(0xA434, "RF50mm F1.2 L USM")
            .done();
    String xmp =
        LabelsTest.xmp(
            "xmp:CreatorTool=\"Adobe Firefly\" TC260:AIGC=\""
                + LabelsTest.AIGC.replace("\"", "&quot;")
                + "\"",
            "<ext:DigitalSourceType>x/trainedAlgorithmicMedia</ext:DigitalSourceType>");
    byte[] packet = xmp.getBytes(StandardCharsets.UTF_8);
    ManifestWriter manifest = C2paTest.generated();
    return List.of(
        manifest.into(Carriers::jpegWith),
        manifest.into(Carriers::pngWith),
        manifest.into(Carriers::webpWith),
        manifest.into(Carriers::gifWith),
        manifest.into(Carriers::tiffWith),
        manifest.into(Carriers::svgWith),
        manifest.intoBoxes(Carriers::heicWith, Carriers::heicHash),
        Carriers.jpeg(
            Carriers.exifSegment(exif),
            Carriers.xmpSegment(xmp),
            Carriers.exifSegment(LabelsTest.comment(LabelsTest.SETTINGS, true))),
        Carriers.png(
            Carriers.chunk("eXIf", exif),
            Carriers.textChunk("parameters", LabelsTest.SETTINGS),
            Carriers.textChunk("prompt", LabelsTest.GRAPH),
            Carriers.textChunk("AIGC", LabelsTest.AIGC),
            Carriers.chunk(
                "zTXt", ByteWriter.latin("Comment\0\0"), LabelsTest.deflated(LabelsTest.SETTINGS))),
        Carriers.webp(Carriers.riffChunk("EXIF", exif), Carriers.riffChunk("XMP ", packet)),
        Carriers.gifXmp(new String(packet, StandardCharsets.ISO_8859_1)),
        Carriers.heic(exif, packet),
        exif,
        manifest.ofType("c2um").intoNothing(),
        C2paTest.generated()
            .assertion("c2pa.soft-binding", Map.of("alg", "com.digimarc"))
            .signedBy(Signer.of(Signer.Algorithm.PS256, "Old").asOfOld())
            .into(Carriers::jpegWith),
        Carriers.jpeg(
            LabelsTest.credit("Made with Google AI"),
            LabelsTest.longXmp(Arrays.copyOf(packet, 400), 0),
            LabelsTest.longXmp(Arrays.copyOfRange(packet, 400, packet.length), 400)),
        Carriers.png(
            Carriers.textChunk("sd-metadata", "{\"app_id\": \"invoke-ai/InvokeAI\"}"),
            Carriers.textChunk("Dream", "cat -s 50"),
            Carriers.textChunk("Software", "NovelAI"),
            Carriers.textChunk("negative_prompt", "blurry"),
            Carriers.textChunk("seed", "7"),
            Carriers.textChunk("postprocessing", "upscale by: 4"),
            Carriers.textChunk("SD:mode", "txt2img"),
            Carriers.textChunk("sui_image_params", "{}")));
  }
}

package io.unmask.image.provenance;

import static io.unmask.image.provenance.ByteWriter.joined;
import static io.unmask.image.provenance.ByteWriter.latin;
import static io.unmask.image.provenance.ManifestWriter.box;

import io.unmask.image.provenance.ManifestWriter.Placed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Puts pieces of metadata into small files of each format. */
final class Carriers {

  static final String C2PA_UUID =
      "\u00D8\u00FE\u00C3\u00D6\u001B\u000EH<\u0092\u0097X(\u0087~\u00C4\u0081";

  /** What JPEG's segments hold at most of a box that is split. */
  private static final int SEGMENT = 700; // far less, so that small boxes are split too

  private Carriers() {}

  static byte[] picture(String format) {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24 * 16; i++) {
      image.setRGB(i % 24, i / 24, 0x010203 * (i % 80));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] inserted(byte[] file, int at, byte[] part) {
    return joined(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
  }

  static byte[] segment(int marker, byte[]... parts) {
    byte[] content = joined(parts);
    return new ByteWriter().u8(0xFF).u8(marker).u16(content.length + 2).bytes(content).done();
  }

  static byte[] jpeg(byte[]... segments) {
    return inserted(picture("jpeg"), 2, joined(segments));
  }

  static byte[] exifSegment(byte[] exif) {
    return segment(0xE1, latin("Exif\0\0"), exif);
  }

  static byte[] xmpSegment(String xmp) {
    return segment(
        0xE1, latin("http://ns.adobe.com/xap/1.0/\0"), xmp.getBytes(StandardCharsets.UTF_8));
  }

  static Placed jpegWith(byte[] store) {
    List<byte[]> segments = new ArrayList<>();
    for (int at = 0, number = 1; at < store.length; at += SEGMENT, number++) {
      byte[] part = Arrays.copyOfRange(store, at, Math.min(store.length, at + SEGMENT));
      byte[] header = number == 1 ? new byte[0] : Arrays.copyOf(store, 8);
      byte[] numbers = new ByteWriter().text("JP").u16(1).u32(number).done();
      segments.add(segment(0xEB, numbers, header, part));
    }
    byte[] all = joined(segments.toArray(byte[][]::new));
    return new Placed(inserted(picture("jpeg"), 2, all), 2, 2 + all.length);
  }

  static byte[] chunk(String name, byte[]... parts) {
    byte[] content = joined(latin(name), joined(parts));
    CRC32 sum = new CRC32();
    sum.update(content);
    return new ByteWriter().u32(content.length - 4).bytes(content).u32(sum.getValue()).done();
  }

  static byte[] png(byte[]... chunks) {
    return inserted(picture("png"), 33, joined(chunks));
  }

  static byte[] textChunk(String keyword, String text) {
    return chunk("tEXt", latin(keyword + "\0"), text.getBytes(StandardCharsets.UTF_8));
  }

  static Placed pngWith(byte[] store) {
    byte[] chunk = chunk("caBX", store);
    return new Placed(png(chunk), 33, 33 + chunk.length);
  }

  static byte[] riffChunk(String name, byte[] content) {
    byte[] padding = new byte[content.length & 1];
    return new ByteWriter()
        .text(name)
        .u32LittleEndian(content.length)
        .bytes(content)
        .bytes(padding)
        .done();
  }

  /** Not a picture, but a file of a picture's chunks. */
  static byte[] webp(byte[]... chunks) {
    byte[] all = joined(riffChunk("VP8L", new byte[64]), joined(chunks));
    return new ByteWriter()
        .text("RIFF")
        .u32LittleEndian(all.length + 4)
        .text("WEBP")
        .bytes(all)
        .done();
  }

  static Placed webpWith(byte[] store) {
    byte[] file = webp(riffChunk("C2PA", store));
    return new Placed(file, 12 + 72, file.length);
  }

  private static int behindColours(byte[] gif) {
    return 13 + ((gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1));
  }

  static byte[] gif(byte[] extension) {
    byte[] gif = picture("gif");
    return inserted(gif, behindColours(gif), extension);
  }

  static Placed gifWith(byte[] store) {
    ByteWriter extension =
        new ByteWriter().u8(0x21).u8(0xFF).u8(11).text("C2PA_GIF").u8(1).u8(0).u8(0);
    for (int at = 0; at < store.length; at += 255) {
      byte[] block = Arrays.copyOfRange(store, at, Math.min(store.length, at + 255));
      extension.u8(block.length).bytes(block);
    }
    byte[] all = extension.u8(0).done();
    int start = behindColours(picture("gif"));
    return new Placed(gif(all), start, start + all.length);
  }

  static byte[] gifXmp(String xmp) {
    ByteWriter extension = new ByteWriter().u8(0x21).u8(0xFF).u8(11).text("XMP DataXMP").text(xmp);
    extension.u8(1);
    for (int i = 255; i >= 0; i--) {
      extension.u8(i);
    }
    return gif(extension.u8(0).done());
  }

  static byte[] fileType(String brand) {
    return box("ftyp", latin(brand + "\0\0\0\0mif1" + brand));
  }

  static Placed heicWith(byte[] store) {
    byte[] type = fileType("heic");
    byte[] uuid =
        box("uuid", latin(C2PA_UUID), new byte[4], latin("manifest\0"), new byte[8], store);
    byte[] file = joined(type, uuid, box("mdat", new byte[200]));
    return new Placed(file, type.length, type.length + uuid.length);
  }

  /** The hash of {@link #heicWith}: the position of what is hashed, and that. */
  static byte[] heicHash(byte[] file) {
    int data = file.length - 208;
    MessageDigest digest = ManifestWriter.sha256();
    digest.update(new ByteWriter().u64(data).done());
    digest.update(file, data, 208);
    return digest.digest();
  }

  /** A HEIC with EXIF and XMP as items. */
  static byte[] heic(byte[] exif, byte[] xmp) {
    byte[] type = fileType("heic");
    byte[] exifItem = joined(new byte[] {0, 0, 0, 0}, exif);
    byte[] meta = meta(0, exifItem.length, xmp.length);
    int data = type.length + meta.length + 8;
    return joined(type, meta(data, exifItem.length, xmp.length), box("mdat", exifItem, xmp));
  }

  private static byte[] meta(int data, int exif, int xmp) {
    byte[] exifEntry = box("infe", new byte[] {2, 0, 0, 1, 0, 1, 0, 0}, latin("Exif\0"));
    byte[] xmpEntry =
        box("infe", new byte[] {2, 0, 0, 1, 0, 2, 0, 0}, latin("mime\0application/rdf+xml\0"));
    byte[] places =
        new ByteWriter()
            .u32(0)
            .u16(0x4400)
            .u16(2)
            .u16(1)
            .u16(0)
            .u16(1)
            .u32(data)
            .u32(exif)
            .u16(2)
            .u16(0)
            .u16(1)
            .u32(data + exif)
            .u32(xmp)
            .done();
    byte[] kinds = new ByteWriter().u32(0).u16(2).bytes(exifEntry).bytes(xmpEntry).done();
    return box("meta", new byte[4], box("iloc", places), box("iinf", kinds));
  }

  static Placed tiffWith(byte[] store) {
    byte[] file = new TiffWriter(true).bytes(0xCD41, 7, store).done();
    return new Placed(file, file.length - store.length, file.length);
  }

  static Placed svgWith(byte[] store) {
    String start = "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><c2pa:manifest>";
    String text = Base64.getEncoder().encodeToString(store);
    byte[] file = latin(start + text + "</c2pa:manifest></metadata><rect/></svg>");
    return new Placed(file, start.length(), start.length() + text.length());
  }
}

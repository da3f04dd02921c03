package io.unmask.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A format that is not read, but that people take for images, or save under an image's name: told
 * by its first bytes.
 *
 * @param title what people call it
 * @param remedy what to do instead
 */
record ForeignFormat(String title, String remedy) {

  private static final String CONVERT = "save it as JPEG or PNG";
  private static final String PLUG_IN =
      "add the Maven dependency io.unmask:unmask-heif, which has the libheif of the system read it,"
          + " or ";
  private static final String PHONE =
      PLUG_IN
          + "save it as JPEG: phones do when the camera is set to the most compatible format, and when a"
          + " photo is shared by mail; heif-convert of libheif converts files";
  private static final ForeignFormat VIDEO =
      new ForeignFormat("a video (MP4 or MOV)", "save the frame that is to be judged as PNG");
  private static final ForeignFormat TIFF =
      new ForeignFormat("a TIFF image, or a camera's raw one", CONVERT + " (raw files: developed)");

  /** Beginnings, each with its format. Those of several bytes at some offset are below. */
  private static final List<Beginning> BEGINNINGS =
      List.of(
          new Beginning("II*\0", TIFF),
          new Beginning("MM\0*", TIFF),
          new Beginning("II+\0", TIFF),
          new Beginning("MM\0+", TIFF),
          new Beginning("IIRO", TIFF),
          new Beginning("FUJIFILMCCD-RAW", TIFF),
          new Beginning("\u00FF\n", new ForeignFormat("a JPEG XL image", CONVERT)),
          new Beginning("\0\0\0\fJXL ", new ForeignFormat("a JPEG XL image", CONVERT)),
          new Beginning("\0\0\0\fjP  ", new ForeignFormat("a JPEG 2000 image", CONVERT)),
          new Beginning("\u00FFO\u00FFQ", new ForeignFormat("a JPEG 2000 image", CONVERT)),
          new Beginning("\0\0\1\0", new ForeignFormat("a Windows icon (ICO)", CONVERT)),
          new Beginning("\0\0\2\0", new ForeignFormat("a Windows cursor (CUR)", CONVERT)),
          new Beginning("8BPS", new ForeignFormat("a Photoshop file (PSD)", CONVERT)),
          new Beginning("qoif", new ForeignFormat("a QOI image", CONVERT)),
          new Beginning(
              "%PDF-",
              new ForeignFormat("a PDF document", "save the picture in it as JPEG or PNG")),
          new Beginning("%!PS", new ForeignFormat("a PostScript document", CONVERT)),
          new Beginning("PK\3\4", new ForeignFormat("a ZIP archive", "unpack the images in it")),
          new Beginning("\u001AE\u00DF\u00A3", VIDEO));

  private record Beginning(String text, ForeignFormat format) {}

  /** The format of a file that begins so, if it is one of these. */
  static Optional<ForeignFormat> of(byte[] encoded) {
    if (ImageFormat.hasText(encoded, 4, "ftyp")) {
      return Optional.of(ofBrand(encoded));
    }
    for (Beginning beginning : BEGINNINGS) {
      if (ImageFormat.hasText(encoded, 0, beginning.text)) {
        return Optional.of(beginning.format);
      }
    }
    return ofText(encoded);
  }

  /** By the major brand of an ISO base media file, and else by the compatible ones. */
  private static ForeignFormat ofBrand(byte[] encoded) {
    int end = Math.min(encoded.length, 64);
    for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) { // behind the first is its version
      String brand = new String(encoded, at, 4, StandardCharsets.ISO_8859_1);
      switch (brand) {
        case "heic", "heix", "heim", "heis", "hevc", "hevx" -> {
          return new ForeignFormat("a HEIC photo, as iPhones store it", PHONE);
        }
        case "avif", "avis" -> {
          return new ForeignFormat("an AVIF image", PLUG_IN + CONVERT);
        }
        case "crx " -> {
          return TIFF;
        }
        case "jxl " -> {
          return new ForeignFormat("a JPEG XL image", CONVERT);
        }
        default -> {
          // The next may be known.
        }
      }
    }
    return ImageFormat.hasText(encoded, 8, "mif1") || ImageFormat.hasText(encoded, 8, "msf1")
        ? new ForeignFormat("a HEIF image", PHONE)
        : VIDEO;
  }

  private static Optional<ForeignFormat> ofText(byte[] encoded) {
    String text =
        new String(encoded, 0, Math.min(encoded.length, 1024), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .stripLeading();
    if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) {
      return Optional.of(new ForeignFormat("an SVG drawing", "save it as PNG"));
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return Optional.of(
          new ForeignFormat(
              "a web page, not an image", "download the image itself, not the page that shows it"));
    }
    return Optional.empty();
  }

  /** Why it is not read, in words that complete "face.jpg: ". */
  String refusal() {
    return "this is %s, expected JPEG, PNG, GIF, BMP or WebP; %s".formatted(title, remedy);
  }
}

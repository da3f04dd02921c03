package io.unmask.image.provenance.container;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The text of an SVG: C2PA's element, and XMP as it stands there. */
final class SvgText implements Container {

  private static final int BEGINNING = 1024;
  private static final String BYTE_ORDER = "\u00EF\u00BB\u00BF";
  private static final int MOST_BYTES = 4 << 20;
  private static final String MANIFEST_START = "<c2pa:manifest";
  private static final String MANIFEST_END = "</c2pa:manifest>";

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    String beginning = file.text(0, (int) Math.min(BEGINNING, file.size()));
    String stripped = beginning.startsWith(BYTE_ORDER) ? beginning.substring(3) : beginning;
    if (!stripped.stripLeading().startsWith("<")
        || stripped.toLowerCase(Locale.ROOT).contains("<html")) {
      return false;
    }
    return beginning.toLowerCase(Locale.ROOT).contains("<svg");
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    if (file.size() > MOST_BYTES) {
      throw new DamagedException("an SVG of more than %d MiB".formatted(MOST_BYTES >> 20));
    }
    // Latin-1, so that an index into the text is one into the file.
    String text = new String(file.copy(), StandardCharsets.ISO_8859_1);
    int manifest = text.indexOf(MANIFEST_START);
    if (manifest >= 0) {
      int start = text.indexOf('>', manifest) + 1;
      int end = text.indexOf(MANIFEST_END, manifest);
      if (start == 0 || end < start) {
        throw new DamagedException("the element c2pa:manifest does not end");
      }
      FileBytes box = file.derived(decoded(text.substring(start, end)));
      found.add(Piece.of(Piece.Kind.C2PA, box, start, end));
    }
    int packet = text.indexOf("<x:xmpmeta");
    int packetEnd = text.indexOf("</x:xmpmeta>", Math.max(0, packet));
    if (packet >= 0 && packetEnd > packet) {
      int end = packetEnd + "</x:xmpmeta>".length();
      found.add(Piece.of(Piece.Kind.XMP, file.part(packet, end - packet), packet, end));
    }
  }

  private static byte[] decoded(String text) throws DamagedException {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new DamagedException("what c2pa:manifest holds is no base64");
    }
  }
}

package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import java.util.Optional;
import java.util.function.Consumer;

/** IPTC's older records (IIM 4.2) in Photoshop's resources: the credit line. */
final class IimReader {

  private static final int HEADER_BYTES = "Photoshop 3.0\0".length();
  private static final int IPTC_RESOURCE = 0x0404;
  private static final int TAG_MARKER = 0x1C;
  private static final int APPLICATION_RECORD = 2;
  private static final int CREDIT = 110;

  private IimReader() {}

  static void read(FileBytes photoshop, Consumer<Evidence> found) throws DamagedException {
    long at = HEADER_BYTES;
    while (at + 12 <= photoshop.size() && photoshop.has(at, "8BIM")) {
      int resource = photoshop.u16(at + 4);
      int name = photoshop.u8(at + 6) + 1;
      long size = at + 6 + name + (name & 1);
      long length = photoshop.u32(size);
      if (resource == IPTC_RESOURCE) {
        records(photoshop.part(size + 4, length), found);
      }
      at = size + 4 + length + (length & 1);
    }
  }

  private static void records(FileBytes iptc, Consumer<Evidence> found) throws DamagedException {
    long at = 0;
    while (at + 5 <= iptc.size() && iptc.u8(at) == TAG_MARKER) {
      int length = iptc.u16(at + 3);
      if (length >= 0x8000) {
        return; // a long one, which no credit line is
      }
      if (iptc.u8(at + 1) == APPLICATION_RECORD && iptc.u8(at + 2) == CREDIT) {
        credit(Texts.of(iptc.part(at + 5, length)), found);
      }
      at += 5 + length;
    }
  }

  /** Reads the credit line, of which there is one here and one in XMP. */
  static void credit(String credit, Consumer<Evidence> found) {
    if (credit.contains("Google AI") && !Programs.negates(credit)) {
      Claim claim = credit.startsWith("Edited") ? Claim.AI_EDITED : Claim.AI_GENERATED;
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP,
              claim,
              Optional.of("Google AI"),
              "Credit " + Texts.quoted(credit, 100)));
    }
  }
}

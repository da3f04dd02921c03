package io.unmask.heif;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The brands that a file of the ISO base media format begins with (ISO/IEC 14496-12, 4.3): what it
 * is for. Those of images are in ISO/IEC 23008-12 (HEIF) and the AV1 image file format.
 *
 * @param names the major brand, then the compatible ones
 */
record Brands(List<String> names) {

  private static final Set<String> HEVC =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");
  private static final Set<String> AV1 = Set.of("avif", "avis");
  private static final Set<String> ANY_CODEC = Set.of("mif1", "mif2", "msf1");
  private static final Set<String> SEQUENCES =
      Set.of("hevc", "hevx", "hevm", "hevs", "avis", "msf1");

  /**
   * Brands whose files have those of HEIF beside them, but are something else: Canon's raw ones.
   */
  private static final String CANON_RAW = "crx ";

  private static final int BOX_HEADER = 8;
  private static final int MOST = 64;

  Brands {
    names = List.copyOf(names);
  }

  /** Those of a file that begins so; none if it is of another format. */
  static Brands of(byte[] beginning) {
    List<String> names = new ArrayList<>();
    if (beginning.length >= BOX_HEADER + 4 && text(beginning, 4).equals("ftyp")) {
      long length =
          (beginning[0] & 0xFFL) << 24
              | (beginning[1] & 0xFF) << 16
              | (beginning[2] & 0xFF) << 8
              | (beginning[3] & 0xFF);
      long end = Math.min(beginning.length, length);
      names.add(text(beginning, BOX_HEADER));
      for (int at = BOX_HEADER + 8; at + 4 <= end && names.size() < MOST; at += 4) {
        names.add(text(beginning, at));
      }
    }
    return new Brands(names);
  }

  /** The format, told by the first brand that is one of an image. */
  Optional<HeifFormat> format() {
    for (String name : names) {
      if (name.equals(CANON_RAW)) {
        return Optional.empty();
      }
      if (HEVC.contains(name)) {
        return Optional.of(HeifFormat.HEIC);
      }
      if (AV1.contains(name)) {
        return Optional.of(HeifFormat.AVIF);
      }
    }
    return !names.isEmpty() && ANY_CODEC.contains(names.get(0))
        ? Optional.of(HeifFormat.HEIF)
        : Optional.empty();
  }

  /** Whether the file may hold a sequence of pictures. */
  boolean maySequence() {
    return names.stream().anyMatch(SEQUENCES::contains);
  }

  private static String text(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }
}

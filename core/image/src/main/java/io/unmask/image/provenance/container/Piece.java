package io.unmask.image.provenance.container;

import java.util.List;

/**
 * A piece of metadata as a file holds it.
 *
 * @param kind what it is by the name of its segment, chunk or box
 * @param name what the file calls it: the keyword of a text, else empty
 * @param bytes what it holds, without the container's own headers, put together if it was split
 * @param places where it lies in the file, with the container's headers
 */
public record Piece(Kind kind, String name, FileBytes bytes, List<Place> places) {

  /** What pieces there are. */
  public enum Kind {
    /** TIFF directories with EXIF's tags. */
    EXIF,
    /** A packet of XMP. */
    XMP,
    /** IPTC's older records, as Photoshop stores them. */
    IIM,
    /** A text with a keyword, in UTF-8 or Latin-1. */
    TEXT,
    /** A store of C2PA manifests, in JUMBF. */
    C2PA
  }

  /**
   * A stretch of the file.
   *
   * @param start of its first byte
   * @param end behind its last
   */
  public record Place(long start, long end) {}

  /** Copies the list. */
  public Piece {
    places = List.copyOf(places);
  }

  static Piece of(Kind kind, FileBytes bytes, long start, long end) {
    return named(kind, "", bytes, start, end);
  }

  static Piece named(Kind kind, String name, FileBytes bytes, long start, long end) {
    return new Piece(kind, name, bytes, List.of(new Place(start, end)));
  }
}

package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import io.unmask.image.provenance.container.Pieces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what image files claim about themselves, in JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF and SVG.
 * The picture is not decoded. Whatever a file holds, there is no exception: what is damaged is
 * evidence that says so. Thread-safe.
 *
 * <p>At most 16 MiB of a file are read for it.
 */
public final class Provenance {

  /** What to say of a file without evidence. */
  public static final String NOTHING_FOUND = Wording.NOTHING;

  private static final int MOST_EVIDENCE = 32;

  private Provenance() {}

  /**
   * What a file in memory claims about itself: what is signed first, then what labels say, then the
   * rest. Empty if there is nothing, which proves nothing.
   */
  public static List<Evidence> of(byte[] file) {
    return guarded(FileBytes.of(file));
  }

  /**
   * What a file on disk claims about itself, in the same order.
   *
   * @throws IOException if the file cannot be read
   */
  public static List<Evidence> of(SeekableByteChannel file) throws IOException {
    try {
      return guarded(FileBytes.of(file));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<Evidence> guarded(FileBytes file) {
    try {
      return read(file);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Nothing is known to come here; a verdict must not fail for what a file says beside it.
      return List.of(Evidence.unreadable(Source.FILE, "reading it failed: " + e));
    }
  }

  /** Reads without a net, so that tests see what would fall into it. */
  static List<Evidence> read(FileBytes file) {
    Pieces pieces = Pieces.of(file);
    if (pieces.pieces().isEmpty() && pieces.damage().isEmpty()) {
      return List.of();
    }
    Set<Evidence> found = new LinkedHashSet<>();
    TextsReader texts = new TextsReader();
    for (Piece piece : pieces.pieces()) {
      try {
        switch (piece.kind()) {
          case EXIF -> ExifReader.read(piece.bytes(), found::add);
          case XMP -> XmpReader.read(piece.bytes(), found::add);
          case IIM -> IimReader.read(piece.bytes(), found::add);
          case TEXT -> texts.add(piece);
          case C2PA -> C2paReader.read(piece, file, found::add);
        }
      } catch (DamagedException e) {
        found.add(Evidence.unreadable(source(piece.kind()), e.reason()));
      }
    }
    texts.read(found::add);
    pieces.damage().ifPresent(reason -> found.add(Evidence.unreadable(Source.FILE, reason)));
    List<Evidence> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Evidence::source));
    return List.copyOf(sorted.subList(0, Math.min(MOST_EVIDENCE, sorted.size())));
  }

  private static Source source(Piece.Kind kind) {
    return switch (kind) {
      case EXIF -> Source.EXIF;
      case XMP, IIM -> Source.IPTC_XMP;
      case TEXT -> Source.GENERATOR_TEXT;
      case C2PA -> Source.C2PA;
    };
  }
}

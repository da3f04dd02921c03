package io.unmask.image.provenance;

import io.unmask.files.FileFault;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import io.unmask.image.provenance.container.Pieces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads what image files claim about themselves, in JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF and SVG.
 * The picture is not decoded. No file causes an exception, whatever it contains: damage becomes
 * evidence that says so. Thread-safe.
 *
 * <p>At most 16 MiB of a file are read.
 */
public final class Provenance {

  /** What to say about a file without evidence. */
  public static final String NOTHING_FOUND = Wording.NOTHING;

  private static final int MOST_EVIDENCE = 32;

  private Provenance() {}

  /**
   * Returns what a file in memory claims about itself: signed claims first, then labels, then the
   * rest. Empty if there is nothing, which proves nothing.
   *
   * @throws NullPointerException if {@code file} is null
   */
  public static List<Evidence> of(byte[] file) {
    return guarded(FileBytes.of(Objects.requireNonNull(file, "file")));
  }

  /**
   * Returns what a file on disk claims about itself, in the same order.
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

  /**
   * Whether a file is of a format that is looked through, which may be one whose picture cannot be
   * decoded.
   *
   * @param beginning the first {@link io.unmask.image.FileKind#BYTES} bytes of the file, or all if
   *     it has fewer
   */
  public static boolean reads(byte[] beginning) {
    return Pieces.knows(FileBytes.of(beginning));
  }

  private static List<Evidence> guarded(FileBytes file) {
    try {
      return read(file);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      // Nothing is known to come here; a verdict must not fail for what a file says beside it.
      return List.of(Evidence.unreadable(Source.FILE, "reading it failed: " + FileFault.reason(e)));
    }
  }

  /** Reads without a net, so that tests see what would fall into it. */
  static List<Evidence> read(FileBytes file) {
    Pieces pieces = Pieces.of(file);
    if (pieces.pieces().isEmpty() && pieces.damage().isEmpty()) {
      return List.of();
    }
    // By their words, since Java makes the hash of a record at run time, which takes 20 ms once.
    Map<String, Evidence> found = new LinkedHashMap<>();
    Consumer<Evidence> taker = evidence -> found.putIfAbsent(words(evidence), evidence);
    TextsReader texts = new TextsReader();
    for (Piece piece : pieces.pieces()) {
      try {
        switch (piece.kind()) {
          case EXIF -> ExifReader.read(piece.bytes(), taker);
          case XMP -> XmpReader.read(piece.bytes(), taker);
          case IIM -> IimReader.read(piece.bytes(), taker);
          case TEXT -> texts.add(piece);
          case C2PA -> C2paReader.read(piece, file, taker);
        }
      } catch (DamagedException e) {
        taker.accept(Evidence.unreadable(source(piece.kind()), e.reason()));
      }
    }
    texts.read(taker);
    if (pieces.damage().isPresent()) {
      taker.accept(Evidence.unreadable(Source.FILE, pieces.damage().get()));
    }
    List<Evidence> sorted = new ArrayList<>();
    for (Source source : Source.values()) {
      for (Evidence evidence : found.values()) {
        if (evidence.source() == source) {
          sorted.add(evidence);
        }
      }
    }
    return List.copyOf(sorted.subList(0, Math.min(MOST_EVIDENCE, sorted.size())));
  }

  private static String words(Evidence evidence) {
    return String.join(
        "\n",
        evidence.source().name(),
        evidence.claim().name(),
        evidence.verified().name(),
        evidence.generator().orElse(""),
        evidence.detail());
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

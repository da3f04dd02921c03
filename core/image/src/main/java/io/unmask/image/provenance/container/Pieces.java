package io.unmask.image.provenance.container;

import java.util.List;
import java.util.Optional;

/**
 * The pieces of metadata in a file.
 *
 * @param pieces in the file's order; empty for a file of a format that is not known
 * @param damage why there may be more, if going through the file ended before its end
 */
public record Pieces(List<Piece> pieces, Optional<String> damage) {

  /** What one part of a container costs at least, so that very many parts end as well. */
  static final int STEP = 128;

  /** Copies the list. */
  public Pieces {
    pieces = List.copyOf(pieces);
  }

  /** Goes through a file, whose format is told by its first bytes. */
  public static Pieces of(FileBytes file) {
    Finds found = new Finds();
    try {
      for (Format format : Format.values()) {
        if (format.container().matches(file)) {
          format.container().read(file, found);
          break;
        }
      }
    } catch (DamagedException e) {
      return new Pieces(found.all(), Optional.of(e.reason()));
    }
    return new Pieces(found.all(), Optional.empty());
  }

  /** Whether a file that begins so is of a format whose pieces are found. */
  public static boolean knows(FileBytes beginning) {
    for (Format format : Format.values()) {
      try {
        if (format.container().matches(beginning)) {
          return true;
        }
      } catch (DamagedException e) {
        return true;
      }
    }
    return false;
  }

  /** The formats, each with what goes through it. A new instance, so that no class loads early. */
  private enum Format {
    JPEG,
    PNG,
    RIFF,
    GIF,
    ISO,
    TIFF,
    SVG;

    Container container() {
      return switch (this) {
        case JPEG -> new JpegSegments();
        case PNG -> new PngChunks();
        case RIFF -> new RiffChunks();
        case GIF -> new GifBlocks();
        case ISO -> new IsoBoxes();
        case TIFF -> new TiffFile();
        case SVG -> new SvgText();
      };
    }
  }
}

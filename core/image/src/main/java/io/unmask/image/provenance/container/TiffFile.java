package io.unmask.image.provenance.container;

import java.util.Optional;

/** A TIFF file, whose directories are EXIF's, and hold XMP and C2PA in tags. */
final class TiffFile implements Container {

  private static final int XMP = 700;
  private static final int C2PA = 0xCD41;

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(0, "II*\0") || file.has(0, "MM\0*") || isBig(file);
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    if (isBig(file)) {
      throw new DamagedException("it is a BigTIFF, which is not read");
    }
    found.add(Piece.of(Piece.Kind.EXIF, file, 0, file.size()));
    TiffDirectory directory = TiffDirectory.first(file);
    tag(directory, XMP, Piece.Kind.XMP, found);
    tag(directory, C2PA, Piece.Kind.C2PA, found);
  }

  private static boolean isBig(FileBytes file) throws DamagedException {
    return file.has(0, "II+\0") || file.has(0, "MM\0+");
  }

  private static void tag(TiffDirectory directory, int tag, Piece.Kind kind, Finds found)
      throws DamagedException {
    Optional<TiffDirectory.Value> value = directory.find(tag);
    if (value.isPresent()) {
      long start = value.get().start();
      FileBytes bytes = value.get().bytes();
      found.add(Piece.of(kind, bytes, start, start + bytes.size()));
    }
  }
}

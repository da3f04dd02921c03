package io.unmask.image.provenance.container;

/** The chunks of a WebP (RFC 9649, section 2.3), with C2PA's. */
final class RiffChunks implements Container {

  private static final int FILE_HEADER_BYTES = 12;

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(0, "RIFF") && file.has(8, "WEBP");
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    long at = FILE_HEADER_BYTES;
    while (at + 8 <= file.size()) {
      file.count(Pieces.STEP);
      String name = file.name(at);
      long length = file.u32LittleEndian(at + 4);
      long end = at + 8 + length + (length & 1);
      switch (name) {
        case "EXIF" -> {
          FileBytes content = file.part(at + 8, length);
          int header = content.has(0, "Exif\0\0") ? 6 : 0; // some programs write JPEG's signature
          found.add(Piece.of(Piece.Kind.EXIF, content.part(header, length - header), at, end));
        }
        case "XMP ", "XMP\0" -> // libraries of 2013 wrote a zero
            found.add(Piece.of(Piece.Kind.XMP, file.part(at + 8, length), at, end));
        case "C2PA" -> found.add(Piece.of(Piece.Kind.C2PA, file.part(at + 8, length), at, end));
        default -> {
          // It holds pixels, or no metadata that is read.
        }
      }
      at = end;
    }
    if (file.u32LittleEndian(4) + 8 > file.size()) {
      throw new DamagedException("the file ends before the end that it states");
    }
  }
}

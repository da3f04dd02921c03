package io.unmask.image.provenance.container;

import java.util.Set;

/** The chunks of a PNG (PNG 1.2, section 11.3.4 for texts; eXIf of the third edition; caBX). */
final class PngChunks implements Container {

  private static final Set<String> READ = Set.of("tEXt", "zTXt", "iTXt", "eXIf", "caBX");
  private static final int SIGNATURE_BYTES = 8;
  private static final int MOST_KEYWORD = 79;
  private static final String XMP_KEYWORD = "XML:com.adobe.xmp";

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(0, "\u0089PNG\r\n\u001A\n");
  }

  @Override
  public void read(FileBytes file, Finds found) throws DamagedException {
    long at = SIGNATURE_BYTES;
    while (at < file.size()) {
      file.count(Pieces.STEP);
      long length = file.u32(at);
      String name = file.name(at + 4);
      if (name.equals("IEND")) {
        return;
      }
      if (READ.contains(name)) {
        chunk(name, file.part(at + 8, length), at, found);
      }
      at += 12 + length;
    }
    throw new DamagedException("the file ends before its end is marked");
  }

  private static void chunk(String name, FileBytes content, long start, Finds found)
      throws DamagedException {
    long end = start + 12 + content.size();
    switch (name) {
      case "eXIf" -> {
        int header = content.has(0, "Exif\0\0") ? 6 : 0; // some programs write JPEG's signature
        FileBytes directory = content.part(header, content.size() - header);
        found.add(Piece.of(Piece.Kind.EXIF, directory, start, end));
      }
      case "caBX" -> found.add(Piece.of(Piece.Kind.C2PA, content, start, end));
      default -> text(name, content, start, end, found);
    }
  }

  private static void text(String chunk, FileBytes content, long start, long end, Finds found)
      throws DamagedException {
    long keyword = zero(content, 0, MOST_KEYWORD + 1);
    String name = content.text(0, (int) keyword);
    long text = keyword + 1;
    boolean packed = chunk.equals("zTXt");
    if (packed) {
      text++; // the method, of which there is one
    } else if (chunk.equals("iTXt")) {
      packed = content.u8(text) == 1;
      long language = zero(content, text + 2, 100);
      text = zero(content, language + 1, 1000) + 1;
    }
    FileBytes bytes = content.part(text, content.size() - text);
    if (packed) {
      bytes = Inflation.of(bytes);
    }
    if (name.equals(XMP_KEYWORD)) {
      found.add(Piece.of(Piece.Kind.XMP, bytes, start, end));
    } else {
      found.add(Piece.named(Piece.Kind.TEXT, name, bytes, start, end));
    }
  }

  /** Index of the next zero. */
  private static long zero(FileBytes content, long from, int most) throws DamagedException {
    for (long at = from; at <= from + most; at++) {
      if (content.u8(at) == 0) {
        return at;
      }
    }
    throw new DamagedException("a text's keyword does not end");
  }
}

package io.unmask.image.provenance.container;

import java.io.ByteArrayOutputStream;

/** The blocks of a GIF (GIF89a; XMP specification part 3, section 1.1.2; C2PA, appendix A). */
final class GifBlocks implements Container {

  private static final int HEADER_BYTES = 13;
  private static final int APPLICATION_BYTES = 11;

  /** XMP is not split into blocks; this many bytes behind it make readers find the end. */
  private static final int XMP_TRAILER_BYTES = 257;

  private FileBytes file = FileBytes.of(new byte[0]);
  private long at;

  @Override
  public boolean matches(FileBytes file) throws DamagedException {
    return file.has(0, "GIF8");
  }

  @Override
  public void read(FileBytes gif, Finds found) throws DamagedException {
    file = gif;
    at = HEADER_BYTES + colours(gif.u8(10));
    while (true) {
      file.count(Pieces.STEP);
      int introducer = file.u8(at);
      switch (introducer) {
        case 0x21 -> extension(found);
        case 0x2C -> {
          at += 10 + colours(file.u8(at + 9)) + 1; // header, colours, code size
          skipBlocks();
        }
        case 0x3B -> {
          return;
        }
        default -> throw new DamagedException("a block begins with %02X".formatted(introducer));
      }
    }
  }

  private static long colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
  }

  private void extension(Finds found) throws DamagedException {
    long start = at;
    int label = file.u8(at + 1);
    at += 2;
    if (label != 0xFF || file.u8(at) != APPLICATION_BYTES) {
      skipBlocks();
      return;
    }
    String application = file.text(at + 1, APPLICATION_BYTES);
    long content = at + 1 + APPLICATION_BYTES;
    if (application.startsWith("C2PA_GIF")) {
      at = content;
      byte[] box = blocks();
      found.add(Piece.of(Piece.Kind.C2PA, file.derived(box), start, at));
    } else if (application.equals("XMP DataXMP")) {
      skipBlocks();
      long length = at - content - XMP_TRAILER_BYTES - 1;
      if (length > 0) {
        found.add(Piece.of(Piece.Kind.XMP, file.part(content, length), start, at));
      }
    } else {
      skipBlocks();
    }
  }

  private byte[] blocks() throws DamagedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int length = file.u8(at); length > 0; length = file.u8(at)) {
      content.writeBytes(file.copy(at + 1, length));
      at += 1 + length;
    }
    at++;
    return content.toByteArray();
  }

  private void skipBlocks() throws DamagedException {
    for (int length = file.u8(at); length > 0; length = file.u8(at)) {
      file.count(1);
      at += 1 + length;
    }
    at++;
  }
}

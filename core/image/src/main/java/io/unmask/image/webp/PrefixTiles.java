package io.unmask.image.webp;

/**
 * Which prefix codes the tiles of a picture use (RFC 9649, section 3.7.2.2).
 *
 * @param bits of the side of a tile; without tiles, 0
 * @param columns of tiles
 * @param indices of the groups of codes by tile; without tiles, none
 * @param groups the codes; those that no tile uses are null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record PrefixTiles(int bits, int columns, char[] indices, PrefixGroup[] groups) {

  /** One group for all. */
  static PrefixTiles single(PrefixCodeReader codes) throws BitstreamException {
    return new PrefixTiles(0, 0, new char[0], new PrefixGroup[] {codes.group()});
  }

  /** Reads whether there are tiles, and if so, their groups. */
  static PrefixTiles read(BitReader bits, PrefixCodeReader codes, int width, int height)
      throws BitstreamException {
    if (!bits.flag()) {
      return single(codes);
    }
    int tileBits = Tiles.bits(bits);
    PixelArray image =
        EntropyDecoder.readPart(bits, Tiles.count(width, tileBits), Tiles.count(height, tileBits));
    char[] indices = new char[image.width() * image.height()];
    int most = 0;
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (char) (image.red(i) << 8 | image.green(i));
      most = Math.max(most, indices[i]);
    }
    boolean[] used = new boolean[most + 1];
    for (char index : indices) {
      used[index] = true;
    }
    PrefixGroup[] groups = new PrefixGroup[most + 1];
    for (int i = 0; i <= most; i++) {
      PrefixGroup group = codes.group();
      if (used[i]) {
        codes.keep(group);
        groups[i] = group;
      }
    }
    return new PrefixTiles(tileBits, image.width(), indices, groups);
  }

  /** What of a column tells where in its tile it is; all of it without tiles. */
  int mask() {
    return bits == 0 ? -1 : (1 << bits) - 1;
  }

  PrefixGroup at(int x, int y) {
    return groups[bits == 0 ? 0 : indices[columns * (y >> bits) + (x >> bits)]];
  }

  /** The alpha of all pixels that are neither copied nor cached, or -1 if it differs. */
  int constantAlpha() {
    int alpha = -1;
    for (PrefixGroup group : groups) {
      if (group != null) {
        int own = group.alpha().isConstant() ? group.alpha().constant() : -1;
        if (own < 0 || (alpha >= 0 && own != alpha)) {
          return -1;
        }
        alpha = own;
      }
    }
    return alpha;
  }
}

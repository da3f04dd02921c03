package io.unmask.image.webp;

/**
 * What the loop filter does (RFC 6386, section 9.4).
 *
 * @param simple whether luma alone is filtered, in the simple way
 * @param level the picture's strength; 0 turns the filter off
 * @param sharpness how much less is done inside macroblocks
 * @param all what is added to every macroblock's strength
 * @param detailed what is added where blocks of 4x4 are predicted one by one
 */
record FilterHeader(boolean simple, int level, int sharpness, int all, int detailed) {

  private static final int ADJUSTMENTS = 4;
  private static final int MOST = 63;

  static FilterHeader read(BooleanDecoder header) {
    boolean simple = header.flag();
    int level = header.number(6);
    int sharpness = header.number(3);
    int all = 0;
    int detailed = 0;
    boolean adjusted = header.flag();
    if (adjusted && header.flag()) {
      all = header.optional(6);
      skip(header);
      detailed = header.optional(6);
      skip(header);
    }
    return new FilterHeader(simple, level, sharpness, all, detailed);
  }

  /** The others are for macroblocks predicted from other pictures. */
  private static void skip(BooleanDecoder header) {
    for (int i = 1; i < ADJUSTMENTS; i++) {
      header.optional(6);
    }
  }

  /** The strength for macroblocks of a segment, 0..63. */
  int strength(Segments segments, int segment, boolean inDetail) {
    int strength = segments.filter(segment, level) + all + (inDetail ? detailed : 0);
    return Math.max(0, Math.min(MOST, strength));
  }

  /** How far neighbours inside a block may differ to be filtered (section 15.2). */
  int interiorLimit(int strength) {
    int limit = strength;
    if (sharpness > 0) {
      limit = Math.min(strength >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    return Math.max(1, limit);
  }
}

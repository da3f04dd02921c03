package io.unmask.image.webp;

/**
 * What stands before the macroblocks (RFC 6386, section 9).
 *
 * @param size columns and rows shown
 * @param modes the rest of the first partition: how each macroblock is predicted
 * @param segments what differs between groups of macroblocks
 * @param filter what the loop filter does
 * @param tokens the other partitions, whose rows of macroblocks take turns
 * @param quantizers for each segment
 * @param probabilities of the tokens
 * @param skipping how likely it is that a macroblock has coefficients, or -1 where all say them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and closed to other packages
record LossyHeader(
    PictureSize size,
    BooleanDecoder modes,
    Segments segments,
    FilterHeader filter,
    BooleanDecoder[] tokens,
    Quantizer[] quantizers,
    int[] probabilities,
    int skipping) {

  static final int BYTES = 10;

  private static final int START_CODE = 0x2A019D;
  private static final int MOST_PROFILE = 3;

  /** Reads and checks the size alone. */
  static PictureSize size(CodedBytes coded) throws BitstreamException {
    if (coded.length() < BYTES) {
      throw BitstreamException.truncated(BYTES + " bytes of image data");
    }
    int tag = coded.u24(0);
    if (coded.u24(3) != START_CODE || (tag & 1) != 0) {
      throw BitstreamException.malformed("its lossy data does not begin a picture");
    }
    if ((tag >> 1 & 7) > MOST_PROFILE) {
      throw BitstreamException.malformed("its lossy data has profile " + (tag >> 1 & 7));
    }
    if ((tag >> 4 & 1) == 0) {
      throw BitstreamException.malformed("its picture is not to be shown");
    }
    return new PictureSize(coded.u16(6) & 0x3FFF, coded.u16(8) & 0x3FFF);
  }

  /** Reads it all. */
  static LossyHeader read(CodedBytes coded) throws BitstreamException {
    PictureSize size = size(coded);
    CodedBytes partitions = coded.from(BYTES);
    int firstLength = coded.u24(0) >> 5;
    if (firstLength > partitions.length()) {
      throw BitstreamException.truncated("a partition of " + firstLength + " bytes");
    }
    // What chooses a macroblock's modes takes more than three bits at the least.
    long macroblocks = (long) Tiles.count(size.width(), 4) * Tiles.count(size.height(), 4);
    if (macroblocks > 8L * firstLength) {
      throw BitstreamException.truncated(
          "the data of " + size.width() + "x" + size.height() + " pixels");
    }
    BooleanDecoder first = new BooleanDecoder(partitions.first(firstLength));
    first.flag(); // colour space: there is but one
    first.flag(); // whether clamping is needed: it is done
    Segments segments = Segments.read(first);
    FilterHeader filter = FilterHeader.read(first);
    BooleanDecoder[] tokens = tokens(1 << first.number(2), partitions.from(firstLength));
    Quantizer[] quantizers = Quantizer.read(first, segments);
    first.flag(); // whether probabilities are kept for the next picture: there is none
    int[] probabilities = TokenProbabilities.read(first);
    int skipping = first.flag() ? first.number(8) : -1;
    if (first.exhausted()) {
      throw BitstreamException.truncated("the header of lossy data");
    }
    return new LossyHeader(
        size, first, segments, filter, tokens, quantizers, probabilities, skipping);
  }

  /** Finds the partitions: the lengths of all but the last, then the partitions (9.5). */
  private static BooleanDecoder[] tokens(int count, CodedBytes coded) throws BitstreamException {
    int position = 3 * (count - 1);
    BooleanDecoder[] partitions = new BooleanDecoder[count];
    if (position > coded.length()) {
      throw BitstreamException.truncated(count + " partitions");
    }
    for (int i = 0; i < count; i++) {
      if (i + 1 == count && position == coded.length()) {
        throw BitstreamException.truncated("the last of " + count + " partitions");
      }
      CodedBytes rest = coded.from(position);
      int length = i + 1 < count ? Math.min(coded.u24(3 * i), rest.length()) : rest.length();
      partitions[i] = new BooleanDecoder(rest.first(length));
      position += length;
    }
    return partitions;
  }
}

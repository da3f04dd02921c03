package io.unmask.image.webp;

import io.unmask.image.webp.EntropyDecoder.Alpha;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decodes a lossless picture (RFC 9649, section 3).
 *
 * <p>At the peak it takes three bytes a pixel, four if there is alpha, and less with a palette of
 * up to 16 colours, whose pixels stay bundled; up to six if such a palette is not the coder's first
 * step, which no known coder does.
 */
public final class LosslessDecoder {

  private static final int HEADER_BYTES = 5;
  private static final int SIGNATURE = 0x2F;
  private static final int SIZE_BITS = 14;

  private final BitReader bits;
  private final List<Transformation> transformations = new ArrayList<>();

  /** What may have been done to the pixels, in the order of their numbers. */
  private enum Kind {
    PREDICTION,
    COLORS,
    GREEN,
    PALETTE
  }

  private LosslessDecoder(CodedBytes coded) {
    this.bits = new BitReader(coded);
    for (int i = 0; i < HEADER_BYTES; i++) {
      bits.read(Byte.SIZE);
    }
  }

  /** Reads the size from the header. Nothing is allocated for it. */
  public static PictureSize size(CodedBytes coded) throws BitstreamException {
    if (coded.length() < HEADER_BYTES) {
      throw BitstreamException.truncated(HEADER_BYTES + " bytes of image data");
    }
    if (coded.u8(0) != SIGNATURE || coded.u8(4) >> 5 != 0) {
      throw BitstreamException.malformed("its lossless data has a wrong signature");
    }
    int sizes = coded.u16(1) | coded.u16(3) << 16;
    int mask = (1 << SIZE_BITS) - 1;
    return new PictureSize((sizes & mask) + 1, (sizes >> SIZE_BITS & mask) + 1);
  }

  /** Decodes a picture. */
  public static Picture decode(CodedBytes coded) throws BitstreamException {
    return new LosslessDecoder(coded).decode(size(coded));
  }

  private Picture decode(PictureSize size) throws BitstreamException {
    int width = size.width();
    Set<Kind> seen = EnumSet.noneOf(Kind.class);
    while (bits.flag()) {
      Kind kind = Kind.values()[bits.read(2)];
      if (!seen.add(kind)) {
        throw BitstreamException.malformed("it undoes the same transformation twice");
      }
      Transformation transformation = read(kind, width, size.height());
      transformations.add(transformation);
      width = transformation.codedWidth(width);
    }
    PixelArray pixels = EntropyDecoder.readPicture(bits, width, size.height(), alpha(seen));
    for (int i = transformations.size() - 1; i >= 0; i--) {
      if (i == 0 && transformations.get(i) instanceof Palette palette) {
        return new PalettePicture(size.width(), pixels, palette);
      }
      pixels = transformations.get(i).undo(pixels);
    }
    return pixels;
  }

  private Alpha alpha(Set<Kind> seen) {
    if (seen.contains(Kind.PALETTE) && !(transformations.get(0) instanceof Palette)) {
      return Alpha.ALWAYS; // room for the colours in place of the indices
    }
    return seen.contains(Kind.PREDICTION) ? Alpha.UNLESS_ZERO : Alpha.WHERE_IT_DIFFERS;
  }

  private Transformation read(Kind kind, int width, int height) throws BitstreamException {
    return switch (kind) {
      case PREDICTION -> PixelPrediction.read(bits, width, height);
      case COLORS -> ColorTransformation.read(bits, width, height);
      case GREEN -> new GreenTransformation();
      case PALETTE -> Palette.read(bits, width);
    };
  }
}

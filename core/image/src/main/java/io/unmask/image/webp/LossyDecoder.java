package io.unmask.image.webp;

/**
 * Decodes a lossy picture (RFC 6386): an intra picture of VP8.
 *
 * <p>All macroblocks are put together first and then filtered, since prediction looks at samples
 * that are not filtered. The result is libwebp's, sample by sample. At the peak it takes a byte and
 * a half a pixel.
 */
public final class LossyDecoder {

  private static final int SIDE = 16;
  private static final int CHROMA_SIDE = 8;

  private final LossyHeader header;
  private final int columns; // of macroblocks
  private final int rows;
  private final Plane luma;
  private final Plane blue;
  private final Plane red;
  private final ModeReader modes;
  private final CoefficientReader coefficients;
  private final LoopFilter filter;
  private final Macroblock macroblock = new Macroblock();
  private final DetailPrediction detail = new DetailPrediction();
  private final int[] scratch = new int[16];

  private LossyDecoder(LossyHeader header) {
    this.header = header;
    this.columns = (header.size().width() + SIDE - 1) / SIDE;
    this.rows = (header.size().height() + SIDE - 1) / SIDE;
    this.luma = Plane.of(columns * SIDE, rows * SIDE);
    this.blue = Plane.of(columns * CHROMA_SIDE, rows * CHROMA_SIDE);
    this.red = Plane.of(columns * CHROMA_SIDE, rows * CHROMA_SIDE);
    this.modes = new ModeReader(header, columns);
    this.coefficients = new CoefficientReader(header, columns);
    this.filter = new LoopFilter(header, columns, rows);
  }

  /** Reads the size from the header. Nothing is allocated for it. */
  public static PictureSize size(CodedBytes coded) throws BitstreamException {
    return LossyHeader.size(coded);
  }

  /** Decodes a picture that has at least one pixel. */
  public static Picture decode(CodedBytes coded) throws BitstreamException {
    return new LossyDecoder(LossyHeader.read(coded)).decode();
  }

  private Picture decode() throws BitstreamException {
    for (int row = 0; row < rows; row++) {
      BooleanDecoder tokens = header.tokens()[row & (header.tokens().length - 1)];
      modes.startRow();
      coefficients.startRow();
      luma.extendRow(row * SIDE - 1);
      for (int column = 0; column < columns; column++) {
        modes.read(column, macroblock);
        boolean empty = macroblock.skipped;
        if (empty) {
          coefficients.skip(column, macroblock);
        } else {
          coefficients.read(tokens, column, macroblock);
          empty = macroblock.isEmpty();
        }
        reconstruct(column, row, empty);
        filter.note(column, row, macroblock, empty);
      }
      if (header.modes().exhausted() || tokens.exhausted()) {
        throw BitstreamException.truncated((rows - row) * SIDE + " more rows of pixels");
      }
    }
    filter.apply(luma, blue, red);
    return new LossyPicture(header.size().width(), header.size().height(), luma, blue, red);
  }

  private void reconstruct(int column, int row, boolean empty) {
    int x = column * SIDE;
    int y = row * SIDE;
    if (macroblock.inDetail) {
      reconstructDetail(x, y, empty);
    } else {
      Prediction.predict(macroblock.lumaModes[0], luma, x, y, 4);
      for (int block = 0; block < 16 && !empty; block++) {
        add(block, luma, luma.index(x + 4 * (block & 3), y + block / 4 * 4));
      }
    }
    x = column * CHROMA_SIDE;
    y = row * CHROMA_SIDE;
    Prediction.predict(macroblock.chromaMode, blue, x, y, 3);
    Prediction.predict(macroblock.chromaMode, red, x, y, 3);
    for (int block = 0; block < 4 && !empty; block++) {
      int index = blue.index(x + 4 * (block & 1), y + block / 2 * 4);
      add(16 + block, blue, index);
      add(20 + block, red, index);
    }
  }

  private void reconstructDetail(int x, int y, boolean empty) {
    int besideMacroblock = luma.index(x + SIDE, y - 1);
    for (int block = 0; block < 16; block++) {
      int blockColumn = block & 3;
      int index = luma.index(x + 4 * blockColumn, y + block / 4 * 4);
      int right = blockColumn == 3 ? besideMacroblock : index - luma.stride() + 4;
      detail.predict(macroblock.lumaModes[block], luma, index, right);
      if (!empty) {
        add(block, luma, index);
      }
    }
  }

  private void add(int block, Plane plane, int index) {
    Transform.add(
        macroblock.coefficients,
        block * Macroblock.COEFFICIENTS,
        macroblock.ends[block],
        plane,
        index,
        scratch);
  }
}

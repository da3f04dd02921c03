package io.unmask.image;

import io.unmask.image.InterleavedPixels.Layout;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;

/**
 * The pixels of a {@link BufferedImage}, of any type. Levels of red, green, blue and grey are taken
 * as they are stored, as from a file: no profile is applied, and of 16 bits the upper 8 are kept.
 * Only what has none of them, such as floats and palettes, goes through the colour model.
 *
 * @param image the image, read through its own colour model, which undoes premultiplied alpha
 */
record BufferedPixels(BufferedImage image) implements PixelSource {

  /** Returns a source that reads the image's arrays where its type allows that. */
  static PixelSource of(BufferedImage image) {
    return switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR,
          BufferedImage.TYPE_4BYTE_ABGR,
          BufferedImage.TYPE_BYTE_GRAY ->
          bytes(image);
      case BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB -> ints(image, 16, 0);
      case BufferedImage.TYPE_INT_BGR -> ints(image, 0, 16);
      default -> isPlain(image) ? SamplePixels.of(image) : new BufferedPixels(image);
    };
  }

  /**
   * Whether the samples are the levels, whatever the order of their bands. The colour model would
   * put them through a profile, or grey ones through a gamma curve, and round 16 bits; files are
   * not read like that.
   */
  private static boolean isPlain(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    int space = colors.getColorSpace().getType();
    int type = colors.getTransferType();
    return colors instanceof ComponentColorModel
        && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
        && colors.getComponentSize(0) >= Byte.SIZE
        && !colors.isAlphaPremultiplied();
  }

  private static PixelSource bytes(BufferedImage image) {
    PixelInterleavedSampleModel model =
        (PixelInterleavedSampleModel) image.getRaster().getSampleModel();
    DataBufferByte buffer = (DataBufferByte) image.getRaster().getDataBuffer();
    int rowStride = model.getScanlineStride();
    int pixelStride = model.getPixelStride();
    int origin =
        buffer.getOffset()
            - image.getRaster().getSampleModelTranslateY() * rowStride
            - image.getRaster().getSampleModelTranslateX() * pixelStride;
    int[] bands = model.getBandOffsets();
    boolean gray = bands.length == 1;
    return new InterleavedPixels(
        image.getWidth(),
        image.getHeight(),
        buffer.getData(),
        new Layout(
            origin,
            rowStride,
            pixelStride,
            bands[0],
            gray ? bands[0] : bands[1],
            gray ? bands[0] : bands[2]));
  }

  private static PixelSource ints(BufferedImage image, int redShift, int blueShift) {
    SinglePixelPackedSampleModel model =
        (SinglePixelPackedSampleModel) image.getRaster().getSampleModel();
    DataBufferInt buffer = (DataBufferInt) image.getRaster().getDataBuffer();
    int origin =
        buffer.getOffset()
            - image.getRaster().getSampleModelTranslateY() * model.getScanlineStride()
            - image.getRaster().getSampleModelTranslateX();
    return new PackedPixels(
        image.getWidth(),
        image.getHeight(),
        buffer.getData(),
        origin,
        model.getScanlineStride(),
        redShift,
        blueShift);
  }

  /**
   * Pixels of one int each, green in bits 8..15.
   *
   * @param origin index of the top left pixel
   * @param rowStride from a row to the next
   * @param redShift the lowest bit of red
   * @param blueShift the lowest bit of blue
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and closed to others
  private record PackedPixels(
      int width, int height, int[] data, int origin, int rowStride, int redShift, int blueShift)
      implements PixelSource {

    @Override
    public void readRow(int y, int[] columns, float[] rgb) {
      int row = origin + y * rowStride;
      int out = 0;
      for (int column : columns) {
        int pixel = data[row + column];
        rgb[out] = (pixel >> redShift) & 0xFF;
        rgb[out + 1] = (pixel >> 8) & 0xFF;
        rgb[out + 2] = (pixel >> blueShift) & 0xFF;
        out += 3;
      }
    }
  }

  /**
   * The samples of an image, of which the upper 8 bits are kept.
   *
   * @param raster the image's
   * @param green the band of green: 1, or 0 of a grey image
   * @param blue the band of blue: 2, or 0 of a grey image
   * @param shift what is dropped
   */
  private record SamplePixels(Raster raster, int green, int blue, int shift)
      implements PixelSource {

    static SamplePixels of(BufferedImage image) {
      ColorModel colors = image.getColorModel();
      boolean gray = colors.getNumColorComponents() == 1;
      return new SamplePixels(
          image.getRaster(), gray ? 0 : 1, gray ? 0 : 2, colors.getComponentSize(0) - Byte.SIZE);
    }

    @Override
    public int width() {
      return raster.getWidth();
    }

    @Override
    public int height() {
      return raster.getHeight();
    }

    @Override
    public void readRow(int y, int[] columns, float[] rgb) {
      int out = 0;
      for (int column : columns) {
        rgb[out] = level(column, y, 0);
        rgb[out + 1] = level(column, y, green);
        rgb[out + 2] = level(column, y, blue);
        out += 3;
      }
    }

    private int level(int column, int y, int band) {
      return (raster.getSample(column, y, band) >> shift) & 0xFF;
    }
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public void readRow(int y, int[] columns, float[] rgb) {
    int[] row = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
    int out = 0;
    for (int column : columns) {
      int pixel = row[column];
      rgb[out] = (pixel >> 16) & 0xFF;
      rgb[out + 1] = (pixel >> 8) & 0xFF;
      rgb[out + 2] = pixel & 0xFF;
      out += 3;
    }
  }
}

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
 * The pixels of a {@link BufferedImage}, of any type.
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
      default -> isPlainGray(image) ? GrayPixels.of(image) : new BufferedPixels(image);
    };
  }

  /** Whether the colour model would put grey levels through a gamma curve, which nobody wants. */
  private static boolean isPlainGray(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    return colors instanceof ComponentColorModel
        && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && colors.getTransferType() != DataBuffer.TYPE_FLOAT
        && colors.getTransferType() != DataBuffer.TYPE_DOUBLE
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
   * The first band of an image, whose upper 8 bits are kept.
   *
   * @param raster the image's
   * @param shift what is dropped
   */
  private record GrayPixels(Raster raster, int shift) implements PixelSource {

    static GrayPixels of(BufferedImage image) {
      return new GrayPixels(
          image.getRaster(), Math.max(0, image.getColorModel().getComponentSize(0) - 8));
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
        int level = (raster.getSample(column, y, 0) >> shift) & 0xFF;
        rgb[out] = level;
        rgb[out + 1] = level;
        rgb[out + 2] = level;
        out += 3;
      }
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

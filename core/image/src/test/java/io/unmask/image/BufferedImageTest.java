package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.spi.InputFormat;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedImageTest {

  private static final int WIDTH = 13;
  private static final int HEIGHT = 11;
  private static final InputFormat SMALL = InputFormat.unitRange(7, 9);

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void sameColoursGiveTheSameFloatsInEveryType(int type) {
    float[] expected = process(filled(BufferedImage.TYPE_INT_RGB, 0xFF000000));
    assertThat(process(filled(type, 0xFF000000))).isEqualTo(expected);
    assertThat(process(filled(type, 0x40000000)))
        .as("transparency is dropped, not blended")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR_PRE})
  void premultipliedColoursAreDividedAgain(int type) {
    float[] expected = process(filled(BufferedImage.TYPE_INT_RGB, 0xFF000000));
    assertThat(process(filled(type, 0xFF000000))).isEqualTo(expected);
    float[] half = process(filled(type, 0x80000000));
    for (int i = 0; i < half.length; i++) {
      assertThat(Math.abs(half[i] - expected[i])).isLessThan(2.01f / 255);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE
      })
  void aPartOfAnImageIsReadFromItsOwnCorner(int type) {
    BufferedImage whole = filled(type, 0xFF000000);
    BufferedImage part = whole.getSubimage(3, 2, 6, 5);
    BufferedImage copy = new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 6; x++) {
        copy.setRGB(x, y, whole.getRGB(x + 3, y + 2));
      }
    }
    assertThat(process(part)).isEqualTo(process(copy));
  }

  @Test
  void greyLevelsAreTakenAsTheyAre() {
    BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(0, 0, 0, 77);
    BufferedImage shorts = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(0, 0, 0, 77 * 256 + 200);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    BufferedImage transparent =
        new BufferedImage(
            model,
            Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 1, 2, null),
            false,
            null);
    transparent.getRaster().setSample(0, 0, 0, 77);
    float level = 77 / 255f;
    for (BufferedImage image : new BufferedImage[] {bytes, shorts, transparent}) {
      float[] floats = new float[6];
      preprocessor.process(image, InputFormat.unitRange(1, 2), FloatBuffer.wrap(floats));
      assertThat(floats).containsExactly(level, level, level, 0, 0, 0);
    }
  }

  /** As from a file, whose profile does not count, and of whose 16 bits the upper 8 are kept. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aProfileDoesNotCountWhateverTheOrderOfTheBands(boolean alpha) {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    int[][] orders =
        alpha ? new int[][] {{0, 1, 2, 3}, {3, 2, 1, 0}} : new int[][] {{0, 1, 2}, {2, 1, 0}};
    for (int type : new int[] {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT}) {
      for (int[] order : orders) {
        ComponentColorModel model =
            new ComponentColorModel(linear, alpha, false, alpha ? 3 : 1, type);
        BufferedImage image =
            new BufferedImage(
                model,
                Raster.createInterleavedRaster(type, 1, 1, order.length, order.length, order, null),
                false,
                null);
        int[] levels = {200, 100, 50, 128};
        for (int band = 0; band < order.length; band++) {
          int level = type == DataBuffer.TYPE_BYTE ? levels[band] : levels[band] * 256 + 255;
          image.getRaster().setSample(0, 0, band, level);
        }
        float[] floats = new float[3];
        preprocessor.process(image, InputFormat.unitRange(1, 1), FloatBuffer.wrap(floats));
        assertThat(floats)
            .as("type %d, first band %d", type, order[0])
            .containsExactly(200 / 255f, 100 / 255f, 50 / 255f);
      }
    }
  }

  @Test
  void palettesAreLookedUp() {
    byte[] levels = {0, (byte) 255, 10};
    byte[] others = {9, 8, 7};
    IndexColorModel palette = new IndexColorModel(2, 3, levels, others, others);
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setSample(0, 0, 0, 1);
    image.getRaster().setSample(1, 0, 0, 2);
    float[] floats = new float[6];
    preprocessor.process(image, InputFormat.unitRange(1, 2), FloatBuffer.wrap(floats));
    assertThat(floats).containsExactly(1f, 8 / 255f, 8 / 255f, 10 / 255f, 7 / 255f, 7 / 255f);
  }

  private float[] process(BufferedImage image) {
    float[] floats = new float[SMALL.size()];
    preprocessor.process(image, SMALL, FloatBuffer.wrap(floats));
    return floats;
  }

  private static BufferedImage filled(int type, int alpha) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, alpha | ((x * 19) << 16) | ((y * 23) << 8) | ((x * y * 5) & 0xFF));
      }
    }
    return image;
  }
}

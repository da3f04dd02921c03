package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaPreprocessorTest {

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Preprocessor.class).stream().map(ServiceLoader.Provider::get))
        .filteredOn(found -> found.name().equals("java"))
        .hasExactlyElementsOfTypes(JavaPreprocessor.class);
  }

  @Test
  void dividesAndThenAdds() {
    float[] unit = Golden.process(preprocessor, Golden.bytes("444.jpg"), rgb(9, 9, 255f, 0f));
    float[] raw = Golden.process(preprocessor, Golden.bytes("444.jpg"), rgb(9, 9, 1f, 0f));
    float[] signed = Golden.process(preprocessor, Golden.bytes("444.jpg"), rgb(9, 9, 127.5f, -1f));
    for (int i = 0; i < raw.length; i++) {
      assertThat(unit[i]).isEqualTo(raw[i] / 255f);
      assertThat(signed[i]).isEqualTo(raw[i] / 127.5f - 1f);
    }
  }

  @Test
  void swapsRedAndBlueForNetworksThatWantIt() {
    float[] rgb = Golden.process(preprocessor, Golden.bytes("420.jpg"), rgb(11, 7, 255f, 0f));
    float[] bgr =
        Golden.process(
            preprocessor,
            Golden.bytes("420.jpg"),
            new InputFormat(11, 7, 255f, 0f, ChannelOrder.BGR));
    for (int i = 0; i < rgb.length; i += 3) {
      assertThat(bgr[i]).isEqualTo(rgb[i + 2]);
      assertThat(bgr[i + 1]).isEqualTo(rgb[i + 1]);
      assertThat(bgr[i + 2]).isEqualTo(rgb[i]);
    }
  }

  @Test
  void writesAtThePositionAndMovesItBehind() {
    InputFormat format = InputFormat.unitRange(5, 4);
    FloatBuffer target = ByteBuffer.allocateDirect(4 * 130).asFloatBuffer();
    target.position(3);
    preprocessor.process(Golden.bytes("420.jpg"), "a", format, target);
    assertThat(target.position()).isEqualTo(63);
    preprocessor.process(Golden.bytes("420.jpg"), "b", format, target);
    assertThat(target.position()).isEqualTo(123);
    assertThat(target.slice(3, 60)).isEqualTo(target.slice(63, 60));
    assertThat(target.get(2)).isZero();
    assertThat(target.get(123)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "24x24.png, 24, 24",
    "1x37.jpg, 37, 1",
    "2x3.jpg, 3, 2",
    "animated.gif, 23, 29",
    "24.bmp, 23, 29",
    "lossless.webp, 29, 37"
  })
  void returnsTheSizeBeforeResizing(String file, int height, int width) {
    InputFormat format = InputFormat.unitRange(5, 4);
    FloatBuffer target = FloatBuffer.allocate(format.size());
    assertThat(preprocessor.process(Golden.bytes(file), "a", format, target))
        .isEqualTo(new ImageSize(height, width));
  }

  @Test
  void returnsTheSizeOfADecodedImageAndOfOneThatIsTurnedUpright() {
    InputFormat format = InputFormat.unitRange(5, 4);
    FloatBuffer target = FloatBuffer.allocate(format.size());
    BufferedImage image = new BufferedImage(7, 9, BufferedImage.TYPE_INT_RGB);
    assertThat(preprocessor.process(image, format, target)).isEqualTo(new ImageSize(9, 7));
    byte[] turned = Golden.bytes("exif-6.jpg");
    assertThat(preprocessor.process(turned, "a", format, target.clear()))
        .isEqualTo(new ImageSize(32, 40));
    assertThat(
            JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withExifOrientation(true))
                .process(turned, "a", format, target.clear()))
        .isEqualTo(new ImageSize(40, 32));
  }

  @Test
  void refusesATargetThatIsTooSmall() {
    FloatBuffer target = FloatBuffer.allocate(10);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                preprocessor.process(
                    Golden.bytes("444.jpg"), "a", InputFormat.unitRange(2, 2), target))
        .withMessageContaining("room for 10 floats, expected 12");
    assertThat(target.position()).isZero();
  }

  @Test
  void ignoresTheExifOrientationUnlessAsked() {
    InputFormat size = InputFormat.unitRange(40, 32);
    float[] stored = Golden.process(preprocessor, Golden.bytes("exif-6.jpg"), size);
    float[] upright =
        Golden.process(
            JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withExifOrientation(true)),
            Golden.bytes("exif-6.jpg"),
            size);
    assertThat(stored).isEqualTo(Golden.process(preprocessor, Golden.bytes("444.jpg"), size));
    float[] plain =
        Golden.process(preprocessor, Golden.bytes("444.jpg"), InputFormat.unitRange(32, 40));
    // Orientation 6: the stored image's left column, from the bottom up, is the first row.
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 32; x++) {
        assertThat(upright[3 * (y * 32 + x)]).isEqualTo(plain[3 * ((31 - x) * 40 + y)]);
      }
    }
  }

  @Test
  void optionsRefuseALimitOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageOptions.DEFAULT.withMaxPixels(0))
        .withMessageContaining("maxPixels must be in 1..500000000: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageOptions.DEFAULT.withMaxPixels(ImageOptions.PIXEL_CEILING + 1));
  }

  private static InputFormat rgb(int height, int width, float divisor, float offset) {
    return new InputFormat(height, width, divisor, offset, ChannelOrder.RGB);
  }
}

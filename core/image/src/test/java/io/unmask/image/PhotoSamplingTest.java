package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Photo;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Region;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoSamplingTest {

  private static final InputFormat LEVELS = levels(5, 7);

  private final PhotoPreprocessor preprocessor = new JavaPreprocessor();

  /** How a region gets into the target. */
  @FunctionalInterface
  private interface Sampler {
    void put(Photo photo, Region region, InputFormat format, FloatBuffer target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "420.jpg",
        "cmyk-adobe.jpg",
        "gray-16.png",
        "24x24.png",
        "animated.gif",
        "24.bmp",
        "24-top-down.bmp",
        "8.bmp",
        "lossless.webp"
      })
  void aRegionIsSampledAsTheCroppedPictureWouldBe(String file) {
    Photo photo = preprocessor.decode(Golden.bytes(file), file, false);
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      Region region = region(photo, random);
      InputFormat format =
          new InputFormat(
              1 + random.nextInt(40),
              1 + random.nextInt(40),
              127.5f,
              -1f,
              i % 2 == 0 ? ChannelOrder.RGB : ChannelOrder.BGR);
      float[] cropped = new float[format.size()];
      preprocessor.process(cropped(photo, region), format, FloatBuffer.wrap(cropped));
      assertThat(sampled(preprocessor::sample, photo, region, format))
          .as("%s of %s to %s", region, file, format)
          .isEqualTo(cropped);
    }
  }

  @Test
  void theWholePhotoIsWhatTheImageInOneStepIs() {
    for (String file : new String[] {"420.jpg", "exif-6.jpg", "interlaced.gif", "24.bmp"}) {
      byte[] encoded = Golden.bytes(file);
      InputFormat format = InputFormat.unitRange(17, 53);
      Photo photo = preprocessor.decode(encoded, file, false);
      assertThat(sampled(preprocessor::sample, photo, photo.whole(), format))
          .isEqualTo(Golden.process(preprocessor, encoded, format));
      Photo upright = preprocessor.decode(encoded, file, true);
      PhotoPreprocessor turning =
          JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withExifOrientation(true));
      assertThat(sampled(preprocessor::sample, upright, upright.whole(), format))
          .isEqualTo(Golden.process(turning, encoded, format));
    }
  }

  static Stream<String> antialiased() {
    return new String(Golden.bytes("antialiased.tsv"), StandardCharsets.UTF_8).lines();
  }

  /**
   * The values come from TensorFlow 2.21, see core/image/src/test/golden/make_antialias_golden.py.
   */
  @ParameterizedTest
  @MethodSource("antialiased")
  void shrinkingIsTensorFlowsResizeWithAntialiasing(String line) {
    String[] fields = line.split("\t");
    int[] numbers = Arrays.stream(fields, 0, 8).mapToInt(Integer::parseInt).toArray();
    Photo photo = new FormulaImage(numbers[0], numbers[1]);
    Region region = new Region(numbers[2], numbers[3], numbers[4], numbers[5]);
    float[] shrunk = sampled(preprocessor::shrink, photo, region, levels(numbers[6], numbers[7]));
    for (int i = 0; i < 24; i++) {
      float expected = Float.parseFloat(fields[9 + i]);
      assertThat(shrunk[i * (shrunk.length - 1) / 23]).isEqualTo(expected);
    }
    assertThat(Golden.crc32(shrunk)).as("to the bit").isEqualTo(fields[8]);
  }

  @Test
  void shrinkingLooksAtEveryPixel() {
    BufferedImage image = new BufferedImage(100, 90, BufferedImage.TYPE_INT_RGB);
    image.setRGB(52, 43, 0xFFFFFF); // between those that the bilinear resize looks at
    Photo photo = preprocessor.decode(image);
    InputFormat small = levels(3, 3);
    assertThat(sampled(preprocessor::sample, photo, photo.whole(), small)).containsOnly(0f);
    assertThat(sampled(preprocessor::shrink, photo, photo.whole(), small)[12]).isPositive();
  }

  @Test
  void shrinkingScalesAndOrdersChannelsAsSamplingDoes() {
    Photo photo = new FormulaImage(30, 20);
    float[] plain = sampled(preprocessor::shrink, photo, photo.whole(), LEVELS);
    InputFormat signed = new InputFormat(5, 7, 127.5f, -1f, ChannelOrder.BGR);
    float[] scaled = sampled(preprocessor::shrink, photo, photo.whole(), signed);
    for (int i = 0; i < plain.length; i += 3) {
      assertThat(scaled[i]).isEqualTo(plain[i + 2] / 127.5f - 1f);
      assertThat(scaled[i + 1]).isEqualTo(plain[i + 1] / 127.5f - 1f);
      assertThat(scaled[i + 2]).isEqualTo(plain[i] / 127.5f - 1f);
    }
  }

  @Test
  void aWindowIsThePixelsThemselves() {
    Photo photo = new FormulaImage(41, 37);
    Region region = new Region(34, 32, 7, 5);
    float[] window = sampled(preprocessor::window, photo, region, LEVELS);
    assertThat(window).isEqualTo(sampled(preprocessor::sample, photo, region, LEVELS));
    float[] row = new float[21];
    photo.readRow(36, new int[] {34, 35, 36, 37, 38, 39, 40}, row);
    assertThat(Arrays.copyOfRange(window, 4 * 21, 5 * 21)).isEqualTo(row);
  }

  @Test
  void aWindowIsContinuedByReflection() {
    assertThat(WindowCopy.continued(3, 4, 4)).containsExactly(3, 4, 5, 6);
    assertThat(WindowCopy.continued(0, 3, 6)).containsExactly(1, 0, 1, 2, 1, 0);
    assertThat(WindowCopy.continued(0, 3, 11)).containsExactly(0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2);
    assertThat(WindowCopy.continued(7, 1, 4)).containsExactly(7, 7, 7, 7);
    assertThat(WindowCopy.continued(0, 2, 5)).containsExactly(1, 0, 1, 0, 1);

    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A0B0C);
    image.setRGB(1, 0, 0x141516);
    Photo photo = preprocessor.decode(image);
    assertThat(sampled(preprocessor::window, photo, photo.whole(), levels(2, 3)))
        .containsExactly(10, 11, 12, 20, 21, 22, 10, 11, 12, 10, 11, 12, 20, 21, 22, 10, 11, 12);
  }

  @Test
  void aWindowHasNoRoomForALargerRegion() {
    Photo photo = new FormulaImage(41, 37);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampled(preprocessor::window, photo, new Region(0, 0, 8, 5), LEVELS))
        .withMessage("a window of 7 x 5 has no room for 8 x 5 at (0, 0)");
  }

  @Test
  void refusesRegionsOutsideThePhotoAndTargetsThatAreTooSmall() {
    Photo photo = new FormulaImage(41, 37);
    for (Sampler sampler :
        new Sampler[] {preprocessor::sample, preprocessor::shrink, preprocessor::window}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sampled(sampler, photo, new Region(40, 0, 2, 1), LEVELS))
          .withMessage("2 x 1 at (40, 0) is not within a picture of 41 x 37");
      FloatBuffer target = FloatBuffer.allocate(LEVELS.size() - 1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sampler.put(photo, new Region(0, 0, 2, 1), LEVELS, target))
          .withMessage("target has room for 104 floats, expected 105");
      assertThat(target.position()).isZero();
    }
  }

  @Test
  void regionsAreChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Region(-1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, -1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, 0, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Region(0, 0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Region(Integer.MAX_VALUE, 0, 1, 1));
    assertThat(new Region(1, 2, 3, 4).isWithin(new ImageSize(6, 4))).isTrue();
    assertThat(new Region(1, 2, 3, 4).isWithin(new ImageSize(5, 4))).isFalse();
  }

  @Test
  void saysHowThePictureIsStored() {
    byte[] turned = Golden.bytes("exif-6.jpg");
    Photo stored = preprocessor.decode(turned, "a", false);
    assertThat(stored.facts()).isEqualTo(new Photo.Facts("JPEG", 6, false, 1, OptionalInt.of(88)));
    assertThat(stored.facts().needsTurning()).isTrue();
    assertThat(stored.size()).isEqualTo(new ImageSize(32, 40));
    Photo upright = preprocessor.decode(turned, "a", true);
    assertThat(upright.facts()).isEqualTo(new Photo.Facts("JPEG", 6, true, 1, OptionalInt.of(88)));
    assertThat(upright.facts().needsTurning()).isFalse();
    assertThat(upright.size()).isEqualTo(new ImageSize(40, 32));
    assertThat(preprocessor.decode(Golden.bytes("24x24.png"), "a", true).facts())
        .isEqualTo(new Photo.Facts("PNG", 1, false, 1));
  }

  private static float[] sampled(Sampler sampler, Photo photo, Region region, InputFormat format) {
    float[] floats = new float[format.size()];
    sampler.put(photo, region, format, FloatBuffer.wrap(floats));
    return floats;
  }

  private static Region region(Photo photo, Random random) {
    int width = 1 + random.nextInt(photo.width());
    int height = 1 + random.nextInt(photo.height());
    return new Region(
        random.nextInt(photo.width() - width + 1),
        random.nextInt(photo.height() - height + 1),
        width,
        height);
  }

  private static BufferedImage cropped(Photo photo, Region region) {
    BufferedImage image =
        new BufferedImage(region.width(), region.height(), BufferedImage.TYPE_INT_RGB);
    float[] rgb = new float[3];
    for (int y = 0; y < region.height(); y++) {
      for (int x = 0; x < region.width(); x++) {
        photo.readRow(region.top() + y, new int[] {region.left() + x}, rgb);
        image.setRGB(x, y, (int) rgb[0] << 16 | (int) rgb[1] << 8 | (int) rgb[2]);
      }
    }
    return image;
  }

  private static InputFormat levels(int height, int width) {
    return new InputFormat(height, width, 1f, 0f, ChannelOrder.RGB);
  }
}

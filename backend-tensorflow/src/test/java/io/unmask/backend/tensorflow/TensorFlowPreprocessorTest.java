package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.error.ImageException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.Scaling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values are make_preprocessing_golden.py's, from Python's TensorFlow. */
class TensorFlowPreprocessorTest {

  private final TensorFlowPreprocessor preprocessor = new TensorFlowPreprocessor();

  static Stream<String[]> golden() {
    return new String(bytes("/preprocessing.tsv"), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t"));
  }

  @ParameterizedTest(name = "{0} to {1}x{2}")
  @MethodSource("golden")
  void givesTheReferencesFloatsToTheBit(String file, int height, int width, String crc32) {
    InputFormat format = InputFormat.unitRange(height, width);
    assertThat(crc32(process(bytes("/images/" + file), format))).isEqualTo(crc32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0\0\0\0\0\0\0\0\0\0",
        "no image at all",
        "GIF89a",
        "BM",
        "\u00ff\u00d8\u00ff"
      })
  void refusesWhatIsNoImage(String content) {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void refusesTheFirstHalfOfAnImage() {
    byte[] whole = bytes("/images/rgb-8.png");
    assertRefused(Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  void refusesAHeaderThatAsksForTooManyPixels() {
    byte[] jpeg = bytes("/images/420.jpg");
    for (int i = 0; i < jpeg.length - 8; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 5] = (byte) 0xff; // the upper bytes of the height and the width
        jpeg[i + 7] = (byte) 0xff;
      }
    }
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> process(jpeg, InputFormat.unitRange(8, 8)))
        .withMessageMatching("some.image: the header says \\d{5}x\\d{5} pixels, .*");
  }

  private void assertRefused(byte[] encoded) {
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> process(encoded, InputFormat.unitRange(8, 8)))
        .withMessageStartingWith("some.image: ")
        .withMessageNotContaining("\n");
  }

  @Test
  void scalesAndReordersAsTheFormatSays() {
    byte[] png = bytes("/images/rgb-8.png");
    float[] rgb = process(png, new InputFormat(9, 11, 1, 0, ChannelOrder.RGB));
    float[] bgr = process(png, new InputFormat(9, 11, 127.5f, -1, ChannelOrder.BGR));
    for (int i = 0; i < rgb.length; i++) {
      int mirrored = i - i % 3 + 2 - i % 3;
      assertThat(bgr[i]).isEqualTo(rgb[mirrored] / 127.5f - 1);
    }
  }

  @Test
  void scalesEachChannelAsTheFormatSaysAndMakesNoGreyImages() {
    byte[] png = bytes("/images/rgb-8.png");
    float[] levels = process(png, new InputFormat(9, 11, 1, 0, ChannelOrder.RGB));
    ChannelOrder order = ChannelOrder.BGR;
    float[] torch = process(png, new InputFormat(9, 11, Scaling.Named.TORCH.of(order), order));
    assertThat(torch[0]).isEqualTo((levels[2] / 255f - 0.406f) / 0.225f);
    assertThat(torch[2]).isEqualTo((levels[0] / 255f - 0.485f) / 0.229f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> process(png, new InputFormat(9, 11, 255, 0, ChannelOrder.GREY)))
        .withMessageContaining("use preprocessor java");
  }

  @Test
  void writesBehindTheTargetsPosition() {
    InputFormat format = InputFormat.unitRange(4, 4);
    FloatBuffer target = FloatBuffer.allocate(format.size() + 2).position(1);
    preprocessor.process(bytes("/images/rgb-8.png"), "some.image", format, target);
    assertThat(target.position()).isEqualTo(1 + format.size());
    assertThat(target.get(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x37.jpg", "exif-6.jpg", "rgb-8.png", "animated.gif", "24.bmp"})
  void returnsTheSizeBeforeResizing(String file) {
    InputFormat format = InputFormat.unitRange(5, 4);
    byte[] encoded = bytes("/images/" + file);
    FloatBuffer target = FloatBuffer.allocate(format.size());
    ImageSize ours = preprocessor.process(encoded, "some.image", format, target);
    assertThat(ours)
        .isEqualTo(new JavaPreprocessor().process(encoded, "some.image", format, target.clear()));
    BufferedImage decoded = new BufferedImage(13, 9, BufferedImage.TYPE_INT_RGB);
    assertThat(preprocessor.process(decoded, format, target.clear()))
        .isEqualTo(new ImageSize(9, 13));
  }

  @Test
  void refusesATargetThatIsTooSmall() {
    InputFormat format = InputFormat.unitRange(4, 4);
    FloatBuffer target = FloatBuffer.allocate(format.size() - 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> preprocessor.process(bytes("/images/rgb-8.png"), "some.image", format, target));
  }

  @Test
  void resizesADecodedImageAsTheJavaPreprocessorDoes() {
    BufferedImage image = new BufferedImage(13, 9, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 13 * 9; i++) {
      image.setRGB(i % 13, i / 13, i * 7919);
    }
    InputFormat format = InputFormat.unitRange(7, 8);
    FloatBuffer ours = FloatBuffer.allocate(format.size());
    FloatBuffer javas = FloatBuffer.allocate(format.size());
    preprocessor.process(image, format, ours);
    new JavaPreprocessor().process(image, format, javas);
    assertThat(ours.array()).containsExactly(javas.array());
  }

  @Test
  void eightThreadsGetTheSameBitsAsOne() throws Exception {
    List<String[]> cases = golden().limit(40).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String[] golden = cases.get(i % cases.size());
        InputFormat format =
            InputFormat.unitRange(Integer.parseInt(golden[1]), Integer.parseInt(golden[2]));
        results.add(threads.submit(() -> crc32(process(bytes("/images/" + golden[0]), format))));
      }
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(cases.get(i % cases.size())[3]);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Preprocessor.class))
        .extracting(Preprocessor::name)
        .contains("tensorflow");
  }

  private float[] process(byte[] encoded, InputFormat format) {
    FloatBuffer target = FloatBuffer.allocate(format.size());
    preprocessor.process(encoded, "some.image", format, target);
    return target.array();
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = TensorFlowPreprocessorTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String crc32(float[] floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * floats.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return "%08x".formatted(sum.getValue());
  }
}

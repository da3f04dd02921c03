package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.image.jpeg.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether our decoder gives what the JDK's reader gives, which wraps libjpeg. */
class BaselineDecoderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "444.jpg",
        "422.jpg",
        "420.jpg",
        "440.jpg",
        "440-odd.jpg",
        "gray.jpg",
        "31x29.jpg",
        "37x1.jpg",
        "restart-optimized.jpg",
        "quality-100.jpg",
        "low-quality.jpg",
        "trailing-bytes.jpg",
        "exif-6.jpg",
        "bare.jpg"
      })
  void readsWhatTheJdkReads(String file) throws IOException {
    assertSame(Golden.bytes(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "411.jpg",
        "3x2.jpg",
        "rgb.jpg",
        "cmyk-adobe.jpg",
        "ycck-420.jpg",
        "progressive-420.jpg",
        "gray-progressive.jpg"
      })
  void leavesRareKindsToTheJdk(String file) throws IOException {
    assertLeftToTheJdk(Golden.bytes(file));
  }

  @ParameterizedTest
  @CsvSource({"0.02", "0.3", "0.75", "0.95", "1"})
  void everySizeAndQuality(float quality) throws IOException {
    for (int size = 5; size < 52; size++) {
      assertSame(written(noise(size, 57 - size), quality));
    }
    assertSame(written(noise(521, 133), quality));
    assertSame(written(noise(1024, 40), quality)); // rows are padded
  }

  @Test
  void grey() throws IOException {
    for (int size = 1; size < 40; size++) {
      BufferedImage grey = new BufferedImage(size, 41 - size, BufferedImage.TYPE_BYTE_GRAY);
      grey.createGraphics().drawImage(noise(size, 41 - size), 0, 0, null);
      assertSame(written(grey, 0.8f));
    }
  }

  @Test
  void columnsInAnyOrder() throws IOException {
    byte[] encoded = written(noise(64, 48), 0.9f);
    JpegHeader header = JpegHeader.parse(encoded);
    PixelSource ours = JpegDecoder.pixels(header, decoded(encoded, header));
    float[] all = row(ours, 17);
    for (int[] columns :
        new int[][] {{}, {63}, {0}, {5, 5, 5}, {40, 3, 63, 0}, {7, 8, 9, 10}, {20, 19, 18}}) {
      float[] some = new float[3 * columns.length];
      ours.readRow(17, columns, some);
      for (int i = 0; i < some.length; i++) {
        assertThat(some[i]).isEqualTo(all[3 * columns[i / 3] + i % 3]);
      }
    }
  }

  /** libjpeg refuses a table with a code of ones alone, even if the picture does not use it. */
  @Test
  void aCodeOfOnesAlone() throws IOException {
    byte[] sound = written(noise(40, 40), 0.8f);
    int table =
        indexOf(sound, 0xC4) + 4; // the first is that of luma's DC, whose last code has nine bits
    int symbols = 0;
    for (int i = 1; i <= 16; i++) {
      symbols += sound[table + i];
    }
    int end = table + 17 + symbols;
    byte[] damaged = Arrays.copyOf(sound, sound.length + 1);
    System.arraycopy(sound, end, damaged, end + 1, sound.length - end);
    damaged[end] = 12;
    damaged[table + 9]++;
    damaged[table - 1]++; // the segment's length
    assertLeftToTheJdk(damaged);
    assertThatThrownBy(() -> JpegDecoder.readPixels(damaged, JpegHeader.parse(damaged)))
        .hasMessageContaining("Bogus Huffman table");
  }

  @Test
  void repeatedIdentifiers() throws IOException {
    byte[] damaged = written(noise(40, 40), 0.8f);
    int frame = indexOf(damaged, 0xC0) + 10;
    int scan = indexOf(damaged, 0xDA) + 5;
    for (int i = 0; i < 3; i++) {
      damaged[frame + 3 * i] = 7;
      damaged[scan + 2 * i] = 7;
    }
    assertLeftToTheJdk(damaged);
  }

  private static void assertLeftToTheJdk(byte[] encoded) throws IOException {
    assertThat(JpegDecoder.readSamples(encoded, JpegHeader.parse(encoded))).isNull();
  }

  private static int indexOf(byte[] encoded, int marker) {
    int at = 0;
    while ((encoded[at] & 0xFF) != 0xFF || (encoded[at + 1] & 0xFF) != marker) {
      at++;
    }
    return at;
  }

  /** A damaged file is either left to the JDK's reader or gives what that gives. */
  @Test
  void damage() throws IOException {
    Random random = new Random(20_261_128);
    byte[][] files = {
      Golden.bytes("420.jpg"),
      Golden.bytes("444.jpg"),
      Golden.bytes("gray.jpg"),
      Golden.bytes("restart-optimized.jpg"),
      written(noise(60, 70), 0.9f)
    };
    int read = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] damaged = files[i % files.length].clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        damaged[2 + random.nextInt(damaged.length - 2)] = (byte) random.nextInt(256);
      }
      if (i % 10 == 0) {
        damaged = Arrays.copyOf(damaged, damaged.length - 1 - random.nextInt(damaged.length / 2));
      }
      JpegHeader header;
      try {
        header = JpegHeader.parse(damaged);
      } catch (UnreadableException e) {
        continue;
      }
      if ((long) header.width() * header.height() > 1_000_000) {
        continue;
      }
      Samples samples = JpegDecoder.readSamples(damaged, header);
      if (samples != null) {
        read++;
        assertSame(JpegDecoder.pixels(header, samples), JpegDecoder.readPixels(damaged, header));
      }
    }
    assertThat(read).isGreaterThan(100);
  }

  private static void assertSame(byte[] encoded) throws IOException {
    JpegHeader header = JpegHeader.parse(encoded);
    assertSame(
        JpegDecoder.pixels(header, decoded(encoded, header)),
        JpegDecoder.readPixels(encoded, header));
  }

  private static Samples decoded(byte[] encoded, JpegHeader header) {
    @Nullable Samples samples = JpegDecoder.readSamples(encoded, header);
    assertThat(samples).isNotNull();
    return samples;
  }

  private static void assertSame(PixelSource ours, PixelSource theirs) {
    assertThat(ours.width()).isEqualTo(theirs.width());
    assertThat(ours.height()).isEqualTo(theirs.height());
    for (int y = 0; y < ours.height(); y++) {
      assertThat(row(ours, y)).as("row %d", y).isEqualTo(row(theirs, y));
    }
  }

  private static float[] row(PixelSource pixels, int y) {
    int[] columns = new int[pixels.width()];
    Arrays.setAll(columns, x -> x);
    float[] row = new float[3 * columns.length];
    pixels.readRow(y, columns, row);
    return row;
  }

  /** Noise over a wave, so that blocks have few coefficients or many. */
  private static BufferedImage noise(int width, int height) {
    Random random = new Random(width * 1000L + height);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int wave = (int) (100 + 90 * Math.sin(x / 9.0 + y / 23.0));
        int noise = x / 16 % 2 == 0 ? 0 : random.nextInt(0x40_40_40) & 0x3F_3F_3F;
        image.setRGB(x, y, wave * 0x10101 + noise);
      }
    }
    return image;
  }

  private static byte[] written(BufferedImage image, float quality) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

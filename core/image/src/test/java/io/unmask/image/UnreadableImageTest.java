package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ImageException;
import io.unmask.spi.InputFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableImageTest {

  private static final InputFormat SMALL = InputFormat.unitRange(4, 4);
  private static final String NAME = "dir/face.jpg";

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  @Test
  void emptyFile() {
    assertRefused(new byte[0]).hasMessageContaining("the file is empty");
  }

  @Test
  void textIsNamedByItsBeginning() {
    assertRefused("#EXTM3U of songs".getBytes(StandardCharsets.US_ASCII))
        .hasMessageContaining("starts with \"#EXTM3U \"")
        .hasMessageContaining("expected JPEG, PNG, GIF, BMP or WebP");
  }

  @Test
  void otherBytesAreShownInHexadecimal() {
    assertRefused(new byte[] {0, (byte) 0xAB, 1})
        .hasMessageContaining("starts with bytes 00 AB 01");
    assertRefused("RIFF....WAVEfmt".getBytes(StandardCharsets.US_ASCII))
        .hasMessageContaining("not an image of a known format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "420.jpg",
        "gray.jpg",
        "progressive-420.jpg",
        "cmyk-adobe.jpg",
        "rgb-8.png",
        "palette-4-adam7.png",
        "24.bmp",
        "lossless.webp",
        "lossy.webp",
        "webp/lossy-partitions3.webp",
        "webp/lossy-alpha-exact.webp",
        "webp/lossless-palette16-z9.webp",
        "webp/animated-clear-0.webp"
      })
  void isRefusedWhereverItIsCutOff(String file) {
    byte[] whole = Golden.bytes(file);
    int step = Math.max(1, whole.length / 150);
    for (int length = 1; length < whole.length; length += step) {
      assertRefused(Arrays.copyOf(whole, length));
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void aGifNeedsItsFirstFrameOnly() {
    byte[] whole = Golden.bytes("still.gif");
    assertRefused(Arrays.copyOf(whole, whole.length - 20)).hasMessageContaining("cut off");
    assertThatCode(() -> run(Arrays.copyOf(whole, whole.length - 1))).doesNotThrowAnyException();
  }

  @Test
  void jpegWithoutItsLastBytesIsCutOff() {
    byte[] whole = Golden.bytes("420.jpg");
    assertRefused(Arrays.copyOf(whole, whole.length - 2))
        .hasMessageContaining("the JPEG file is cut off")
        .hasMessageContaining("copy or download the file again");
  }

  @Test
  void jpegVariantsThatAreNotSupported() {
    assertRefused(frame(0xC0, 12, 16, 16)).hasMessageContaining("12-bit JPEG files");
    assertRefused(frame(0xC9, 8, 16, 16)).hasMessageContaining("arithmetic-coded JPEG files");
    assertRefused(frame(0xC3, 8, 16, 16)).hasMessageContaining("lossless JPEG files");
    assertRefused(frame(0xC5, 8, 16, 16)).hasMessageContaining("hierarchical JPEG files");
    assertRefused(frame(0xC0, 8, 0, 16)).hasMessageContaining("16x0 pixels, expected at least 1x1");
  }

  @Test
  void jpegWithAThousandScansIsRefused() {
    byte[] whole = Golden.bytes("progressive-420.jpg");
    ByteBuffer many = ByteBuffer.allocate(whole.length + 4000);
    many.put(whole, 0, whole.length - 2);
    for (int i = 0; i < 1000; i++) {
      many.putShort((short) 0xFFDA).putShort((short) 2);
    }
    assertRefused(many.array()).hasMessageContaining("many-scan JPEG files");
  }

  @Test
  void hugeSizesAreRefusedFromTheHeader() {
    String limit = "100000x100000 pixels, expected at most 100000000 in all";
    assertRefused(pngHeader(100_000, 100_000)).hasMessageContaining(limit);
    assertRefused(bmpHeader(100_000, -100_000)).hasMessageContaining(limit);
    assertRefused(frame(0xC0, 8, 65535, 65535)).hasMessageContaining("65535x65535 pixels");
    assertRefused(pngHeader(-1, 5)).hasMessageContaining("-1x5 pixels, expected at least 1x1");
    assertRefused(bmpHeader(5, 0)).hasMessageContaining("5x0 pixels, expected at least 1x1");
    assertRefused(gifHeader(0xFFFF, 0xFFFF)).hasMessageContaining("65535x65535 pixels");
  }

  @Test
  void sizesThatTheFileCannotHoldAreRefusedBeforeAnythingIsAllocated() {
    assertRefused(frame(0xC0, 8, 9999, 9999)).hasMessageContaining("the data of 9999x9999 pixels");
    assertRefused(pngHeader(9999, 9999)).hasMessageContaining("cut off");
    assertRefused(gifHeader(9999, 9999)).hasMessageContaining("more pixels");
    assertRefused(bmpHeader(9999, 9999)).hasMessageContaining("bytes of pixels");
  }

  @Test
  void theLimitCanBeChanged() {
    JavaPreprocessor strict =
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(40 * 32 - 1));
    assertThatThrownBy(() -> Golden.process(strict, Golden.bytes("444.jpg"), SMALL))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("40x32 pixels, expected at most 1279 in all")
        .hasMessageContaining("--max-pixels, ImageOptions.maxPixels");
    assertThatCode(() -> Golden.process(strict, Golden.bytes("lossless.webp"), SMALL))
        .doesNotThrowAnyException();
  }

  @Test
  void pngWithAWrongChecksum() {
    byte[] damaged = Golden.bytes("rgb-8.png");
    damaged[60] ^= 1;
    assertRefused(damaged).hasMessageContaining("the checksum of the chunk at byte 33 is wrong");
  }

  @Test
  void bmpVariantsThatAreNotSupported() {
    byte[] two = Golden.bytes("24.bmp");
    two[28] = 2;
    assertRefused(two).hasMessageContaining("2-bit (compression 0) BMP files");
    byte[] compressed = Golden.bytes("8.bmp");
    compressed[30] = 1;
    assertRefused(compressed).hasMessageContaining("run-length encoded BMP files");
    byte[] old = Golden.bytes("24.bmp");
    old[14] = 12;
    assertRefused(old).hasMessageContaining("OS/2 BMP files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "420.jpg",
        "progressive-420.jpg",
        "cmyk-progressive.jpg",
        "exif-6.jpg",
        "rgba-8.png",
        "palette-2-adam7.png",
        "8.bmp",
        "larger-second.gif",
        "interlaced-offset.gif",
        "lossless-alpha.webp",
        "lossy-alpha.webp",
        "webp/lossy-segments4-sns100.webp",
        "webp/lossless-screen-z9.webp",
        "webp/lossless-palette4-z0.webp",
        "webp/animated-part-first-0.webp"
      })
  void damagedBytesGiveFloatsOrAnImageException(String file) {
    byte[] whole = Golden.bytes(file);
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 4; i++) {
        int header = round % 2 == 0 ? Math.min(whole.length, 200) : whole.length;
        damaged[random.nextInt(header)] = (byte) random.nextInt(256);
      }
      if (file.endsWith(".png")) {
        repairChecksums(damaged);
      }
      try {
        run(damaged);
      } catch (ImageException e) {
        assertThat(e).hasMessageStartingWith(NAME + ": ").message().hasLineCount(1);
      }
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] encoded) {
    FloatBuffer target = FloatBuffer.allocate(SMALL.size());
    return assertThatThrownBy(() -> preprocessor.process(encoded, NAME, SMALL, target))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith(NAME + ": ")
        .hasMessageNotContaining("\n")
        .satisfies(e -> assertThat(target.position()).isZero());
  }

  private void run(byte[] encoded) {
    preprocessor.process(encoded, NAME, SMALL, FloatBuffer.allocate(SMALL.size()));
  }

  private static byte[] frame(int marker, int bits, int height, int width) {
    ByteBuffer jpeg = ByteBuffer.allocate(60);
    jpeg.putShort((short) 0xFFD8).put((byte) 0xFF).put((byte) marker).putShort((short) 11);
    jpeg.put((byte) bits).putShort((short) height).putShort((short) width);
    jpeg.put((byte) 1).put((byte) 1).put((byte) 0x11).put((byte) 0);
    jpeg.putShort((short) 0xFFDA).putShort((short) 8).put((byte) 1);
    return jpeg.array();
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.wrap(Golden.bytes("rgb-8.png"));
    png.putInt(16, width).putInt(20, height);
    repairChecksums(png.array());
    return png.array();
  }

  private static byte[] bmpHeader(int width, int height) {
    ByteBuffer bmp = ByteBuffer.wrap(Golden.bytes("24.bmp")).order(ByteOrder.LITTLE_ENDIAN);
    return bmp.putInt(18, width).putInt(22, height).array();
  }

  private static byte[] gifHeader(int width, int height) {
    ByteBuffer gif = ByteBuffer.wrap(Golden.bytes("local-palette.gif"));
    gif.order(ByteOrder.LITTLE_ENDIAN).putShort(18, (short) width).putShort(20, (short) height);
    return gif.array();
  }

  private static void repairChecksums(byte[] png) {
    ByteBuffer data = ByteBuffer.wrap(png);
    int position = 8;
    while (position >= 8 && position + 12 <= png.length) {
      int length = data.getInt(position);
      if (length < 0 || length > png.length - 12 - position) {
        return;
      }
      CRC32 sum = new CRC32();
      sum.update(png, position + 4, length + 4);
      data.putInt(position + 8 + length, (int) sum.getValue());
      position += 12 + length;
    }
  }
}

package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.InterleavedPixels.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {

  /** The upright rows of an image that is stored as {@code abc/def}, after EXIF 2.32, 4.6.4.A. */
  @ParameterizedTest
  @CsvSource({
    "1, abc/def", "2, cba/fed", "3, fed/cba", "4, def/abc",
    "5, ad/be/cf", "6, da/eb/fc", "7, fc/eb/da", "8, cf/be/ad"
  })
  void turnsTheImageUpright(int value, String expected) {
    PixelSource stored =
        new InterleavedPixels(3, 2, "abcdef".getBytes(StandardCharsets.US_ASCII), Layout.gray(3));
    assertThat(rows(new ExifOrientation(value).apply(stored))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsBothByteOrders(int value) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] segment = segment(order, value);
      assertThat(ExifOrientation.parse(segment, 0, segment.length).value()).isEqualTo(value);
    }
  }

  @Test
  void isUprightWhenTheTagIsOutOfRangeOrDamagedInAnyWay() {
    assertThat(parse(segment(ByteOrder.BIG_ENDIAN, 9))).isEqualTo(ExifOrientation.UPRIGHT);
    byte[] whole = segment(ByteOrder.LITTLE_ENDIAN, 6);
    for (int length = 0; length < whole.length - 1; length++) {
      assertThat(ExifOrientation.parse(whole, 0, length)).isEqualTo(ExifOrientation.UPRIGHT);
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0x80;
      assertThat(parse(damaged).value()).isIn(1, 6);
    }
  }

  private static ExifOrientation parse(byte[] segment) {
    return ExifOrientation.parse(segment, 0, segment.length);
  }

  private static byte[] segment(ByteOrder order, int value) {
    ByteBuffer segment = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12);
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    segment.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    segment.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
    segment.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(77);
    segment.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) value);
    return segment.array();
  }

  private static String rows(PixelSource image) {
    StringBuilder text = new StringBuilder();
    int[] columns = new int[image.width()];
    for (int x = 0; x < columns.length; x++) {
      columns[x] = x;
    }
    float[] rgb = new float[3 * columns.length];
    for (int y = 0; y < image.height(); y++) {
      text.append(y == 0 ? "" : "/");
      image.readRow(y, columns, rgb);
      for (int x = 0; x < columns.length; x++) {
        text.append((char) rgb[3 * x]);
      }
    }
    return text.toString();
  }
}

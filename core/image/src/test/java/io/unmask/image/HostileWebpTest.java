package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ImageException;
import io.unmask.testkit.fuzz.Trial;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** WebP files that ask for much memory or time, or that contradict themselves. */
class HostileWebpTest {

  private static final ImageLimits LIMITS = new ImageLimits(ImageOptions.DEFAULT.maxPixels());
  private static final long LITTLE = 1 << 20;

  /** One colour in a palette, eight pixels a bundle, and codes without any bits. */
  @Test
  void aHundredMillionPixelsInThirtyEightBytesTakeAFewBitsEach() throws Exception {
    byte[] flat = HexFormat.of().parseHex("2ffefff4050750ade215aaff8188e87f00");
    byte[] file = riff(chunk("VP8L", flat));
    assertThat(allocated(file, 4L * 16383 * 6100 / 8 + LITTLE)).isPositive();
    assertThat(pixels(file).width()).isEqualTo(16383);
  }

  /** No palette: five codes of one symbol each, black and transparent. */
  @Test
  void pixelsWithoutAlphaOfTheirOwnTakeThreeBytes() throws Exception {
    Bits bits = new Bits().put(0x2F, 8).put(4999, 14).put(3999, 14).put(0, 4).put(0, 3);
    for (int code = 0; code < 5; code++) {
      constant(bits);
    }
    byte[] file = riff(chunk("VP8L", bits.bytes()));
    assertThat(allocated(file, 3L * 5000 * 4000 + LITTLE)).isPositive();
  }

  /** A group of codes for each of 65,536 tiles, of which each takes a few bits in the file. */
  @Test
  void moreCodesThanAnImageNeedsAreRefused() throws Exception {
    int tiles = 1 << 16;
    Bits bits = new Bits().put(0x2F, 8).put(1023, 14).put(1023, 14).put(0, 4);
    bits.put(0, 2).put(1, 1).put(0, 3); // no transformation, no cache, tiles of 4x4
    bits.put(0, 1); // no cache: each of 256x256 tiles has the next group
    code(bits, 256 + 24);
    code(bits, 256);
    constant(bits);
    constant(bits);
    constant(bits);
    for (int i = 0; i < tiles; i++) {
      bits.put(Integer.reverse(i & 0xFF) >>> 24, 8).put(Integer.reverse(i >> 8) >>> 24, 8);
    }
    for (int group = 0; group < 5000; group++) {
      code(bits, 256 + 24);
      code(bits, 256);
      code(bits, 256);
      code(bits, 256);
      constant(bits);
    }
    byte[] file = riff(chunk("VP8L", bits.bytes()));
    assertThatThrownBy(() -> pixels(file))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("far more prefix codes than an image needs");
    assertThat(allocated(file, 48 * LITTLE)).isZero();
  }

  @Test
  void lossyDataTooShortForItsPixelsIsRefusedBeforeAnythingIsAllocated() throws Exception {
    byte[] file = Golden.bytes("lossy.webp");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(26, (short) 9999);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(28, (short) 9999);
    assertRefused(file, "expected the data of 9999x9999 pixels, found the end");
  }

  /** Its single macroblock is in the first of two partitions, of which the second is empty. */
  @Test
  void anEmptyLastPartitionIsRefusedAsByLibwebp() throws Exception {
    String lossy = "7001009d012a0100010004096825a0027401400000feea9f6d786c8dfafbca1d89300000";
    assertRefused(riff(chunk("VP8 ", HexFormat.of().parseHex(lossy))), "partitions, found the end");
  }

  @Test
  void sizesOverTheLimitAreRefusedFromAnyHeader() throws Exception {
    byte[] lossless = riff(chunk("VP8L", new Bits().put(0x2F, 8).put(-1, 28).put(0, 60).bytes()));
    assertRefused(lossless, "16384x16384 pixels, expected at most 100000000");
    byte[] canvas = riff(chunk("VP8X", canvas(0, 50_000, 50_000)), chunk("VP8 ", new byte[10]));
    assertRefused(canvas, "50000x50000 pixels, expected at most 100000000");
    byte[] empty = Golden.bytes("lossy.webp");
    empty[26] = 0;
    assertRefused(empty, "0x29 pixels, expected at least 1x1");
  }

  @Test
  void aPictureThatIsNotAsLargeAsItsCanvasIsRefused() throws Exception {
    byte[] picture = coded("lossless.webp");
    assertRefused(
        riff(chunk("VP8X", canvas(0, 37, 30)), picture),
        "its picture has 37x29 pixels, its canvas 37x30");
    byte[] place = {1, 0, 0, 0, 0, 0, 36, 0, 0, 28, 0, 0, 100, 0, 0, 0};
    byte[] frame = chunk("ANMF", joined(place, picture));
    assertRefused(
        riff(chunk("VP8X", canvas(2, 38, 40)), frame),
        "a frame of 37x29 pixels does not fit into the canvas of 38x40");
    assertThat(pixels(riff(chunk("VP8X", canvas(2, 39, 40)), frame)).height()).isEqualTo(40);
  }

  @Test
  void framesOfWhatIsNotAnimatedAreNotLookedAt() throws Exception {
    byte[] frame = chunk("ANMF", joined(new byte[16], coded("lossy.webp")));
    byte[] file = riff(chunk("VP8X", canvas(0, 37, 29)), frame, coded("lossless.webp"));
    assertThat(PixelSums.of(file)).isEqualTo(PixelSums.of(Golden.bytes("lossless.webp")));
  }

  private static PixelSource pixels(byte[] file) {
    return new ImageFile(file, "face", FurtherFormats.of(List.of())).decode(LIMITS).pixels();
  }

  private static void assertRefused(byte[] file, String reason) throws Exception {
    assertThatThrownBy(() -> pixels(file))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("face: ")
        .hasMessageContaining(reason);
    allocated(file, LITTLE);
  }

  /** Decodes it within bounds of time and memory. Returns what was allocated; 0 if refused. */
  private static long allocated(byte[] file, long most) throws InterruptedException {
    try (Trial trial = new Trial()) {
      Trial.Report report = trial.run(() -> pixels(file), most);
      return report.refused() ? 0 : report.bytes();
    }
  }

  /** A code in which all symbols are as likely, as far as that goes: a few bits in the file. */
  private static void code(Bits bits, int symbols) {
    bits.put(0, 1).put(8, 4); // twelve lengths of lengths: 17 18 0 1 2 3 4 5 16 6 7 8
    int few = symbols - 256; // two to the power of 8 codes of length 8, the rest of none
    if (few == 0) {
      bits.put(0, 33).put(1, 3).put(0, 1); // all lengths are 8, whose code takes no bits
    } else {
      bits.put(0, 3).put(1, 3).put(0, 27).put(1, 3).put(0, 1); // 18 or 8, a bit each
      bits.put(0, 256).put(1, 1).put(few - 11, 7);
    }
  }

  /** A code whose only symbol is 0. */
  private static void constant(Bits bits) {
    bits.put(0b0001, 4);
  }

  private static byte[] canvas(int flags, int width, int height) {
    ByteBuffer canvas = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    canvas.putInt(flags).putInt(4, width - 1).putInt(7, height - 1); // of three bytes each
    return Arrays.copyOf(canvas.array(), 10);
  }

  private static byte[] coded(String file) {
    byte[] whole = Golden.bytes(file);
    return Arrays.copyOfRange(whole, 12, whole.length);
  }

  private static byte[] riff(byte[]... chunks) {
    return chunk("RIFF", joined("WEBP".getBytes(StandardCharsets.US_ASCII), joined(chunks)));
  }

  private static byte[] chunk(String name, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Bits, the lowest of each byte first. */
  private static final class Bits {

    private final BitSet set = new BitSet();
    private int length;

    Bits put(int value, int count) {
      for (int i = 0; i < count; i++) {
        set.set(length++, i < 32 && ((value >> i) & 1) != 0);
      }
      return this;
    }

    byte[] bytes() {
      return Arrays.copyOf(set.toByteArray(), Math.max(10, (length + 7) / 8));
    }
  }
}

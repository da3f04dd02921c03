package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ImageException;
import io.unmask.error.ModelFormatException;
import io.unmask.keras.KerasReader;
import io.unmask.spi.InputFormat;
import io.unmask.testkit.fuzz.Trial;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Images made to keep their reader busy, to exhaust memory, or to be two things at once. */
class HostileImageTest {

  private static final InputFormat SMALL = InputFormat.unitRange(4, 4);
  private static final long MOST_BYTES = 16 << 20;

  @Test
  void webpFramesWithinFrames() throws Exception {
    int depth = 100_000;
    int frame = 8 + 16;
    ByteBuffer file = ByteBuffer.allocate(30 + depth * frame).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBPVP8X")).putInt(10);
    file.position(30);
    for (int i = 1; i <= depth; i++) {
      file.put(ascii("ANMF")).putInt((depth - i) * frame + 16).put(new byte[16]);
    }
    assertRefused(file.array(), "WebP");
  }

  @Test
  void progressiveJpegWithManyScansOfALargeImage() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(200_000);
    file.putShort((short) 0xFFD8).putShort((short) 0xFFC2).putShort((short) 11).put((byte) 8);
    file.putShort((short) 9999).putShort((short) 9999).put(new byte[] {1, 1, 0x11, 0});
    for (int scan = 0; scan < 16; scan++) {
      file.putShort((short) 0xFFDA).putShort((short) 8).put(new byte[] {1, 1, 0, 1, 63, 0});
    }
    assertRefused(file.array(), "at most 15 scans of 99980001 pixels");
  }

  @Test
  void pngWhoseDataGoesOnBehindTheImage() throws Exception {
    byte[] file = png(64, 64, 32 << 20);
    assertThat(file).hasSizeLessThan(1 << 20);
    run(() -> process(file));
  }

  /** A small file of 49 million pixels, in a Java that has less memory than that. */
  @Test
  void anImageThatDoesNotFitTheMemoryIsRefused() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileImageTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("large.png: its pixels take more memory than Java has left");
  }

  /** What the small Java runs. */
  public static void main(String... arguments) {
    try {
      new JavaPreprocessor().process(png(7000, 7000, 7000 * 7001), "large.png", SMALL, target());
    } catch (ImageException e) {
      System.out.println(e.getMessage());
    }
  }

  @Test
  void whatBeginsAsAnImageIsAnImageWhateverFollows() {
    byte[] image = Golden.bytes("420.jpg");
    byte[] both = Arrays.copyOf(image, image.length + 22);
    System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, both, image.length, 4);
    float[] alone = Golden.process(new JavaPreprocessor(), image, SMALL);
    assertThat(Golden.process(new JavaPreprocessor(), both, SMALL)).isEqualTo(alone);
    assertThatThrownBy(() -> KerasReader.read("face.keras", both))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a Keras model");
  }

  @Test
  void aScriptBehindAnImagesSignatureIsNoImage() throws Exception {
    assertRefused(ascii("GIF89a=0;/*" + "*/alert(1)".repeat(20)), "GIF");
    assertRefused(ascii("BM<html><script>alert(1)</script>".repeat(3)), "expected at most");
  }

  private static byte[] png(int width, int height, int dataBytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    chunk(file, "IHDR", header.array());
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 16];
    int left = dataBytes;
    while (!deflater.finished()) {
      if (deflater.needsInput()) {
        deflater.setInput(new byte[Math.min(left, part.length)]);
        left -= Math.min(left, part.length);
        if (left == 0) {
          deflater.finish();
        }
      }
      packed.write(part, 0, deflater.deflate(part));
    }
    deflater.end();
    chunk(file, "IDAT", packed.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(ascii(type));
    sum.update(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(ascii(type));
    file.writeBytes(content);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static FloatBuffer target() {
    return FloatBuffer.allocate(SMALL.size());
  }

  private static void process(byte[] file) {
    new JavaPreprocessor().process(file, "face", SMALL, target());
  }

  private static void assertRefused(byte[] file, String reason) throws Exception {
    run(
        () ->
            assertThatThrownBy(() -> process(file))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("face: ")
                .hasMessageContaining(reason));
  }

  private static void run(Runnable code) throws InterruptedException {
    try (Trial trial = new Trial()) {
      trial.run(
          () -> {
            code.run();
            return code;
          },
          MOST_BYTES);
    }
  }
}

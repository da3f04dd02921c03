package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.ImageException;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Photo.Facts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

  private static final int FIRST_CHUNK_OF_PNG = 8;
  private static final int BEHIND_IHDR = FIRST_CHUNK_OF_PNG + 25;

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  static Stream<String> files() {
    return Golden.expectations().stream().map(Golden.Expectation::file).distinct();
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatDecodingSays(String file) {
    Photo photo = preprocessor.decode(Golden.bytes(file), file, false);
    assertThat(header(Golden.bytes(file))).isEqualTo(new ImageHeader(photo.size(), photo.facts()));
  }

  @Test
  void knowsSizeAndFormat() {
    assertThat(header(Golden.bytes("exif-6.jpg")))
        .isEqualTo(
            new ImageHeader(
                new ImageSize(32, 40),
                new Facts("JPEG", 6, false, 1).compressed(OptionalInt.of(88))));
    assertThat(header(Golden.bytes("larger-second.gif")))
        .isEqualTo(new ImageHeader(new ImageSize(30, 40), new Facts("GIF", 1, false, 2)));
    assertThat(header(Golden.bytes("animated.gif")).facts().frames()).isEqualTo(3);
    assertThat(header(Golden.bytes("lossy.webp")))
        .isEqualTo(new ImageHeader(new ImageSize(29, 37), new Facts("WebP", 1, false, 1)));
  }

  @Test
  void refusesWhatIsTooLargeDamagedOrNoImage() {
    ImageOptions few = ImageOptions.DEFAULT.withMaxPixels(100);
    for (String file : List.of("420.jpg", "rgb-8.png", "still.gif", "24.bmp", "lossless.webp")) {
      byte[] encoded = Golden.bytes(file);
      assertThatExceptionOfType(ImageException.class)
          .isThrownBy(() -> ImageHeader.read(encoded, file, few))
          .withMessageMatching(
              file + ": the header says \\d+x\\d+ pixels, expected at most 100 .*");
      byte[] begun = Arrays.copyOf(encoded, 16);
      assertThatExceptionOfType(ImageException.class)
          .isThrownBy(() -> ImageHeader.read(begun, file, few))
          .withMessageContaining("cut off");
    }
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> header("no image".getBytes(StandardCharsets.US_ASCII)))
        .withMessageStartingWith("a: not an image of a known format");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anOrientationInAPngTurnsItAsInAJpeg(int orientation) {
    byte[] plain = Golden.bytes("rgb-8.png");
    for (String signature : new String[] {"", "Exif\0\0"}) {
      byte[] exif = chunk("eXIf", exif(orientation, signature));
      for (int at : new int[] {BEHIND_IHDR, plain.length - 12}) {
        assertTurns(plain, inserted(plain, at, exif), "PNG", orientation);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anOrientationInAWebpTurnsItAsInAJpeg(int orientation) {
    byte[] plain = Golden.bytes("lossless.webp");
    byte[] exif = riffChunk("EXIF", exif(orientation, ""));
    assertTurns(plain, riff(inserted(plain, plain.length, exif)), "WebP", orientation);
  }

  @Test
  void aDamagedOrientationIsNone() {
    byte[] plain = Golden.bytes("rgb-8.png");
    byte[] whole = exif(6, "");
    for (int length = 0; length < whole.length; length++) {
      byte[] encoded = inserted(plain, BEHIND_IHDR, chunk("eXIf", Arrays.copyOf(whole, length)));
      assertThat(header(encoded).facts().orientation()).isEqualTo(1);
    }
    assertThat(header(inserted(plain, BEHIND_IHDR, chunk("eXIf", exif(9, "")))).facts())
        .isEqualTo(new Facts("PNG", 1, false, 1));
  }

  private void assertTurns(byte[] plain, byte[] turned, String format, int orientation) {
    assertThat(header(turned).facts()).isEqualTo(new Facts(format, orientation, false, 1));
    Photo stored = preprocessor.decode(turned, "a", false);
    assertThat(pixels(stored)).isEqualTo(pixels(preprocessor.decode(plain, "a", false)));
    Photo upright = preprocessor.decode(turned, "a", true);
    assertThat(upright.facts()).isEqualTo(new Facts(format, orientation, orientation != 1, 1));
    PixelSource expected = new ExifOrientation(orientation).apply(((DecodedPhoto) stored).pixels());
    assertThat(pixels(upright)).isEqualTo(pixels(new DecodedPhoto(expected, upright.facts())));
  }

  @Test
  void countsTheFramesOfAnimatedPngs() {
    byte[] plain = Golden.bytes("rgb-8.png");
    byte[] announced = chunk("acTL", new byte[] {0, 0, 0, 9, 0, 0, 0, 0});
    byte[] frame = chunk("fcTL", new byte[26]);
    byte[] before = inserted(plain, BEHIND_IHDR, frame);
    int end = plain.length + frame.length - 12;
    byte[] two = inserted(before, end, frame);
    assertThat(header(inserted(two, BEHIND_IHDR, announced)).facts().frames())
        .as("the picture is the first")
        .isEqualTo(2);
    byte[] behind = inserted(plain, plain.length - 12, frame);
    assertThat(header(inserted(behind, BEHIND_IHDR, announced)).facts().frames())
        .as("the picture is another one")
        .isEqualTo(2);
    assertThat(header(two).facts().frames()).as("not announced").isEqualTo(1);
    assertThat(header(inserted(before, BEHIND_IHDR, announced)).facts().frames()).isEqualTo(1);
  }

  @Test
  void countsTheFramesOfAnimatedWebps() {
    byte[] still = Golden.bytes("lossless.webp");
    byte[] coded = Arrays.copyOfRange(still, 12, still.length);
    byte[] canvas = riffChunk("VP8X", new byte[] {2, 0, 0, 0, 36, 0, 0, 28, 0, 0});
    byte[] place = {0, 0, 0, 0, 0, 0, 36, 0, 0, 28, 0, 0, 100, 0, 0, 0};
    byte[] frame = riffChunk("ANMF", joined(place, coded));
    byte[] file = riff(joined(Arrays.copyOf(still, 12), canvas, frame, frame, frame));
    assertThat(header(file))
        .isEqualTo(new ImageHeader(new ImageSize(29, 37), new Facts("WebP", 1, false, 3)));
    assertThat(pixels(preprocessor.decode(file, "a", false)))
        .isEqualTo(pixels(preprocessor.decode(still, "a", false)));
  }

  private static ImageHeader header(byte[] encoded) {
    return ImageHeader.read(encoded, "a", ImageOptions.DEFAULT);
  }

  private float[] pixels(Photo photo) {
    InputFormat format = InputFormat.unitRange(photo.height(), photo.width());
    float[] floats = new float[format.size()];
    preprocessor.sample(photo, photo.whole(), format, FloatBuffer.wrap(floats));
    return floats;
  }

  private static byte[] exif(int orientation, String signature) {
    byte[] signed = signature.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer exif = ByteBuffer.allocate(signed.length + 8 + 2 + 12).put(signed);
    exif.put("II".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN);
    exif.putShort((short) 42).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation);
    return exif.array();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) sum.getValue()).array();
  }

  private static byte[] riffChunk(String name, byte[] content) {
    ByteBuffer chunk =
        ByteBuffer.allocate(8 + content.length + (content.length & 1))
            .order(ByteOrder.LITTLE_ENDIAN);
    chunk.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(content.length).put(content);
    return chunk.array();
  }

  /** The file with its own length in its header. */
  private static byte[] riff(byte[] file) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - 8);
    return file;
  }

  private static byte[] inserted(byte[] file, int at, byte[] part) {
    return joined(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

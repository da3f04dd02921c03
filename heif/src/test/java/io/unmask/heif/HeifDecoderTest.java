package io.unmask.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.ImageException;
import io.unmask.image.FileKind;
import io.unmask.image.ImageHeader;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.ImageDecoder;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as heif-convert decodes them; make_heif_golden.py made them. */
class HeifDecoderTest {

  /** The release that the golden pixels are of. Others may round otherwise. */
  private static final String GOLDEN_RELEASE = "1.15.";

  private final JavaPreprocessor preprocessor = new JavaPreprocessor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossless.heic",
        "lossless.avif",
        "halved-colours.heic",
        "halved-colours.avif",
        "ten-bits.heic",
        "twelve-bits.avif",
        "alpha.heic",
        "alpha.avif",
        "grey.avif",
        "turned.heic",
        "mirrored.heic",
        "exif-alone.heic",
        "grid.heic",
        "two-pictures.heic",
        "sequence.avif"
      })
  void hasThePixelsOfLibheif(String file) {
    Goldens.needLibheif(Goldens.formatOf(file));
    Photo photo = preprocessor.decode(Goldens.bytes(file), file, true);
    Photo golden = preprocessor.decode(Goldens.bytes(file + ".png"), file, false);
    assertThat(photo.size()).isEqualTo(golden.size());
    int[] levels = Goldens.levels(photo);
    int[] right = Goldens.levels(golden);
    if (Installed.get().library().getVersion().startsWith(GOLDEN_RELEASE)) {
      assertThat(levels).isEqualTo(right);
    }
    int[] apart =
        IntStream.range(0, right.length).map(i -> Math.abs(levels[i] - right[i])).toArray();
    // How halved colours are spread over pixels differs between releases.
    assertThat(Arrays.stream(apart).max().orElseThrow())
        .isLessThanOrEqualTo(file.startsWith("halved") ? 12 : 2);
    assertThat(Arrays.stream(apart).average().orElseThrow()).isLessThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "turned.heic, HEIC, 64, 128, 1",
    "grid.heic, HEIC, 100, 150, 1",
    "two-pictures.heic, HEIC, 33, 21, 1",
    "sequence.avif, AVIF, 32, 20, 3",
  })
  void theHeaderSaysWhatIsDecodedAndThatItIsUpright(
      String file, String format, int width, int height, int frames) {
    Goldens.needLibheif(Goldens.formatOf(file));
    ImageHeader header = ImageHeader.read(Goldens.bytes(file), file, ImageOptions.DEFAULT);
    assertThat(header.size()).isEqualTo(new ImageSize(height, width));
    assertThat(header.facts()).isEqualTo(new Photo.Facts(format, 1, false, frames));
    for (boolean upright : new boolean[] {false, true}) {
      Photo photo = preprocessor.decode(Goldens.bytes(file), file, upright);
      assertThat(photo.size()).isEqualTo(header.size());
      assertThat(photo.facts()).isEqualTo(header.facts());
    }
  }

  @Test
  void isFoundAndReadsByContent() {
    assertThat(ServiceLoader.load(ImageDecoder.class))
        .satisfiesExactly(
            decoder -> {
              assertThat(decoder).isInstanceOf(HeifDecoder.class);
              assertThat(decoder.name()).isEqualTo("heif");
              assertThat(decoder.format(Goldens.bytes("grid.heic"))).contains("HEIC");
              assertThat(decoder.format(Goldens.bytes("grid.heic.png"))).isEmpty();
            });
    Goldens.needLibheif(HeifFormat.HEIC);
    assertThat(FileKind.of(Goldens.bytes("grid.heic"))).contains(new FileKind("HEIC", true));
  }

  @Test
  void moreThanTheMostPixelsAreRefusedByTheHeader() {
    Goldens.needLibheif(HeifFormat.HEIC);
    JavaPreprocessor small =
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(100 * 150 - 1));
    refused(small, Goldens.bytes("grid.heic"), "100x150 pixels, expected at most 14999 in all");
    byte[] huge = Goldens.bytes("turned.heic");
    enlarge(huge, 30_000, 30_000);
    refused(preprocessor, huge, "pixels");
  }

  /**
   * Took 4.7 GB and a minute: 30000 x 30000 pixels in 1.4 kB, of which the header says 150 x 100.
   */
  @Test
  @Timeout(20)
  void aGridThatIsLargerThanItsHeaderSaysIsNotPutTogether() {
    Goldens.needLibheif(HeifFormat.HEIC);
    byte[] file = Goldens.bytes("grid.heic");
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int size =
        IntStream.range(8, file.length - 4)
            .filter(i -> bytes.getInt(i) == (150 << 16 | 100) && bytes.getInt(i - 4) == 0x0102)
            .findFirst()
            .orElseThrow();
    bytes.putShort(size, (short) 30_000).putShort(size + 2, (short) 30_000);
    refused(preprocessor, file, "HEIC file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.heic", "lossless.avif", "grid.heic", "turned.heic"})
  void aFileThatIsCutOffIsRefusedWherever(String file) {
    Goldens.needLibheif(Goldens.formatOf(file));
    byte[] whole = Goldens.bytes(file);
    for (int length = 24; length < whole.length; length += Math.max(1, whole.length / 97)) {
      refused(preprocessor, Arrays.copyOf(whole, length), "file");
    }
  }

  @Test
  void anInterruptIsKeptAndHarmsNoPicture() {
    Goldens.needLibheif(HeifFormat.HEIC);
    Thread.currentThread().interrupt();
    Photo photo = preprocessor.decode(Goldens.bytes("grid.heic"), "grid", false);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(photo.size()).isEqualTo(new ImageSize(150, 100));
  }

  @Test
  void manyThreadsDecodeTheSame() {
    Goldens.needLibheif(HeifFormat.HEIC);
    byte[] file = Goldens.bytes("grid.heic");
    int[] alone = Goldens.levels(preprocessor.decode(file, "grid", false));
    List<int[]> together =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> Goldens.levels(preprocessor.decode(file, "grid", false)))
            .toList();
    assertThat(together).allSatisfy(levels -> assertThat(levels).isEqualTo(alone));
  }

  /** Writes another size into all ispe boxes. */
  private static void enlarge(byte[] file, int width, int height) {
    for (int i = 0; i + 20 < file.length; i++) {
      if (file[i] == 'i' && file[i + 1] == 's' && file[i + 2] == 'p' && file[i + 3] == 'e') {
        ByteBuffer.wrap(file).putInt(i + 8, width).putInt(i + 12, height);
      }
    }
  }

  private static void refused(JavaPreprocessor preprocessor, byte[] file, String... parts) {
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> preprocessor.decode(file, "dir/a.heic", false))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("dir/a.heic: ").contains(parts))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}

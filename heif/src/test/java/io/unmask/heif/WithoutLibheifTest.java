package io.unmask.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.ImageException;
import io.unmask.image.JavaPreprocessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no libheif: telling files apart, and saying what to install. */
class WithoutLibheifTest {

  @ParameterizedTest
  @CsvSource({
    "lossless.heic, libheif-plugin-libde265, libheif-freeworld",
    "lossless.avif, libheif-plugin-dav1d, libheif"
  })
  void whereLibheifIsMissingTheMessageSaysWhatToInstall(String file, String debian, String fedora) {
    HeifDecoder decoder =
        new HeifDecoder(() -> Installed.load(List.of("libheif-that-is-not-there.so.1")));
    JavaPreprocessor preprocessor = new JavaPreprocessor().withDecoders(List.of(decoder));
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> preprocessor.decode(Goldens.bytes(file), "dir/a", false))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("dir/a: this " + Goldens.formatOf(file) + " file cannot be read")
                    .contains("libheif is not installed", "libheif-that-is-not-there.so.1")
                    .contains("Debian and Ubuntu libheif1", debian, "Fedora " + fedora)
                    .contains("brew install libheif", "save the image as JPEG or PNG")
                    .hasLineCount(1));
  }

  @ParameterizedTest
  @CsvSource({
    "heic mif1, HEIC",
    "mif1 heic, HEIC",
    "msf1 hevc, HEIC",
    "avif, AVIF",
    "avis avif msf1, AVIF",
    "mif1 miaf, HEIF",
    "isom mp41, ",
    "crx isom, ",
  })
  void formatsAreToldByBrands(String names, String format) {
    String brands = names.replace("crx", "crx ").replaceAll("(....) ?", "$1");
    String box = "ftyp" + brands.substring(0, 4) + "\0\0\0\0" + brands.substring(4);
    byte[] file =
        ("\0\0\0" + (char) (4 + box.length()) + box).getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new HeifDecoder().format(file)).isEqualTo(Optional.ofNullable(format));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0\30ftyp", "\0\0\0\30ftyphei", "GIF89a and more than twelve"})
  void whatIsTooShortOrSomethingElseIsNoFormat(String text) {
    assertThat(new HeifDecoder().format(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Test
  void picturesOfASequenceAreCounted() {
    byte[] sequence = Goldens.bytes("sequence.avif");
    assertThat(SequenceFrames.count(sequence)).isEqualTo(3);
    assertThat(SequenceFrames.count(Goldens.bytes("lossless.avif"))).isEqualTo(1);
    for (int length = 0; length < sequence.length; length++) {
      assertThat(SequenceFrames.count(Arrays.copyOf(sequence, length))).isIn(1, 3);
    }
  }

  @Test
  void damagedBoxesAreNotFollowed() {
    byte[] sequence = Goldens.bytes("sequence.avif");
    for (int at = 0; at < sequence.length; at++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] damaged = sequence.clone();
        damaged[at] = (byte) value;
        assertThat(SequenceFrames.count(damaged)).isPositive();
      }
    }
  }
}

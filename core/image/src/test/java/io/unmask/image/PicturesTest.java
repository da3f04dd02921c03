package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.ImageException;
import io.unmask.spi.Photo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures that were once read wrongly or refused; make_picture_golden.py says what is right. */
class PicturesTest {

  /** A line of pixels.tsv. */
  record Picture(String file, int width, int height, String crc32) {

    static Picture parse(String line) {
      String[] fields = line.split("\t", -1);
      return new Picture(
          fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3]);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Picture> pictures() {
    return new String(bytes("pixels.tsv"), StandardCharsets.UTF_8).lines().map(Picture::parse);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void hasTheRightPixels(Picture picture) {
    Photo photo = decode(bytes(picture.file()));
    assertThat(photo.width()).isEqualTo(picture.width());
    assertThat(photo.height()).isEqualTo(picture.height());
    assertThat(crc32(photo)).isEqualTo(picture.crc32());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heic-named-jpg.jpg | a HEIC photo | save it as JPEG",
        "avif.avif | an AVIF image | save it as JPEG or PNG",
        "jxl.jxl | a JPEG XL image | save it as JPEG or PNG",
      })
  void whatIsNoneOfTheFormatsIsNamedWithWhatToDo(String file, String name, String remedy) {
    refused(bytes(file), name, remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "II*@ and so on | a TIFF image | developed",
        "MM@* and so on | a TIFF image | JPEG or PNG",
        "%PDF-1.7 | a PDF document | the picture in it",
        "@@@ ftypisom@@@@isomavc1 | a video | the frame that is to be judged",
        "@@@ ftypqt  @@@@ | a video | the frame that is to be judged",
        "@@@ ftypmif1@@@@mif1heic | a HEIC photo | JPEG",
        "@@@ ftypmif1@@@@avifmiaf | an AVIF image | JPEG or PNG",
        "<svg xmlns='x'> | an SVG drawing | PNG",
        "<?xml version='1.0'?><!-- a --><svg> | an SVG drawing | PNG",
        "<!DOCTYPE html><html> | a web page | download the image itself",
        "8BPS and so on | a Photoshop file | JPEG or PNG",
      })
  void otherKindsAreNamedByTheirFirstBytes(String text, String name, String remedy) {
    byte[] file = text.replace('@', '\0').getBytes(StandardCharsets.ISO_8859_1);
    refused(file, name, remedy);
    assertThat(FileKind.of(file)).hasValueSatisfying(kind -> assertThat(kind.readable()).isFalse());
  }

  @Test
  void kindsOfFilesAreToldByTheirFirstBytes() {
    assertThat(FileKind.of(bytes("bmp-565.bmp"))).contains(new FileKind("BMP", true));
    assertThat(FileKind.of(Arrays.copyOf(bytes("heic-named-jpg.jpg"), 12)).orElseThrow().title())
        .startsWith("a HEIC photo");
    assertThat(FileKind.of("notes".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(FileKind.of(new byte[] {0, 0, 1, 0}).orElseThrow().title()).contains("icon");
    assertThat(FileKind.of(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, run-length encoded", "2, run-length encoded", "4, JPEG-in-", "5, PNG-in-"})
  void compressedBmpsAreRefusedByName(int compression, String name) {
    byte[] bmp = bytes("bmp-8-bit-top-down.bmp");
    bmp[30] = (byte) compression;
    refused(bmp, name, "uncompressed ones");
  }

  @Test
  void bmpsWhoseNumbersContradictEachOtherAreRefused() {
    byte[] within = bytes("bmp-565.bmp");
    within[10] = 60; // the masks end at 66
    refused(within, "its pixels begin at byte 60, within its header of 66", "damaged");
    byte[] gap = bytes("bmp-565.bmp");
    gap[14 + 40] = 0b101;
    refused(gap, "oddly masked", "neighbouring bits");
    byte[] many = bytes("bmp-4-bit-of-five-colours.bmp");
    many[46] = 2;
    refused(many, "of a palette of 2", "damaged");
  }

  private static void refused(byte[] file, String... parts) {
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> decode(file))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("dir/photo: ").contains(parts));
  }

  private static Photo decode(byte[] file) {
    return new JavaPreprocessor().decode(file, "dir/photo", false);
  }

  private static String crc32(Photo photo) {
    CRC32 crc = new CRC32();
    int[] columns = IntStream.range(0, photo.width()).toArray();
    float[] levels = new float[3 * columns.length];
    for (int y = 0; y < photo.height(); y++) {
      photo.readRow(y, columns, levels);
      for (float level : levels) {
        crc.update((int) level);
      }
    }
    return String.format("%08x", crc.getValue());
  }

  static byte[] bytes(String file) {
    try (InputStream in = PicturesTest.class.getResourceAsStream("/pictures/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource pictures/" + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

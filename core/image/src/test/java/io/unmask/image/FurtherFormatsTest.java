package io.unmask.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.error.ImageException;
import io.unmask.error.InterruptionException;
import io.unmask.spi.Availability.Unavailable;
import io.unmask.spi.ImageDecoder;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.testkit.ServicesClassLoader;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that decoders of the class path are for. */
class FurtherFormatsTest {

  /**
   * A made-up format: "Dots", width, height, orientation, then red, green and blue of each pixel.
   */
  private static final byte[] TWO_DOTS = {'D', 'o', 't', 's', 2, 1, 8, 10, 20, 30, 40, 50, 60};

  @TempDir Path folder;

  /** Reads Dots. */
  public static class Dots implements ImageDecoder {

    @Override
    public String name() {
      return "dots";
    }

    @Override
    public Optional<String> format(byte[] beginning) {
      return new String(beginning, StandardCharsets.ISO_8859_1).startsWith("Dots")
          ? Optional.of("Dots")
          : Optional.empty();
    }

    @Override
    public Header header(byte[] encoded, String source) {
      return new Header(
          new ImageSize(encoded[5], encoded[4]), new Photo.Facts("Dots", encoded[6], false, 3));
    }

    @Override
    public Photo decode(byte[] encoded, String source, long maxPixels) {
      byte[] rgb = Arrays.copyOfRange(encoded, 7, encoded.length);
      return Photo.ofRgb(encoded[4], encoded[5], rgb, header(encoded, source).facts());
    }
  }

  /** Fails whatever it is asked, its name excepted. */
  public static final class Broken extends Dots {

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Optional<String> format(byte[] beginning) {
      throw new IllegalStateException("not\ntoday");
    }
  }

  @Test
  void theirPicturesAreSampledAndTurnedLikeOthers() {
    JavaPreprocessor preprocessor = with(new Dots());
    FloatBuffer floats = FloatBuffer.allocate(6);
    InputFormat format = new InputFormat(1, 2, 1f, 0f, InputFormat.ChannelOrder.RGB);
    assertThat(preprocessor.process(TWO_DOTS, "a.dots", format, floats))
        .isEqualTo(new ImageSize(1, 2));
    assertThat(floats.array()).containsExactly(10, 20, 30, 40, 50, 60);
    Photo stored = preprocessor.decode(TWO_DOTS, "a.dots", false);
    assertThat(stored.facts()).isEqualTo(new Photo.Facts("Dots", 8, false, 3));
    Photo upright = preprocessor.decode(TWO_DOTS, "a.dots", true);
    assertThat(upright.size()).isEqualTo(new ImageSize(2, 1));
    assertThat(upright.facts()).isEqualTo(new Photo.Facts("Dots", 8, true, 3));
    float[] top = new float[3];
    upright.readRow(0, new int[] {0}, top);
    assertThat(top).containsExactly(40, 50, 60);
  }

  @Test
  void aPictureThatTheDecoderHasTurnedIsNotTurnedAgain() {
    ImageDecoder turning =
        new Dots() {
          @Override
          public Photo decode(byte[] encoded, String source, long maxPixels) {
            return Photo.ofRgb(1, 1, new byte[] {1, 2, 3}, new Photo.Facts("Dots", 8, true, 1));
          }
        };
    Photo photo = with(turning).decode(TWO_DOTS, "a.dots", true);
    float[] levels = new float[3];
    photo.readRow(0, new int[] {0}, levels);
    assertThat(levels).containsExactly(1, 2, 3);
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsDecoded() {
    ImageDecoder never =
        new Dots() {
          @Override
          public Photo decode(byte[] encoded, String source, long maxPixels) {
            throw new AssertionError("it is not to be decoded");
          }
        };
    JavaPreprocessor preprocessor =
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(1))
            .withDecoders(List.of(never));
    refused(preprocessor, TWO_DOTS, "the header says 2x1 pixels, expected at most 1 in all");
    byte[] none = TWO_DOTS.clone();
    none[4] = 0;
    refused(with(never), none, "the Dots file is damaged", "0x1 pixels");
  }

  @Test
  void aPictureThatIsLargerThanItsHeaderSaysIsRefusedToo() {
    ImageDecoder lying =
        new Dots() {
          @Override
          public Photo decode(byte[] encoded, String source, long maxPixels) {
            assertThat(maxPixels).isEqualTo(3);
            return Photo.ofRgb(4, 1, new byte[12], header(encoded, source).facts());
          }
        };
    JavaPreprocessor preprocessor =
        JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(3))
            .withDecoders(List.of(lying));
    refused(preprocessor, TWO_DOTS, "4x1 pixels, expected at most 3");
  }

  @Test
  void aDecoderThatFailsGivesAMessageOfTheFileWhateverItThrows() {
    refused(failing(() -> null), TWO_DOTS, "cannot read this Dots file (no picture)");
    refused(throwing(new IllegalStateException("bad\ndots")), TWO_DOTS, "(bad)", "undamaged");
    refused(throwing(new ImageException("dir/a.dots: in its own words")), TWO_DOTS, "own words");
    refused(
        throwing(new NoClassDefFoundError("org/dots/Reader")),
        TWO_DOTS,
        "decoder 'dots' cannot read this Dots file",
        "org/dots/Reader");
    refused(throwing(new OutOfMemoryError("Java heap space")), TWO_DOTS, "more memory");
    byte[] cut = {'D', 'o', 't', 's', 1};
    refused(with(new Dots()), cut, "cannot read this Dots file");
  }

  @Test
  void anInterruptStaysOne() {
    JavaPreprocessor preprocessor = throwing(new InterruptionException("a.dots", null));
    assertThatExceptionOfType(InterruptionException.class)
        .isThrownBy(() -> preprocessor.decode(TWO_DOTS, "a.dots", false));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void ofTwoDecodersTheFirstThatCanReadsAndABrokenOneHidesNobody() {
    ImageDecoder hindered = hindered();
    assertThat(with(new Broken(), hindered, new Dots()).decode(TWO_DOTS, "a", false).size())
        .isEqualTo(new ImageSize(1, 2));
    refused(
        with(new Broken(), hindered),
        TWO_DOTS,
        "this Dots file cannot be read: libdots is not installed; install libdots2, or save the"
            + " image as JPEG or PNG",
        "broken: decoder 'broken'",
        "not today");
    refused(
        with(new Broken()), TWO_DOTS, "not an image of a known format", "broken: decoder 'broken'");
  }

  @Test
  void formatsOfTheCoreAreNotAskedFor() throws IOException {
    byte[] jpeg = Golden.bytes("444.jpg");
    assertThat(with(new Broken()).decode(jpeg, "a", false).facts().format()).isEqualTo("JPEG");
    refused(with(new Broken()), new byte[0], "the file is empty");
  }

  @Test
  void theClassPathIsSearchedForThem() throws IOException {
    Files.write(folder.resolve("a"), TWO_DOTS);
    Files.writeString(folder.resolve("notes.txt"), "no dots");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(
        new ServicesClassLoader(
            ImageDecoder.class, "test.Missing", Broken.class.getName(), Dots.class.getName()));
    try {
      assertThat(new JavaPreprocessor().decode(TWO_DOTS, "a", false).facts().format())
          .isEqualTo("Dots");
      assertThat(ImageHeader.read(TWO_DOTS, "a", ImageOptions.DEFAULT).size())
          .isEqualTo(new ImageSize(1, 2));
      assertThat(FileKind.of(TWO_DOTS)).contains(new FileKind("Dots", true));
      ImageFolder found = ImageFolder.of(folder);
      assertThat(found.entries())
          .extracting(entry -> entry.path().getFileName().toString())
          .containsExactly("a");
      assertThat(found.leftOut()).containsExactly(Map.entry(ImageFolder.NO_IMAGE, 1));
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(FileKind.of(TWO_DOTS)).isEmpty();
  }

  @Test
  void aKindThatNobodyCanReadHereSaysWhy() {
    assertThat(FileKind.of(TWO_DOTS, FurtherFormats.of(List.of(hindered()))))
        .contains(new FileKind("Dots (libdots is not installed; install libdots2)", false));
  }

  @Test
  void pixelsAreThreeBytesEach() {
    Photo.Facts facts = new Photo.Facts("Dots", 1, false, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Photo.ofRgb(2, 2, new byte[11], facts))
        .withMessage("2 x 2 pixels are not in 11 bytes, expected 3 for each");
    assertThatIllegalArgumentException().isThrownBy(() -> Photo.ofRgb(0, 2, new byte[0], facts));
  }

  private static ImageDecoder hindered() {
    return new Dots() {
      @Override
      public Optional<Unavailable> hindrance(String format) {
        return Optional.of(new Unavailable("libdots is not installed", "install libdots2"));
      }
    };
  }

  private static JavaPreprocessor throwing(Throwable failure) {
    return failing(
        () -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        });
  }

  private static JavaPreprocessor failing(Supplier<Photo> decoding) {
    return with(
        new Dots() {
          @Override
          public Photo decode(byte[] encoded, String source, long maxPixels) {
            return decoding.get();
          }
        });
  }

  private static JavaPreprocessor with(ImageDecoder... decoders) {
    return new JavaPreprocessor().withDecoders(List.of(decoders));
  }

  private static void refused(JavaPreprocessor preprocessor, byte[] file, String... parts) {
    assertThatExceptionOfType(ImageException.class)
        .isThrownBy(() -> preprocessor.decode(file, "dir/a.dots", false))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("dir/a.dots: ").contains(parts))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}

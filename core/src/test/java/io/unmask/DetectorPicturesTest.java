package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.unmask.Classification.Warning;
import io.unmask.Classification.Warning.Kind;
import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import io.unmask.image.provenance.Evidence;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a detector makes of what files say about their pictures. */
class DetectorPicturesTest {

  @TempDir Path folder;

  /** Puts out the first float. */
  private final FakeBackend corner = new FakeBackend(pixels -> new float[][] {{pixels[0]}});

  @Test
  void aPictureThatIsStoredTurnedIsJudgedAsStoredAndWarnedOf() throws IOException {
    try (Detector detector = open(new JavaPreprocessor(), settings -> settings)) {
      assertThat(kinds(detector, "exif-6.jpg")).containsExactly(Kind.STORED_TURNED);
      assertThat(detector.classify(bytes("exif-6.jpg")).probability())
          .isEqualTo(detector.classify(bytes("444.jpg")).probability());
      assertThat(kinds(detector, "444.jpg")).isEmpty();
    }
  }

  @Test
  void onRequestItIsTurned() throws IOException {
    try (Detector detector = open(new JavaPreprocessor(), settings -> settings.upright(true))) {
      assertThat(kinds(detector, "exif-6.jpg")).isEmpty();
      InputFormat format = InputFormat.unitRange(4, 4);
      float[] floats = new float[format.size()];
      turning().process(bytes("exif-6.jpg"), "a", format, FloatBuffer.wrap(floats));
      assertThat(detector.classify(bytes("exif-6.jpg")).probability()).isEqualTo(floats[0]);
    }
  }

  @Test
  void thePreprocessorsOwnChoiceCountsUnlessTheCallerChooses() throws IOException {
    try (Detector detector = open(turning(), settings -> settings)) {
      assertThat(kinds(detector, "exif-6.jpg")).isEmpty();
    }
    try (Detector detector = open(turning(), settings -> settings.upright(false))) {
      assertThat(kinds(detector, "exif-6.jpg")).containsExactly(Kind.STORED_TURNED);
    }
  }

  @Test
  void theFirstOfSeveralFramesIsJudgedAndWarnedOf() throws IOException {
    try (Detector detector = open(new JavaPreprocessor(), settings -> settings)) {
      assertThat(detector.classify(bytes("animated.gif")).warnings())
          .extracting(Warning::text)
          .singleElement()
          .asString()
          .startsWith("the GIF is animated, and only the first of its 3 frames was judged");
      assertThat(kinds(detector, "still.gif")).isEmpty();
    }
  }

  @Test
  void anotherPreprocessorMaySayWhatItKnows() throws IOException {
    try (Detector detector = open(new Foreign(Optional.empty()), settings -> settings)) {
      assertThat(kinds(detector, "exif-6.jpg")).isEmpty();
    }
    Photo.Facts facts = new Photo.Facts("TIFF", 3, false, 2);
    try (Detector detector = open(new Foreign(Optional.of(facts)), settings -> settings)) {
      assertThat(kinds(detector, "exif-6.jpg"))
          .containsExactly(Kind.STORED_TURNED, Kind.FIRST_FRAME);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(new Foreign(Optional.empty()), settings -> settings.upright(true)))
        .withMessageContaining("preprocessor 'foreign' cannot turn pictures upright");
  }

  @Test
  void nothingIsTheCallersMistakeAndNotTheFiles() {
    try (Detector detector = open(new JavaPreprocessor(), settings -> settings)) {
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classify((BufferedImage) null))
          .withMessage("image is null; ImageIO.read returns null for formats that it cannot read");
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classify((Path) null))
          .withMessage("file");
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classify((byte[]) null))
          .withMessage("encoded");
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classify((InputStream) null))
          .withMessage("stream");
    }
  }

  private List<Kind> kinds(Detector detector, String file) throws IOException {
    Path path = Files.write(folder.resolve(file), bytes(file));
    List<Kind> one = detector.classify(path).warnings().stream().map(Warning::kind).toList();
    try (Stream<Outcome<Path>> outcomes = detector.classifyAll(Stream.of(path))) {
      Classification among = outcomes.findFirst().orElseThrow().classification().orElseThrow();
      assertThat(among.warnings()).extracting(Warning::kind).isEqualTo(one);
    }
    return one;
  }

  private Detector open(Preprocessor preprocessor, UnaryOperator<DetectorBuilder> settings) {
    return new DetectorOpener(settings.apply(Detector.builder()).settings())
        .open(corner, preprocessor, TestModels.model(1, 0.5));
  }

  private static JavaPreprocessor turning() {
    return JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withExifOrientation(true));
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = DetectorPicturesTest.class.getResourceAsStream("/images/" + file)) {
      return in.readAllBytes();
    }
  }

  /** Reads no image, and says something all the same. */
  private record Foreign(Optional<Photo.Facts> facts) implements Preprocessor {

    @Override
    public String name() {
      return "foreign";
    }

    @Override
    public ImageSize process(
        byte[] encoded, String source, InputFormat format, FloatBuffer target) {
      target.put(new float[format.size()]);
      return new ImageSize(4, 4);
    }

    @Override
    public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
      return process(new byte[0], "image", format, target);
    }

    @Override
    public Optional<Photo.Facts> facts(byte[] encoded, String source) {
      return facts;
    }
  }

  @Test
  void whatTheFileClaimsStandsBesideTheVerdictAndDoesNotChangeIt() throws IOException {
    byte[] plain = bytes("444.jpg");
    byte[] exif =
        "Exif\0\0MM\0*\0\0\0\10\0\1\0011\0\2\0\0\0\13\0\0\0\32\0\0\0\0Midjourney\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream labelled = new ByteArrayOutputStream();
    labelled.write(plain, 0, 2);
    labelled.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length + 2)});
    labelled.writeBytes(exif);
    labelled.write(plain, 2, plain.length - 2);
    Path file = Files.write(folder.resolve("labelled.jpg"), labelled.toByteArray());
    try (Detector detector = open(new JavaPreprocessor(), settings -> settings);
        Stream<Outcome<Path>> all = detector.classifyAll(Stream.of(file))) {
      Classification without = detector.classify(plain);
      Classification with = detector.classify(labelled.toByteArray());
      assertThat(without.evidence()).isEmpty();
      assertThat(with.evidence())
          .extracting(Evidence::toString)
          .containsExactly(
              "EXIF claims that it was made by AI, with \"Midjourney\": Software \"Midjourney\";"
                  + " unsigned, anybody can write it");
      assertThat(with.probability()).isEqualTo(without.probability());
      assertThat(with.label()).isEqualTo(without.label());
      assertThat(all.findFirst().flatMap(Outcome::classification).orElseThrow().evidence())
          .isEqualTo(with.evidence());
    }
  }
}

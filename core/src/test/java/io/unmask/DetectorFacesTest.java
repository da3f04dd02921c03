package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.FusionRule;
import io.unmask.spi.ImageSize;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.Photo;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From photos with faces to verdicts, with a finder that says what a test wants it to. */
@Timeout(60)
class DetectorFacesTest {

  private static final Views RESIZED =
      new Views(true, 0, 0, List.of(new View.Resize(View.Resampling.BILINEAR)));

  /** Puts out the first float, so that a face's red value is its probability. */
  private final FakeBackend redness = new FakeBackend(pixels -> new float[][] {{pixels[0]}});

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path folder;

  @Test
  void everyFaceHasAVerdictOfItsOwnAndOneFakeMakesThePhotoFake() {
    FaceFinder finder = finder(face(0, 0, 8, 8), face(20, 20, 28, 28));
    try (Detector detector = detector(RESIZED, finder)) {
      Classification result = detector.classify(photo(0x330000, 0xCC0000));
      assertThat(result.label()).isEqualTo(Label.FAKE);
      assertThat(result.probability()).isEqualTo(0xCC / 255f);
      assertThat(result).hasToString("FAKE 0.8000");
      assertThat(result.faces())
          .extracting(FaceVerdict::label, FaceVerdict::probability)
          .containsExactly(
              tuple(Label.REAL, (double) (0x33 / 255f)), tuple(Label.FAKE, (double) (0xCC / 255f)));
      assertThat(result.faces().get(1).box()).isEqualTo(new Face.Box(20, 20, 28, 28));
      assertThat(result.members()).isEqualTo(result.faces().get(1).members());
      assertThat(detector.info().faceFinder()).contains("made up");
      assertThat(detector.info().views()).isEqualTo(RESIZED);
    }
  }

  @Test
  void aPhotoIsRealOnlyIfAllFacesAreAndTooSmallOnesAreUndecided() {
    FaceFinder finder = finder(face(0, 0, 8, 8), face(20, 20, 25.9, 24));
    try (Detector detector = detector(RESIZED, finder)) {
      assertThat(detector.classify(photo(0x330000, 0x110000)).label()).isEqualTo(Label.REAL);
    }
    Views large = new Views(true, 0, 6, RESIZED.views());
    try (Detector detector = detector(large, finder)) {
      Classification result = detector.classify(photo(0x330000, 0xCC0000));
      assertThat(result.label()).isEqualTo(Label.UNCERTAIN);
      assertThat(result.probability()).isEqualTo(0xCC / 255f);
      assertThat(result.faces().get(0).reason()).isEmpty();
      assertThat(result.faces().get(1).reason())
          .contains("the face is 5 pixels high, and the model needs 6");
    }
  }

  @Test
  void whatLiesBeyondTheBorderDoesNotMakeAFaceLarger() {
    FaceFinder finder = finder(face(-4, -3, 4, 5));
    try (Detector detector = detector(new Views(true, 0, 6, RESIZED.views()), finder)) {
      assertThat(detector.classify(photo(0x330000, 0x330000)).faces().get(0).reason())
          .contains("the face is 5 pixels high, and the model needs 6");
    }
  }

  @Test
  void facesOfAMuchCompressedPhotoAreUndecidedWithTheReason() {
    Verdicts verdicts =
        new Verdicts(
            "tiny.keras",
            List.of(new Member("tiny.keras", 1, 4)),
            FusionRule.SINGLE,
            Calibration.NONE,
            0.5,
            Uncertainty.NONE,
            RESIZED,
            new Warnings(
                new Expectation(
                        Optional.empty(),
                        OptionalInt.of(1000),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.of(40),
                        Optional.empty())
                    .ofFaces()));
    assertThat(verdicts.warnings().undecided(picture(39)))
        .contains("the photo was compressed to a JPEG quality of about 39, and the model needs 40");
    assertThat(verdicts.warnings().undecided(picture(40))).isEmpty();
    assertThat(verdicts.warnings().of(picture(39))).isEmpty();
  }

  private static Picture picture(int quality) {
    Photo.Facts facts = new Photo.Facts("JPEG", 1, false, 1).compressed(OptionalInt.of(quality));
    return new Picture(new ImageSize(50, 50), Optional.of(facts));
  }

  @Test
  void withoutAFaceThereIsNoProbability() {
    try (Detector detector = detector(RESIZED, finder())) {
      Classification result = detector.classify(photo(0xFF0000, 0xFF0000));
      assertThat(result.label()).isEqualTo(Label.NO_FACE);
      assertThat(result.isJudged()).isFalse();
      assertThat(result).hasToString("NO_FACE");
      assertThat(result.faces()).isEmpty();
      assertThat(result.members()).isEmpty();
      assertThatIllegalStateException()
          .isThrownBy(result::probability)
          .withMessageContaining("no face was found");
      assertThat(redness.batches).isEmpty();
    }
  }

  @Test
  void theViewsOfAFaceAreAveragedAsLogits() {
    Views both =
        new Views(
            true, 0, 0, List.of(new View.Resize(View.Resampling.ANTIALIASED), new View.Windows(2)));
    List<Float> seen = Collections.synchronizedList(new ArrayList<>());
    float[] says = {0.9f, 0.2f, 0.6f};
    AtomicInteger calls = new AtomicInteger();
    FakeBackend backend =
        new FakeBackend(
            pixels -> {
              seen.add(pixels[0]);
              return new float[][] {{says[calls.getAndIncrement() % 3]}};
            });
    try (Detector detector = detector(both, finder(face(0, 0, 8, 8)), backend)) {
      double logits = Math.log(0.9f / (1 - 0.9f)) + Math.log(0.2f / 0.8f) + Math.log(0.6f / 0.4f);
      assertThat(detector.classify(photo(0x330000, 0)).probability())
          .isCloseTo(1 / (1 + Math.exp(-logits / 3)), within(1e-6));
      assertThat(seen).hasSize(3);
      assertThat(backend.batches).containsExactly(3);
    }
  }

  @Test
  void aMemberThatJudgesSomeViewsSaysNothingOfOthers() {
    Member first = new Member("a", 1, 0, List.of(0, 2));
    Member second = new Member("b", 1, 0, List.of(1));
    Verdicts verdicts =
        new Verdicts(
            "tiny.keras",
            List.of(first, second),
            FusionRule.MEAN_LOGIT,
            Calibration.NONE,
            0.5,
            Uncertainty.NONE,
            new Views(false, 0, 0, List.of(new View.Windows(3))),
            new Warnings(Expectation.NONE));
    double[][] logits = {{1, 7, 2}, {9, -4, 8}};
    assertThat(verdicts.logit(logits)).isCloseTo((1.5 - 4) / 2, within(1e-9));
  }

  @Test
  void mirrorImagesAreAveragedBeforeTheLogits() {
    Views two = new Views(true, 0, 0, List.of(new View.Windows(2)));
    // Windows 1 and 2, then their mirror images.
    float[] says = {0.9f, 0.2f, 0.7f, 0.4f};
    AtomicInteger calls = new AtomicInteger();
    FakeBackend backend =
        new FakeBackend(pixels -> new float[][] {{says[calls.getAndIncrement() % 4]}});
    try (Detector detector =
        open(
            model(two, 1),
            finder(face(0, 0, 8, 8)),
            backend,
            settings -> settings.mirrored(true))) {
      double logits = Math.log(0.8 / 0.2) + Math.log(0.3 / 0.7);
      assertThat(detector.classify(photo(0x330000, 0)).probability())
          .isCloseTo(1 / (1 + Math.exp(-logits / 2)), within(1e-6));
    }
  }

  @Test
  void aFaceIsCutOutWithItsMarginWithinThePhoto() {
    // The margin reaches the red square's neighbour, which bilinear resizing of 3 to 3 copies.
    Views margin = new Views(true, 0.5, 0, RESIZED.views());
    List<float[]> seen = Collections.synchronizedList(new ArrayList<>());
    FakeBackend backend =
        new FakeBackend(
            pixels -> {
              seen.add(pixels.clone());
              return new float[][] {{0}};
            });
    try (Detector detector = detector(margin, finder(face(-1, -1, 1, 1)), backend)) {
      detector.classify(photo(0xFF0000, 0));
      // 2 pixels and a margin of 1 on each side make 4, which start at the corner.
      assertThat(seen.get(0)).hasSize(4 * 4 * 3);
      for (int i = 0; i < seen.get(0).length; i += 3) {
        assertThat(seen.get(0)[i]).isEqualTo(1f);
      }
    }
  }

  @Test
  void aCrowdIsJudgedFaceByFaceInLittleRoom() {
    List<Face> crowd = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      crowd.add(face(i % 8, i % 8, i % 8 + 2, i % 8 + 2));
    }
    redness.preferring(16);
    try (Detector detector = detector(RESIZED, finder(crowd.toArray(Face[]::new)))) {
      Classification result = detector.classify(photo(0x330000, 0));
      assertThat(result.faces())
          .hasSize(101)
          .allSatisfy(f -> assertThat(f.label()).isEqualTo(Label.REAL));
      assertThat(redness.batches).hasSize(26).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(4));
    }
  }

  @Test
  void onlyACrowdKeepsItsDecodedPhoto() {
    List<Face> few = Collections.nCopies(Subject.AHEAD, face(0, 0, 4, 4));
    List<Face> crowd = Collections.nCopies(Subject.AHEAD + 1, face(0, 0, 4, 4));
    Picture picture = new Picture(new ImageSize(4, 4), Optional.empty());
    ImageBuffers buffers = new ImageBuffers(1);
    AtomicInteger sampled = new AtomicInteger();
    IntFunction<Pixels> sampling =
        part -> {
          sampled.incrementAndGet();
          return buffers.fill(pixels -> picture);
        };
    Subject small = Subject.faces(picture, few, sampling, 0, 0);
    assertThatIllegalStateException().isThrownBy(() -> small.sample(0));
    assertThat(sampled).hasValue(Subject.AHEAD);
    Subject large = Subject.faces(picture, crowd, sampling, 0, 0);
    large.sample(Subject.AHEAD).close();
    assertThat(sampled).hasValue(2 * Subject.AHEAD + 1);
  }

  @Test
  void foldersGetTheVerdictsOfSinglePhotosInTheirOrder() throws IOException {
    redness.preferring(8);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Path file = folder.resolve(i + ".png");
      ImageIO.write(photo((i * 10) << 16, (200 - i * 10) << 16), "png", file.toFile());
      files.add(file);
    }
    // As many faces as the first pixel's red says.
    FaceFinder finder =
        finder(
            photo -> {
              float[] rgb = new float[3];
              photo.readRow(0, new int[] {0}, rgb);
              return Collections.nCopies((int) rgb[0] / 10 % 7, face(20, 20, 28, 28));
            });
    try (Detector detector = detector(RESIZED, finder)) {
      List<String> single = files.stream().map(file -> verdicts(detector.classify(file))).toList();
      try (Stream<Outcome<Path>> outcomes = detector.classifyAll(files.stream())) {
        assertThat(outcomes.map(outcome -> verdicts(outcome.classification().orElseThrow())))
            .isEqualTo(single);
      }
      assertThat(single).contains("NO_FACE []");
    }
  }

  @Test
  void theUserMayHaveTheWholeImageJudgedAndFacesOfAModelForWholeImages() {
    try (Detector detector =
        open(model(RESIZED, 1), finder(), redness, settings -> settings.faces(Faces.WHOLE))) {
      Classification result = detector.classify(photo(0xFF0000, 0));
      assertThat(result.faces()).isEmpty();
      assertThat(result.probability()).isEqualTo(1);
      assertThat(detector.info().faceFinder()).isEmpty();
    }
    try (Detector detector =
        open(
            model(Views.WHOLE_IMAGE, 1),
            finder(face(20, 20, 28, 28)),
            redness,
            settings -> settings.faces(Faces.CROP))) {
      assertThat(detector.info().views().margin()).isEqualTo(Views.DEFAULT_MARGIN);
      assertThat(detector.classify(photo(0, 0xFF0000)).faces()).hasSize(1);
    }
  }

  @Test
  void floatsAreEveryViewOfAFace() {
    Views two = new Views(true, 0, 0, List.of(new View.Windows(2)));
    try (Detector detector = detector(two, finder())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> detector.classify(new float[48]))
          .withMessage("the network reads 2 x 4 x 4 x 3 = 96 floats, not 48");
      assertThat(detector.classify(new float[96]).label()).isEqualTo(Label.REAL);
    }
  }

  @Test
  void withoutAFinderTheDependencyIsNamed() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> FaceFinders.first(new Providers<>(List.of(), List.of())))
        .withMessageContaining("io.unmask:unmask-faces")
        .withMessageContaining("--faces whole");
  }

  @Test
  void aPreprocessorOfWholeImagesCannotCutFacesOut() {
    Preprocessor whole =
        new Preprocessor() {
          @Override
          public String name() {
            return "whole";
          }

          @Override
          public ImageSize process(byte[] image, String source, InputFormat f, FloatBuffer target) {
            throw new AssertionError();
          }

          @Override
          public ImageSize process(BufferedImage image, InputFormat format, FloatBuffer target) {
            throw new AssertionError();
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DetectorOpener(Detector.builder().faceFinder(finder()).settings())
                    .open(redness, whole, model(RESIZED, 1)))
        .withMessage(
            "preprocessor 'whole' reads whole images only, stretched with bilinear interpolation,"
                + " and the model looks at faces with no margin, resized; use 'java', or have"
                + " whole images judged");
  }

  @Test
  void theSearchIsClosedWithTheDetectorAndWhenOpeningFails() {
    Detector detector = detector(RESIZED, finder());
    detector.close();
    detector.close();
    assertThat(events).startsWith("opened", "closed");
  }

  @Test
  void membersAgreeIfEachAloneWouldHaveLedToTheSameSide() {
    // Five members that say 0.47, which is calibrated to more than a half.
    Model model =
        Model.builder(
                "five",
                MergeNetworks.merge("five", Collections.nCopies(5, TestModels.network())),
                InputFormat.unitRange(4, 4),
                Collections.nCopies(5, new Member("m", 1, 4)))
            .fusion(new Mean())
            .calibration(new Calibration(2, 1))
            .build();
    FakeBackend five =
        new FakeBackend(pixels -> new float[][] {{0.47f}, {0.47f}, {0.47f}, {0.47f}, {0.2f}});
    try (Detector detector = open(model, finder(), five, settings -> settings)) {
      Classification result = detector.classify(photo(0, 0));
      assertThat(result.label()).isEqualTo(Label.FAKE);
      assertThat(result.agreement()).isEqualTo(0.8);
    }
  }

  private record Mean() implements FusionRule {
    @Override
    public String name() {
      return "mean";
    }

    @Override
    public double fuse(double[] probabilities) {
      double sum = 0;
      for (double probability : probabilities) {
        sum += probability;
      }
      return sum / probabilities.length;
    }
  }

  private static String verdicts(Classification result) {
    return result + " " + result.faces().stream().map(FaceVerdict::probability).toList();
  }

  /** One colour above and to the left of a diagonal's middle, another below. */
  private static BufferedImage photo(int upperLeft, int lowerRight) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(upperLeft));
    graphics.fillRect(0, 0, 16, 16);
    graphics.setColor(new Color(lowerRight));
    graphics.fillRect(16, 16, 24, 14);
    graphics.dispose();
    return image;
  }

  private static Face face(double left, double top, double right, double bottom) {
    return new Face(new Face.Box(left, top, right, bottom), List.of(), 0.9);
  }

  private FaceFinder finder(Face... faces) {
    return finder(photo -> List.of(faces));
  }

  private FaceFinder finder(Function<Photo, List<Face>> faces) {
    return new FaceFinder() {
      @Override
      public String name() {
        return "made up";
      }

      @Override
      public Search open(Backend backend, ProgramOptions options) {
        events.add("opened");
        return new Search() {
          @Override
          public List<Face> find(Photo photo) {
            return faces.apply(photo);
          }

          @Override
          public void close() {
            events.add("closed");
          }
        };
      }
    };
  }

  private static Model model(Views views, int fakeClass) {
    return Model.builder(
            "tiny.keras",
            TestModels.network(),
            InputFormat.unitRange(4, 4),
            List.of(new Member("tiny.keras", fakeClass, 4)))
        .views(views)
        .build();
  }

  private Detector detector(Views views, FaceFinder finder) {
    return detector(views, finder, redness);
  }

  private static Detector detector(Views views, FaceFinder finder, FakeBackend backend) {
    return open(model(views, 1), finder, backend, settings -> settings);
  }

  private static Detector open(
      Model model,
      FaceFinder finder,
      FakeBackend backend,
      Function<DetectorBuilder, DetectorBuilder> settings) {
    return new DetectorOpener(settings.apply(Detector.builder().faceFinder(finder)).settings())
        .open(backend, new JavaPreprocessor(), model);
  }
}

package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.unmask.error.ImageException;
import io.unmask.error.ModelFormatException;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.Model;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DetectorTest {

  /** Puts out the first float, so that an image's red value is its probability. */
  private final FakeBackend redness = new FakeBackend(pixels -> new float[][] {{pixels[0]}});

  @TempDir Path folder;
  private Path face;

  @BeforeEach
  void writeAFace() throws IOException {
    face = image("face.png", 0xCC0000);
  }

  @Test
  void everyFormOfAnImageGetsTheSameVerdict() throws IOException {
    try (Detector detector = detector(redness)) {
      double expected = 0xCC / 255f;
      assertThat(detector.classify(face).probability()).isEqualTo(expected);
      assertThat(detector.classify(Files.readAllBytes(face)).probability()).isEqualTo(expected);
      assertThat(detector.classify(ImageIO.read(face.toFile())).probability()).isEqualTo(expected);
      try (InputStream stream = Files.newInputStream(face)) {
        assertThat(detector.classify(stream).probability()).isEqualTo(expected);
      }
      float[] pixels = new float[4 * 4 * 3];
      pixels[0] = 0xCC / 255f;
      assertThat(detector.classify(pixels).probability()).isEqualTo(expected);
      assertThat(detector.classify(face))
          .hasToString("FAKE 0.8000")
          .extracting(Classification::members)
          .isEqualTo(List.of(new Classification.Opinion("tiny.keras", expected)));
    }
  }

  @Test
  void everyFormOfAnImageIsWarnedOfExceptFloatsWhoseSizeNobodyKnows() throws IOException {
    Expectation larger =
        new Expectation(Optional.empty(), OptionalInt.of(5), OptionalInt.empty(), Optional.empty());
    Model model = TestModels.model(1, 0.5, larger);
    try (Detector detector = detector(model, redness)) {
      List<Classification> results = new ArrayList<>();
      results.add(detector.classify(face));
      results.add(detector.classify(Files.readAllBytes(face)));
      results.add(detector.classify(ImageIO.read(face.toFile())));
      results.add(detector.classify(new ByteArrayInputStream(Files.readAllBytes(face))));
      try (Stream<Outcome<Path>> outcomes = detector.classifyAll(Stream.of(face))) {
        outcomes.forEach(outcome -> results.add(outcome.classification().orElseThrow()));
      }
      assertThat(results)
          .hasSize(5)
          .allSatisfy(
              result -> {
                assertThat(result.label()).isEqualTo(Label.FAKE);
                assertThat(result.warnings())
                    .extracting(Classification.Warning::kind)
                    .containsExactly(Classification.Warning.Kind.TOO_SMALL);
              });
      assertThat(detector.classify(new float[4 * 4 * 3]).warnings()).isEmpty();
      assertThat(detector.info().expectation()).isEqualTo(larger);
    }
  }

  @Test
  void nothingIsDecidedOfAPhotoThatWasCompressedMoreThanTheModelKnows() throws IOException {
    Expectation sharp =
        new Expectation(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.of(76),
            Optional.empty());
    try (Detector detector = detector(TestModels.model(1, 0.5, sharp), redness)) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(ImageIO.read(face.toFile()), "jpeg", jpeg); // with quality 75
      Classification result = detector.classify(jpeg.toByteArray());
      assertThat(result.label()).isEqualTo(Label.UNCERTAIN);
      assertThat(result.probability()).isGreaterThan(0.5);
      assertThat(result.warnings())
          .containsExactly(
              new Classification.Warning(
                  Classification.Warning.Kind.MUCH_COMPRESSED,
                  "the photo was compressed to a JPEG quality of about 75, and the model needs 76"));
      assertThat(detector.classify(ImageIO.read(face.toFile())).label()).isEqualTo(Label.FAKE);
    }
  }

  @Test
  void anArrayOfAnotherSizeIsTheCallersMistake() {
    try (Detector detector = detector(redness)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> detector.classify(new float[47]))
          .withMessage("the network reads 4 x 4 x 3 = 48 floats, not 47");
    }
  }

  @Test
  void floatsThatAreNoNumbersAreTheCallersMistake() {
    try (Detector detector = detector(redness)) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        float[] image = new float[48];
        image[17] = bad;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> detector.classify(image))
            .withMessage("the network reads finite numbers, but the float at index 17 is " + bad);
      }
    }
  }

  @Test
  void nullIsTheCallersMistakeAndNoFaultOfAFile() {
    try (Detector detector = detector(redness)) {
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classify((float[]) null))
          .withMessage("image");
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classifyAll(null))
          .withMessage("files");
      assertThatNullPointerException()
          .isThrownBy(() -> detector.classifyAll(Stream.of(face, null)).toList())
          .withMessage("one of the files is null");
    }
  }

  @Test
  void fakeIsWhatIsAboveTheThresholdAndNotWhatIsEqual() {
    try (Detector detector = detector(FakeBackend.putsOut(0.5f))) {
      assertThat(detector.classify(face).label()).isEqualTo(Label.REAL);
    }
    try (Detector detector = detector(FakeBackend.putsOut(Math.nextUp(0.5f)))) {
      assertThat(detector.classify(face).label()).isEqualTo(Label.FAKE);
    }
  }

  @Test
  void classZeroAsFakeTurnsTheProbabilityRoundInDoublePrecision() {
    Model model = TestModels.model(0, 0.5);
    try (Detector detector = detector(model, FakeBackend.putsOut(0.1f))) {
      Classification classification = detector.classify(face);
      assertThat(classification.probability()).isEqualTo(1.0 - (double) 0.1f);
      assertThat(classification.label()).isEqualTo(Label.FAKE);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.01f, 1.01f, Float.POSITIVE_INFINITY})
  void whatIsNoProbabilityIsAnErrorAndNoVerdict(float output) {
    try (Detector detector = detector(FakeBackend.putsOut(output))) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> detector.classify(face))
          .withMessageContaining("tiny.keras: puts out " + (double) output);
    }
  }

  @Test
  void badImagesAmongManyAreResultsInOrder() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jpg"));
    Path text = Files.writeString(folder.resolve("text.jpg"), "this is no image at all");
    Path missing = folder.resolve("missing.jpg");
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling.jpg"), missing);
    try (Detector detector = detector(redness)) {
      List<Outcome<Path>> outcomes =
          detector
              .classifyAll(Stream.of(empty, face, text, missing, dangling, folder, face))
              .toList();
      assertThat(outcomes)
          .extracting(Outcome::source)
          .containsExactly(empty, face, text, missing, dangling, folder, face);
      assertThat(outcomes)
          .extracting(outcome -> outcome.classification().isPresent())
          .containsExactly(false, true, false, false, false, false, true);
      assertThat(outcomes)
          .filteredOn(Outcome.Failed.class::isInstance)
          .extracting(outcome -> ((Outcome.Failed<Path>) outcome).error().getMessage())
          .allSatisfy(message -> assertThat(message).hasLineCount(1))
          .satisfiesExactly(
              m ->
                  assertThat(m)
                      .isEqualTo(empty + ": empty, expected an image; copy or download it again"),
              m -> assertThat(m).startsWith(text.toString()),
              m -> assertThat(m).isEqualTo(missing + ": no such file; check the path"),
              m ->
                  assertThat(m)
                      .isEqualTo(
                          dangling
                              + ": a link to a file that does not exist; name the file itself"),
              m ->
                  assertThat(m)
                      .isEqualTo(
                          folder + ": a folder, expected an image file; name the files in it"));
    }
  }

  @Test
  void imagesFromAnywhereAreFetchedByTheirKeys() throws IOException {
    Map<String, byte[]> store = Map.of("a", Files.readAllBytes(face), "b", new byte[0]);
    try (Detector detector = detector(redness);
        Stream<Outcome<String>> all =
            detector.classifyAll(
                Stream.of("a", "b", "c", "a"),
                key -> {
                  if (!store.containsKey(key)) {
                    throw new ImageException(key + ": is not in the store");
                  }
                  return new EncodedImage("store/" + key, store.get(key));
                })) {
      List<Outcome<String>> outcomes = all.toList();
      assertThat(outcomes).extracting(Outcome::source).containsExactly("a", "b", "c", "a");
      Classification alone = detector.classify(face);
      assertThat(outcomes.get(0).classification().orElseThrow().probability())
          .isEqualTo(alone.probability());
      assertThat(((Outcome.Failed<String>) outcomes.get(1)).error())
          .hasMessage("store/b: the file is empty, expected an image; copy or download it again");
      assertThat(((Outcome.Failed<String>) outcomes.get(2)).error())
          .hasMessage("c: is not in the store");
      assertThat(outcomes.get(3).classification()).isPresent();
    }
  }

  @Test
  void batchesGiveWhatOneAtATimeGives() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      files.add(
          i % 7 == 3 ? folder.resolve("missing" + i) : image("face" + i + ".png", (2 * i) << 16));
    }
    try (Detector detector = detector(redness.preferring(8))) {
      List<Outcome<Path>> outcomes = detector.classifyAll(files.stream()).toList();
      assertThat(outcomes).extracting(Outcome::source).isEqualTo(files);
      for (int i = 0; i < 100; i++) {
        assertThat(outcomes.get(i).classification().map(Classification::probability))
            .isEqualTo(i % 7 == 3 ? Optional.empty() : Optional.of((double) (2 * i / 255f)));
      }
      assertThat(redness.batches).allMatch(batch -> batch <= 8);
      assertThat(redness.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(86);
    }
  }

  @Test
  void manyAreClassifiedOnlyAsTheyAreConsumed() {
    List<Integer> runs = new ArrayList<>();
    FakeBackend counting =
        new FakeBackend(
            pixels -> {
              runs.add(1);
              return new float[][] {{0.5f}};
            });
    try (Detector detector = detector(counting)) {
      Iterator<Outcome<Path>> outcomes =
          detector.classifyAll(Stream.generate(() -> face)).iterator();
      assertThat(runs).isEmpty();
      outcomes.next();
      outcomes.next();
      assertThat(runs).hasSizeLessThan(4);
    }
  }

  @Test
  void closingTheStreamStopsTheWorkAndClosesTheGivenStream() {
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Stream<Path> endless =
        Stream.generate(
                () -> {
                  read.incrementAndGet();
                  return face;
                })
            .onClose(() -> closed.set(true));
    try (Detector detector = detector(redness)) {
      try (Stream<Outcome<Path>> outcomes = detector.classifyAll(endless)) {
        assertThat(outcomes.limit(3)).hasSize(3);
      }
      assertThat(closed).isTrue();
      int afterwards = read.get();
      assertThat(detector.classifyAll(Stream.of(face, face))).hasSize(2);
      assertThat(read).hasValue(afterwards);
    }
  }

  @Test
  void decodersEndWhenThereIsNothingToDo() throws Exception {
    try (Detector detector = detector(redness)) {
      Iterator<Outcome<Path>> abandoned =
          detector.classifyAll(Stream.generate(() -> face)).iterator();
      abandoned.next();
      while (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(thread -> thread.getName().equals("unmask-decoder"))) {
        Thread.sleep(50); // at most as long as the test may take
      }
      assertThat(abandoned.next().classification()).isPresent();
    }
  }

  @Test
  void aBandAndASpreadLeaveImagesUndecided() {
    try (Detector detector =
        detector(FakeBackend.putsOut(0.5f), builder -> builder.band(0.5, 0.6))) {
      assertThat(detector.classify(face)).hasToString("UNCERTAIN 0.5000");
      assertThat(detector.classify(face).agreement()).isEqualTo(1);
    }
    try (Detector detector =
        detector(FakeBackend.putsOut(0.49f), builder -> builder.band(0.5, 0.6))) {
      assertThat(detector.classify(face).label()).isEqualTo(Label.REAL);
    }
    try (Detector detector = detector(FakeBackend.putsOut(0.9f), builder -> builder.maxSpread(0))) {
      assertThat(detector.classify(face).label()).isEqualTo(Label.FAKE);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Detector.builder().noBand().band(0.5, 0.6));
    assertThatIllegalArgumentException().isThrownBy(() -> Detector.builder().band(0.6, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Detector.builder().maxSpread(1.1));
  }

  @Test
  void aStreamThatFailsOrNeverEndsIsAnImageError() {
    InputStream failing =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("the connection was reset");
          }
        };
    try (Detector detector = detector(redness)) {
      assertThatExceptionOfType(ImageException.class)
          .isThrownBy(() -> detector.classify(failing))
          .withMessageContaining("the connection was reset");
      assertThatExceptionOfType(ImageException.class)
          .isThrownBy(() -> detector.classify(new ByteArrayInputStream(new byte[0])))
          .withMessage("image: empty, expected an image; copy or download it again");
    }
  }

  @Test
  void manyThreadsGetTheSameAsOne() throws Exception {
    try (Detector detector = detector(redness)) {
      List<Path> faces = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        faces.add(image("face" + i + ".png", (i * 16) << 16));
      }
      ExecutorService pool = Executors.newFixedThreadPool(8);
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 320; i++) {
        Path file = faces.get(i % 16);
        futures.add(pool.submit(() -> detector.classify(file).probability()));
      }
      for (int i = 0; i < 320; i++) {
        assertThat(futures.get(i).get()).isEqualTo(i % 16 * 16 / 255f);
      }
      pool.shutdown();
    }
  }

  @Test
  void closeWaitsForTheCallsUnderWay() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    FakeBackend[] backend = new FakeBackend[1];
    backend[0] =
        new FakeBackend(
            pixels -> {
              running.countDown();
              await(finish);
              backend[0].events.add("ran");
              return new float[][] {{0.5f}};
            });
    Detector detector = detector(backend[0]);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<Classification> call = pool.submit(() -> detector.classify(face));
    await(running);
    Future<?> close = pool.submit(detector::close);
    assertThat(backend[0].events).isEmpty();
    finish.countDown();
    close.get();
    assertThat(call.get().label()).isEqualTo(Label.REAL);
    assertThat(backend[0].events).containsExactly("ran", "closed");
    pool.shutdown();
  }

  @Test
  void aClosedDetectorRefusesCallsAndClosesOnlyOnce() {
    Detector detector = detector(redness);
    Iterator<Outcome<Path>> outcomes = detector.classifyAll(Stream.of(face, face)).iterator();
    outcomes.next();
    detector.close();
    detector.close();
    assertThat(redness.events).containsExactly("closed");
    assertThatIllegalStateException().isThrownBy(() -> detector.classify(face));
    assertThatIllegalStateException().isThrownBy(outcomes::next);
    assertThat(detector.info().model()).isEqualTo("tiny.keras");
  }

  @Test
  void saysWhatItConsistsOf() {
    try (Detector detector = detector(redness)) {
      DetectorInfo info = detector.info();
      assertThat(info.program().backend()).isEqualTo("fake");
      assertThat(info.preprocessor()).isEqualTo("java");
      assertThat(info.members()).containsExactly("tiny.keras");
      assertThat(info.layers()).isEqualTo(3);
      assertThat(info.parameters()).isEqualTo(4);
      assertThat(info.sharedParameters()).isZero();
    }
  }

  @Test
  void mirroredAnImageIsSeenBothWaysRoundAndTheMeanCounts() throws IOException {
    Path halves = folder.resolve("halves.png");
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, i % 4 == 0 ? 0xFF0000 : i % 4 == 3 ? 0x330000 : 0x00FFFF);
    }
    ImageIO.write(image, "png", halves.toFile());
    double mean = (1 + (double) (0x33 / 255f)) / 2;
    try (Detector detector = detector(TestModels.model(TestModels.network(), true), redness)) {
      assertThat(detector.info().mirrored()).isTrue();
      assertThat(detector.classify(halves).probability()).isEqualTo(mean);
      assertThat(detector.classify(halves).members().get(0).probability()).isEqualTo(mean);
      float[] pixels = new float[4 * 4 * 3];
      pixels[9] = 0.5f; // the red of the first row's last pixel
      assertThat(detector.classify(pixels).probability()).isEqualTo(0.25);
      try (Stream<Outcome<Path>> all = detector.classifyAll(Stream.of(halves, face, halves))) {
        assertThat(all.map(each -> each.classification().orElseThrow().probability()))
            .containsExactly(mean, (double) (0xCC / 255f), mean);
      }
    }
    assertThat(redness.batches).containsOnly(2);
    FakeBackend batches = new FakeBackend(floats -> new float[][] {{floats[0]}}).preferring(8);
    try (Detector detector = detector(batches, builder -> builder.mirrored(true));
        Stream<Outcome<Path>> all = detector.classifyAll(Stream.generate(() -> halves).limit(20))) {
      assertThat(all.map(each -> each.classification().orElseThrow().probability()))
          .containsOnly(mean)
          .hasSize(20);
    }
    assertThat(batches.batches).allSatisfy(count -> assertThat(count).isEven().isBetween(2, 8));
  }

  @Test
  void theUserMayCalibrate() {
    Calibration calibration = new Calibration(2, 1);
    try (Detector detector = detector(redness, builder -> builder.calibration(calibration))) {
      assertThat(detector.info().calibration()).isEqualTo(calibration);
      Classification result = detector.classify(face);
      assertThat(result.probability()).isEqualTo(calibration.apply((double) (0xCC / 255f)));
      assertThat(result.members().get(0).probability()).isEqualTo((double) (0xCC / 255f));
    }
  }

  @Test
  void theUserDecidesWhetherImagesAreSeenMirrored() {
    Model mirrored = TestModels.model(TestModels.network(), true);
    DetectorBuilder plain =
        Detector.builder().backend(redness).preprocessor(new JavaPreprocessor()).mirrored(false);
    try (Detector detector =
        new DetectorOpener(plain.settings()).open(redness, new JavaPreprocessor(), mirrored)) {
      assertThat(detector.info().mirrored()).isFalse();
      assertThat(detector.classify(face).probability()).isEqualTo((double) (0xCC / 255f));
    }
    assertThat(redness.batches).containsExactly(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.mirrored(true))
        .withMessage("mirrored is already set to false, and cannot be true as well");
  }

  private static Detector detector(FakeBackend backend, UnaryOperator<DetectorBuilder> settings) {
    return new DetectorOpener(settings.apply(Detector.builder()).settings())
        .open(backend, new JavaPreprocessor(), TestModels.model(1, 0.5));
  }

  private Detector detector(FakeBackend backend) {
    return detector(TestModels.model(1, 0.5), backend);
  }

  private static Detector detector(Model model, FakeBackend backend) {
    DetectorBuilder settings =
        Detector.builder().backend(backend).preprocessor(new JavaPreprocessor());
    return new DetectorOpener(settings.settings()).open(backend, new JavaPreprocessor(), model);
  }

  private Path image(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

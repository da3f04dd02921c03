package io.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.unmask.image.JavaPreprocessor;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.spi.Calibration;
import io.unmask.spi.Face;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.FusionRule;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.Photo;
import io.unmask.spi.Region;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View;
import io.unmask.testkit.InterpreterBackend;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of networks of which it is plain what they look at: how red a picture is. */
class DetectorExplainTest {

  private static final Calibration CALIBRATION = new Calibration(0.5, 0.25);

  @TempDir Path folder;

  /** Its logit is {@code factor} times the mean of red, less 1. */
  private static Network red(float factor, Layer... between) {
    Network.Builder builder = Network.builder("red");
    int x = builder.add("input", new Layer.Input(Shape.of(8, 8, 3)));
    x = builder.add("pool", new Layer.GlobalAveragePooling2D(false), x);
    for (int i = 0; i < between.length; i++) {
      x = builder.add("between" + i, between[i], x);
    }
    Layer dense =
        new Layer.Dense(
            Weights.of(Shape.of(3, 1), factor, 0, 0), Weights.vector(-1), Activations.SIGMOID);
    return builder.build(builder.add("dense", dense, x));
  }

  private static Model model(Views views, FusionRule fusion, boolean mirrored, Network... members) {
    return Model.builder(
            "red.keras",
            members.length == 1 ? members[0] : MergeNetworks.merge("red", List.of(members)),
            InputFormat.unitRange(8, 8),
            IntStream.range(0, members.length).mapToObj(i -> new Member("m" + i, 1, 4)).toList())
        .views(views)
        .mirrored(mirrored)
        .fusion(fusion)
        .calibration(CALIBRATION)
        .build();
  }

  private static Detector detector(Model model, Face... faces) {
    DetectorBuilder builder = Detector.builder();
    if (model.views().faces()) {
      builder.faceFinder(finder(faces));
    }
    return new DetectorOpener(builder.settings())
        .open(new InterpreterBackend(), new JavaPreprocessor(), model);
  }

  private static FaceFinder finder(Face... faces) {
    return new FaceFinder() {
      @Override
      public String name() {
        return "made up";
      }

      @Override
      public Search open(io.unmask.spi.Backend backend, io.unmask.spi.ProgramOptions options) {
        return new Search() {
          @Override
          public List<Face> find(Photo photo) {
            return List.of(faces);
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  private static Face face(int left, int top, int side) {
    return new Face(new Face.Box(left, top, left + side, top + side), List.of(), 0.9);
  }

  /** Black, with a red square. */
  private static BufferedImage photo(int width, int height, int left, int top, int side) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(left, top, side, side);
    graphics.dispose();
    return image;
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  private static final FusionRule MEAN_LOGIT =
      rule(p -> 1 / (1 + Math.exp(-(logit(p[0]) + logit(p[1])) / 2)));

  private static FusionRule rule(java.util.function.ToDoubleFunction<double[]> fuse) {
    return new FusionRule() {
      @Override
      public String name() {
        return "made up";
      }

      @Override
      public double fuse(double[] probabilities) {
        return fuse.applyAsDouble(probabilities);
      }
    };
  }

  @Test
  void aPlaceHasWhatItAddsScaledByTheCalibration() {
    try (Detector detector = detector(model(Views.WHOLE_IMAGE, FusionRule.SINGLE, false, red(4)))) {
      ExplainedPhoto explained = detector.explain(photo(8, 8, 4, 0, 2));
      Heatmap map = explained.heatmaps().get(0);
      assertThat(explained.heatmaps()).hasSize(1);
      assertThat(map.method()).isEqualTo(Heatmap.Method.EXACT);
      assertThat(map.region()).isEqualTo(new Region(0, 0, 8, 8));
      assertThat(map.rows()).isEqualTo(8);
      assertThat(map.columns()).isEqualTo(8);
      for (int i = 0; i < 64; i++) {
        boolean lit = i / 8 < 2 && i % 8 >= 4 && i % 8 < 6;
        assertThat(map.contribution(i / 8, i % 8))
            .isEqualTo(lit ? 4.0 / 64 * 0.5 : 0, within(1e-7));
      }
      assertThat(map.bias()).isEqualTo(-1 * 0.5 + 0.25, within(1e-7));
      assertThat(map.logit())
          .isEqualTo(logit(explained.classification().probability()), within(1e-6));
      assertThat(map).hasToString("8 x 8 over 8 x 8 at (0, 0), logit -0.13");
      assertThatThrownBy(() -> map.contribution(0, 8))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void theVerdictIsTheSameHoweverThePhotoIsGiven() throws IOException {
    BufferedImage image = photo(40, 30, 10, 10, 9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    Path file = Files.write(folder.resolve("photo.png"), bytes.toByteArray());
    try (Detector detector = detector(model(Views.WHOLE_IMAGE, FusionRule.SINGLE, true, red(4)))) {
      double probability = detector.classify(image).probability();
      List<ExplainedPhoto> all =
          List.of(
              detector.explain(image),
              detector.explain(file),
              detector.explain(bytes.toByteArray()),
              detector.explain(new ByteArrayInputStream(bytes.toByteArray())));
      for (ExplainedPhoto each : all) {
        assertThat(each.classification().probability()).isEqualTo(probability);
        assertThat(each.heatmaps().get(0).region()).isEqualTo(new Region(0, 0, 40, 30));
      }
    }
  }

  @Test
  void theViewsOfAFaceAreLaidOverEachOtherInThePhoto() {
    Views views =
        new Views(
            true, 0, 0, List.of(new View.Resize(View.Resampling.ANTIALIASED), new View.Windows(4)));
    Model model = model(views, MEAN_LOGIT, false, red(40), red(20));
    try (Detector detector = detector(model, face(10, 10, 16), face(40, 10, 16))) {
      ExplainedPhoto explained = detector.explain(photo(64, 40, 42, 12, 4));
      assertThat(explained.heatmaps()).hasSize(2);
      List<Double> totals = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Heatmap map = explained.heatmaps().get(i);
        totals.add(map.total());
        assertThat(map.method()).isEqualTo(Heatmap.Method.EXACT);
        assertThat(map.logit())
            .isEqualTo(
                logit(explained.classification().faces().get(i).probability()), within(1e-4));
      }
      assertThat(explained.heatmaps().get(0).region()).isEqualTo(new Region(10, 10, 16, 16));
      assertThat(totals.get(0)).isEqualTo(0, within(1e-9));
      Heatmap second = explained.heatmaps().get(1);
      assertThat(second.region()).isEqualTo(new Region(40, 10, 16, 16));
      assertThat(second.rows()).isEqualTo(16);
      // The red square lies two pixels from the corner. A window has it to the pixel.
      double inside = 0;
      for (int i = 0; i < 256; i++) {
        boolean red = i / 16 >= 2 && i / 16 < 6 && i % 16 >= 2 && i % 16 < 6;
        inside += red ? second.contribution(i / 16, i % 16) : 0;
      }
      assertThat(inside).isGreaterThan(0.8 * second.total()).isPositive();
    }
  }

  @Test
  void whatIsAveragedOtherwiseThanAsLogitsIsSaidToBeOfFirstOrder() {
    FusionRule mean = rule(p -> (p[0] + p[1]) / 2);
    Model model = model(Views.WHOLE_IMAGE, mean, false, red(40), red(2));
    try (Detector detector = detector(model)) {
      ExplainedPhoto explained = detector.explain(photo(8, 8, 1, 1, 4));
      Heatmap map = explained.heatmaps().get(0);
      assertThat(map.method()).isEqualTo(Heatmap.Method.FIRST_ORDER);
      assertThat(map.logit())
          .isEqualTo(logit(explained.classification().probability()), within(1e-5));
      assertThat(map.contribution(2, 2)).isPositive();
    }
  }

  @Test
  void networksThatCannotBeTakenApartAreCoveredPatchByPatch() {
    Layer tanh = new Layer.Activate(new Activation.Tanh());
    for (boolean mirrored : new boolean[] {false, true}) {
      Model model = model(Views.WHOLE_IMAGE, FusionRule.SINGLE, mirrored, red(4, tanh));
      try (Detector detector = detector(model)) {
        ExplainedPhoto explained = detector.explain(photo(64, 64, 8, 0, 16));
        Heatmap map = explained.heatmaps().get(0);
        assertThat(map.method()).isEqualTo(Heatmap.Method.OCCLUSION);
        assertThat(map.rows()).isEqualTo(8);
        assertThat(map.columns()).isEqualTo(8);
        assertThat(map.logit())
            .isEqualTo(logit(explained.classification().probability()), within(1e-5));
        for (int i = 0; i < 64; i++) {
          boolean red = i / 8 < 2 && i % 8 >= 1 && i % 8 < 3;
          if (red) {
            assertThat(map.contribution(i / 8, i % 8)).as("%d", i).isPositive();
          } else {
            // Grey is a little redder than black.
            assertThat(map.contribution(i / 8, i % 8)).as("%d", i).isBetween(-0.01, 0.0);
          }
        }
      }
    }
  }

  @Test
  void aPhotoWithoutAFaceHasNoMap() {
    Views faces = Views.WHOLE_IMAGE.ofFaces();
    try (Detector detector = detector(model(faces, FusionRule.SINGLE, false, red(4)))) {
      ExplainedPhoto explained = detector.explain(photo(30, 30, 1, 1, 4));
      assertThat(explained.classification().label()).isEqualTo(Label.NO_FACE);
      assertThat(explained.heatmaps()).isEmpty();
    }
  }

  @Test
  void manyFacesHaveAMapEach() {
    Face[] faces = IntStream.range(0, 9).mapToObj(i -> face(10 * i, 0, 8)).toArray(Face[]::new);
    Views views = new Views(true, 0, 0, Views.WHOLE_IMAGE.views());
    try (Detector detector = detector(model(views, FusionRule.SINGLE, false, red(4)), faces)) {
      List<Heatmap> maps = detector.explain(photo(90, 8, 80, 0, 8)).heatmaps();
      assertThat(maps).hasSize(9);
      assertThat(maps.get(7).total()).isEqualTo(0, within(1e-9));
      assertThat(maps.get(8).total()).isEqualTo(4 * 0.5, within(1e-6));
      assertThat(maps.get(8).region()).isEqualTo(new Region(80, 0, 8, 8));
    }
  }

  @Test
  void aClosedDetectorExplainsNothing() {
    Detector detector = detector(model(Views.WHOLE_IMAGE, FusionRule.SINGLE, false, red(4)));
    BufferedImage photo = photo(8, 8, 0, 0, 4);
    assertThat(detector.explain(photo).heatmaps()).hasSize(1);
    detector.close();
    assertThatIllegalStateException().isThrownBy(() -> detector.explain(photo));
  }
}

package io.unmask.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Offset.offset;

import io.unmask.error.BackendException;
import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.architecture.KerasInitializer;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.attribution.Attribution;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend must do. A backend's test extends this and says which backend it is.
 *
 * <p>It is long because it is one list, to be extended by one class: what every backend must do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {

  /** How far an element may lie from Keras's, for values of the order of 1. */
  private static final float TOLERANCE = 1e-5f;

  /** For a test of one backend. */
  protected BackendContract() {}

  /** The backend under test. */
  protected abstract Backend backend();

  /** The models of the golden test. */
  static Stream<GoldenModels.Case> models() {
    return GoldenModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersAsKerasDoes(GoldenModels.Case model) {
    float[][] outputs = run(model.network(), model.image());
    assertThat(outputs).hasNumberOfRows(model.outputs().size());
    for (int o = 0; o < outputs.length; o++) {
      assertClose(outputs[o], model.outputs().get(o));
    }
  }

  /** The golden models whose probability can be taken apart and is not so near 0 or 1. */
  static Stream<GoldenModels.Case> modelsOfPlaces() {
    return GoldenModels.all()
        .filter(
            model ->
                model.outputs().size() == 1
                    && model.network().outputShape(0).size() <= 2
                    && Math.abs(fake(model) - 0.5) < 0.48
                    && Attribution.of(model.network(), List.of(1)).isPresent());
  }

  private static double fake(GoldenModels.Case model) {
    float[] output = model.outputs().get(0);
    return output[output.length - 1];
  }

  @ParameterizedTest
  @MethodSource("modelsOfPlaces")
  void placesAddUpToTheLogitThatKerasGives(GoldenModels.Case model) {
    Attribution attribution = Attribution.of(model.network(), List.of(1)).orElseThrow();
    float[][] features = run(attribution.features(), model.image());
    double logit = attribution.shares(List.of(features)).get(0).logit();
    double expected = Math.log(fake(model) / (1 - fake(model)));
    assertThat(logit).isCloseTo(expected, offset(1e-4));
  }

  /** The full-size networks of the reference, whose weights come from a formula. */
  static Stream<FullSizeModels.Case> fullSize() {
    return FullSizeModels.all();
  }

  @ParameterizedTest
  @MethodSource("fullSize")
  void answersAsKerasDoesAtFullSize(FullSizeModels.Case model) {
    Network network = model.network();
    try (Program program = backend().compile(network, ProgramOptions.DEFAULT)) {
      model
          .probabilities()
          .forEach(
              (seed, probability) -> {
                float[] image = GoldenModels.smoothImage(network.inputShape(), seed);
                float answer = program.run(FloatBuffer.wrap(image), 1)[0][0];
                assertThat((double) answer).isCloseTo(probability, offset(2e-5));
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsInThePrecisionThatItNames(Precision asked) {
    Precision named;
    try {
      named = backend().precision(asked);
    } catch (BackendException e) {
      assertThat(asked).isIn(Precision.BF16, Precision.INT8); // which need not be had
      return;
    }
    assertThat(named).isIn(Precision.F32, asked == Precision.AUTO ? Precision.BF16 : asked);
    Network network = small();
    float[] image = new float[network.inputShape().size()];
    ProgramOptions options =
        ProgramOptions.DEFAULT
            .withPrecision(named)
            .withRanges(MeasuredRanges.of(backend(), network, image));
    try (Program program = backend().compile(network, options)) {
      assertThat(program.info().precision()).isEqualTo(named);
    }
  }

  @Test
  void agreesWithTheInterpreterWhereASummandIsTheInputOfTheConvolution() {
    Network.Builder builder = Network.builder("residual");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 5, 4)));
    int first = builder.add("first", convolution(4, 1), input);
    int second = builder.add("second", convolution(4, 2), first);
    int sum = builder.add("sum", new Layer.Add(), first, second);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), sum);
    assertLikeInterpreter(builder.build(relu));
  }

  @Test
  void agreesWithTheInterpreterWhereAValueIsReadAgainAfterASum() {
    Network.Builder builder = Network.builder("read again");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 5, 4)));
    int first = builder.add("first", convolution(4, 1), input);
    int second = builder.add("second", convolution(4, 2), input);
    int sum = builder.add("sum", new Layer.Add(), first, second);
    int product = builder.add("product", new Layer.Multiply(), sum, first);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), product);
    int again = builder.add("again", new Layer.Add(), relu, product);
    assertLikeInterpreter(builder.build(again, sum));
  }

  @Test
  void agreesWithTheInterpreterOnAddingAValueToItself() {
    Network.Builder builder = Network.builder("twice");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 5, 4)));
    int first = builder.add("first", convolution(4, 1), input);
    int twice = builder.add("twice", new Layer.Add(), first, first);
    assertLikeInterpreter(builder.build(twice));
  }

  @Test
  void agreesWithTheInterpreterWhereNeitherFactorHasTheShapeOfTheProduct() {
    Network.Builder builder = Network.builder("outer product");
    int input = builder.add("input", new Layer.Input(Shape.of(4, 6, 3)));
    Window rows = new Window(new Window.Size(1, 6), Window.Size.ONE, Padding.VALID);
    Window columns = new Window(new Window.Size(4, 1), Window.Size.ONE, Padding.VALID);
    int left = builder.add("left", new Layer.MaxPooling2D(rows), input);
    int top = builder.add("top", new Layer.AveragePooling2D(columns), input);
    int product = builder.add("product", new Layer.Multiply(), left, top);
    int sum = builder.add("sum", new Layer.Add(), left, top, product);
    assertLikeInterpreter(builder.build(sum));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void agreesWithTheInterpreterOnZerosAroundWhatWindowsSee(int channels) {
    Network.Builder builder = Network.builder("borders");
    int input = builder.add("input", new Layer.Input(Shape.of(9, 8, channels)));
    Layer scaling = new Layer.Rescaling(List.of(0.5), List.of(-0.25));
    int scaled = builder.add("scaled", scaling, input);
    List<Integer> outputs = new ArrayList<>();
    int number = 0;
    for (int[] sides : new int[][] {{0, 1, 0, 1}, {1, 2, 2, 0}, {4, 4, 4, 4}, {5, 0, 0, 3}}) {
      for (Padding padding : Padding.values()) {
        for (Window.Size dilation : List.of(Window.Size.ONE, Window.Size.square(2))) {
          Window.Size stride = Window.Size.square(dilation.height() == 1 ? 2 : 1);
          Window window = new Window(Window.Size.square(3), stride, dilation, padding);
          Weights kernel = weights(Shape.of(3, 3, channels, 6), ++number);
          Weights each = weights(Shape.of(3, 3, channels, 1), ++number);
          for (Layer layer :
              List.of(
                  new Layer.Conv2D(kernel, null, window, 1, Activations.RELU),
                  new Layer.DepthwiseConv2D(each, null, window, Activations.LINEAR))) {
            Layer zeros = new Layer.ZeroPadding2D(sides[0], sides[1], sides[2], sides[3]);
            String name = layer.getClass().getSimpleName() + number + "-" + outputs.size();
            int wide = builder.add("zeros-" + name, zeros, scaled);
            outputs.add(builder.add(name, layer, wide));
          }
        }
      }
    }
    assertLikeInterpreter(builder.build(outputs));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 16, 17})
  void agreesWithTheInterpreterOnScalings(int channels) {
    Network.Builder builder = Network.builder("scalings");
    int input = builder.add("input", new Layer.Input(Shape.of(5, 7, channels)));
    List<Double> factors = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    for (int channel = 1; channel <= channels; channel++) {
      factors.add(1.0 / channel);
      offsets.add(0.5 - 0.125 * channel);
    }
    int one = builder.add("one", new Layer.Rescaling(List.of(2.0), List.of(-1.0)), input);
    int each = builder.add("each", new Layer.Rescaling(factors, offsets), one);
    int mean = builder.add("mean", new Layer.GlobalAveragePooling2D(false), each);
    int last = builder.add("last", new Layer.Rescaling(factors, offsets), mean);
    assertLikeInterpreter(builder.build(one, each, last));
  }

  @Test
  void agreesWithTheInterpreterOnViewsThatAreOverwritten() {
    Network.Builder builder = Network.builder("views");
    int input = builder.add("input", new Layer.Input(Shape.of(4, 6, 4)));
    int first = builder.add("first", convolution(4, 3), input);
    int view = builder.add("view", new Layer.Reshape(Shape.of(6, 4, 4)), first);
    int relu = builder.add("relu", new Layer.Activate(Activations.RELU), view);
    int back = builder.add("back", new Layer.Reshape(Shape.of(4, 6, 4)), relu);
    Activation tanh = new Activation.Tanh();
    int bent = builder.add("bent", new Layer.Activate(tanh), first);
    int sum = builder.add("sum", new Layer.Add(), back, bent);
    assertLikeInterpreter(builder.build(sum));
  }

  @Test
  void aBatchGivesTheSameBitsAsItsImagesOneByOne() {
    Network network = small();
    float[] images = GoldenModels.image(Shape.of(3, 9, 7, 3), 1);
    try (Program program = backend().compile(network, ProgramOptions.DEFAULT)) {
      float[][] together = program.run(FloatBuffer.wrap(images), 3);
      List<Float> single = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        FloatBuffer one = FloatBuffer.wrap(images, i * 9 * 7 * 3, 9 * 7 * 3);
        for (float value : program.run(one, 1)[0]) {
          single.add(value);
        }
        assertThat(one.position()).isEqualTo(i * 9 * 7 * 3);
      }
      assertThat(together[0]).containsExactly(single.toArray(Float[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void modelsThatWereMergedAnswerAsEachAlone(int threads) throws Exception {
    List<Network> members = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      members.add(new SmallCnn(Shape.of(26, 24, 3)).build(new KerasInitializer(seed)));
    }
    float[] images = GoldenModels.image(Shape.of(2, 26, 24, 3), 1);
    ProgramOptions options = new ProgramOptions(Device.CPU, threads);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try (Program merged = backend().compile(MergeNetworks.merge("five", members), options)) {
      float[][] together = merged.run(FloatBuffer.wrap(images), 2);
      assertThat(together).hasNumberOfRows(5);
      for (int m = 0; m < 5; m++) {
        try (Program alone = backend().compile(members.get(m), options)) {
          assertClose(together[m], alone.run(FloatBuffer.wrap(images), 2)[0]);
        }
      }
      assertThat(together[0]).isNotEqualTo(together[1]);
      List<Future<float[][]>> again = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        again.add(callers.submit(() -> merged.run(FloatBuffer.wrap(images), 2)));
      }
      for (Future<float[][]> each : again) {
        assertThat(each.get()).isDeepEqualTo(together);
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void eightThreadsGetTheSameBitsAsOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Program program = backend().compile(small(), ProgramOptions.DEFAULT)) {
      List<float[]> expected = new ArrayList<>();
      for (int seed = 0; seed < 16; seed++) {
        expected.add(program.run(image(seed), 1)[0]);
      }
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 320; i++) {
        FloatBuffer image = image(i % 16);
        results.add(threads.submit(() -> program.run(image, 1)[0]));
      }
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).containsExactly(expected.get(i % 16));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closingWaitsForCallsUnderWayAndLaterCallsAreRefused() throws Exception {
    Program program = backend().compile(small(), ProgramOptions.DEFAULT);
    float[] expected = program.run(image(1), 1)[0];
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<float[]>> results = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      results.add(threads.submit(() -> program.run(image(1), 1)[0]));
    }
    program.close();
    program.close();
    threads.shutdown();
    for (Future<float[]> result : results) {
      try {
        assertThat(result.get()).containsExactly(expected);
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
      }
    }
    assertThatIllegalStateException().isThrownBy(() -> program.run(image(1), 1));
  }

  @Test
  void anInterruptedThreadGetsItsAnswerAndStaysInterrupted() {
    try (Program program = backend().compile(small(), ProgramOptions.DEFAULT)) {
      float[] expected = program.run(image(1), 1)[0];
      Thread.currentThread().interrupt();
      assertThat(program.run(image(1), 1)[0]).containsExactly(expected);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aDirectBufferAndAnArrayGiveTheSame() {
    try (Program program = backend().compile(small(), ProgramOptions.DEFAULT)) {
      FloatBuffer direct =
          ByteBuffer.allocateDirect(9 * 7 * 3 * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      direct.put(image(4)).flip();
      assertThat(program.run(direct, 1)[0]).containsExactly(program.run(image(4), 1)[0]);
    }
  }

  @Test
  void refusesABufferThatDoesNotHoldTheImages() {
    try (Program program = backend().compile(small(), ProgramOptions.DEFAULT)) {
      assertThatIllegalArgumentException().isThrownBy(() -> program.run(image(1), 2));
      assertThatIllegalArgumentException().isThrownBy(() -> program.run(image(1), 0));
    }
  }

  @Test
  void saysWhatItRunsOn() {
    try (Program program = backend().compile(small(), new ProgramOptions(Device.CPU, 1))) {
      assertThat(program.info().backend()).isEqualTo(backend().name());
      assertThat(program.info().engine()).matches(".+ \\d+\\.\\d+.*");
      assertThat(program.info().threads()).isEqualTo(1);
      assertThat(program.preferredBatch()).isPositive();
    }
    assertThat(backend().probe(Device.CPU)).isInstanceOf(Availability.Available.class);
  }

  private static Weights weights(Shape shape, int seed) {
    return new KerasInitializer(seed).create("layer", "kernel", shape);
  }

  private void assertLikeInterpreter(Network network) {
    float[] image = GoldenModels.image(network.inputShape(), 11);
    float[][] outputs = run(network, image);
    double[][] expected = Interpreter.run(network, image);
    assertThat(outputs).hasNumberOfRows(expected.length);
    for (int o = 0; o < outputs.length; o++) {
      float[] rounded = new float[expected[o].length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) expected[o][i];
      }
      assertClose(outputs[o], rounded);
    }
  }

  private float[][] run(Network network, float[] image) {
    try (Program program = backend().compile(network, ProgramOptions.DEFAULT)) {
      return program.run(FloatBuffer.wrap(image), 1);
    }
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      float tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], offset(tolerance));
    }
  }

  private static FloatBuffer image(int seed) {
    return FloatBuffer.wrap(GoldenModels.image(Shape.of(9, 7, 3), seed * 7919));
  }

  private static Layer.Conv2D convolution(int channels, int seed) {
    Shape shape = Shape.of(1, 1, channels, channels);
    float[] kernel = GoldenModels.image(shape, seed * 7919);
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] -= 0.5f;
    }
    Window point = new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID);
    return new Layer.Conv2D(Weights.of(shape, kernel), null, point, 1, Activations.LINEAR);
  }

  private static Network small() {
    Network.Builder builder = Network.builder("small");
    int input = builder.add("input", new Layer.Input(Shape.of(9, 7, 3)));
    int first = builder.add("first", convolution(3, 1), input);
    int second = builder.add("second", convolution(3, 2), first);
    int sum = builder.add("sum", new Layer.Add(), input, second);
    int sigmoid = builder.add("sigmoid", new Layer.Activate(Activations.SIGMOID), sum);
    return builder.build(sigmoid);
  }
}

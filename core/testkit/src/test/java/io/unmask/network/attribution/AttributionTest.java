package io.unmask.network.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.unmask.network.Activation;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.network.Window;
import io.unmask.network.architecture.SmallCnn;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.architecture.WeightInitializer;
import io.unmask.network.architecture.XceptionClassifier;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.testkit.GoldenModels;
import io.unmask.testkit.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private static Weights random(String seed, Shape shape) {
    Random random = new Random(seed.hashCode());
    int fanIn = shape.size() / shape.channels();
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(fanIn));
    }
    return Weights.of(shape, values);
  }

  private static final WeightInitializer RANDOM =
      (layer, variable, shape) -> {
        Weights weights = random(layer + variable, shape);
        if (!variable.equals("moving_variance")) {
          return weights;
        }
        float[] squares = weights.toArray();
        for (int i = 0; i < squares.length; i++) {
          squares[i] = 0.5f + squares[i] * squares[i];
        }
        return Weights.of(shape, squares);
      };

  /** Taken apart with the interpreter's feature maps. */
  private static List<LogitShares> shares(Network network, int... classes) {
    List<Integer> wanted = new ArrayList<>();
    for (int each : classes) {
      wanted.add(each);
    }
    Attribution attribution = Attribution.of(network, wanted).orElseThrow();
    float[] image = GoldenModels.image(network.inputShape(), 5);
    List<float[]> features = new ArrayList<>();
    for (double[] output : Interpreter.run(attribution.features(), image)) {
      float[] map = new float[output.length];
      for (int i = 0; i < map.length; i++) {
        map[i] = (float) output[i];
      }
      features.add(map);
    }
    return attribution.shares(features);
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }

  private static double[] answers(Network network) {
    float[] image = GoldenModels.image(network.inputShape(), 5);
    List<Double> all = new ArrayList<>();
    for (double[] output : Interpreter.run(network, image)) {
      for (double element : output) {
        all.add(element);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void addsUp(Network network) {
    double p = answers(network)[0];
    assertThat(p).as("not so near 0 or 1 that a logit says little").isBetween(1e-6, 1 - 1e-6);
    assertThat(shares(network, 1).get(0).logit()).isEqualTo(logit(p), within(1e-5));
    assertThat(shares(network, 0).get(0).logit()).isEqualTo(-logit(p), within(1e-5));
  }

  /** A convolution, and what comes behind it. */
  private static Network network(ToIntFunction<Network.Builder> rest) {
    Network.Builder builder = Network.builder("small");
    int image = builder.add("image", new Layer.Input(Shape.of(8, 6, 3)));
    Window window = new Window(Window.Size.square(3), Window.Size.ONE, Padding.SAME);
    builder.add(
        "map",
        new Layer.Conv2D(random("map", Shape.of(3, 3, 3, 4)), null, window, 1, Activations.RELU),
        image);
    return builder.build(rest.applyAsInt(builder));
  }

  private static Layer dense(String name, int inputs, int units, Activation activation) {
    return new Layer.Dense(
        random(name, Shape.of(inputs, units)), random(name + "b", Shape.of(units)), activation);
  }

  /** Pooling and a dense layer with a sigmoid, for images of 4 by 4. */
  private static Network means() {
    Network.Builder builder = Network.builder("means");
    int input = builder.add("input", new Layer.Input(Shape.of(4, 4, 3)));
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), input);
    Weights kernel = Weights.of(Shape.of(3, 1), 1, 2, 3);
    Layer dense = new Layer.Dense(kernel, Weights.vector(0), Activations.SIGMOID);
    return builder.build(builder.add("dense", dense, pool));
  }

  @Test
  void aShareIsWhatAPlaceHasInTheMeanTimesTheWeight() {
    Network network = means(); // mean colours times 1, 2, 3
    float[] image = GoldenModels.image(Shape.of(4, 4, 3), 5);
    LogitShares shares = shares(network, 1).get(0);
    assertThat(shares.bias()).isZero();
    assertThat(shares.maps()).hasSize(1);
    ShareMap map = shares.maps().get(0);
    assertThat(map.rows()).isEqualTo(4);
    assertThat(map.columns()).isEqualTo(4);
    for (int i = 0; i < 16; i++) {
      double expected = (image[3 * i] + 2 * image[3 * i + 1] + 3 * image[3 * i + 2]) / 16.0;
      assertThat(map.share(i / 4, i % 4)).isEqualTo(expected, within(1e-7));
    }
  }

  @Test
  void aShareInAVarianceIsThePlacesSquaredDistanceAndWhatTrainingImagesHaveIsSubtracted() {
    Network.Builder trunk = Network.builder("trunk");
    int pixels = trunk.add("pixels", new Layer.Input(Shape.of(2, 2, 1)));
    trunk.add("double", new Layer.Rescaling(List.of(2.0), List.of(0.0)), pixels);
    Network network =
        new TapsClassifier(List.of("double"), true, 0, 0, 0, TapsClassifier.Range.UNIT)
            .build(
                trunk.build(1),
                (layer, variable, shape) ->
                    variable.equals("kernel")
                        ? Weights.of(shape, 0, 12) // of the mean and of the variance
                        : Weights.of(shape, 5));
    Network.Builder known = Network.builder("known");
    for (var node : network.nodes()) {
      Layer layer =
          node.name().equals(TapsClassifier.NORMALIZATION)
              ? new Layer.BatchNormalization(
                  null, null, Weights.vector(7, 3), Weights.vector(1, 4), 0)
              : node.layer();
      known.add(node.name(), layer, node.inputs());
    }
    Attribution attribution =
        Attribution.of(known.build(network.outputs()), List.of(1)).orElseThrow();
    LogitShares shares = attribution.shares(List.of(new float[] {1, 1, 1, 5})).get(0);
    // Mean 2, squared distances 1, 1, 1, 9, variance 3 as in training: (3 - 3) / 2 * 12 + 5.
    assertThat(shares.logit()).isEqualTo(5, within(1e-12));
    assertThat(shares.bias()).isEqualTo(5, within(1e-12));
    ShareMap map = shares.maps().get(0);
    assertThat(map.share(0, 0)).isEqualTo((1 - 3) / 4.0 / 2 * 12, within(1e-12));
    assertThat(map.share(1, 1)).isEqualTo((9 - 3) / 4.0 / 2 * 12, within(1e-12));
  }

  @Test
  void allPlacesAndTheBiasAreTheLogit() {
    addsUp(
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              builder.add("hidden", dense("hidden", 4, 5, Activations.RELU), 2);
              builder.add(
                  "norm",
                  new Layer.BatchNormalization(
                      random("g", Shape.of(5)),
                      random("b", Shape.of(5)),
                      random("m", Shape.of(5)),
                      Weights.vector(1, 2, 3, 4, 5),
                      1e-3),
                  3);
              builder.add("leaky", new Layer.Activate(new Activation.Relu(0.3, 0.2, 0.05)), 4);
              builder.add("drop", new Layer.Dropout(0.3, false), 5);
              return builder.add("out", dense("out", 5, 1, Activations.SIGMOID), 6);
            }));
    addsUp(
        network(
            builder -> {
              builder.add("mean", new Layer.GlobalAveragePooling2D(true), 1);
              builder.add("max", new Layer.GlobalMaxPooling2D(true), 1);
              builder.add("both", new Layer.Concatenate(2), 2, 3);
              builder.add(
                  "point",
                  new Layer.Conv2D(
                      random("point", Shape.of(1, 1, 8, 4)),
                      random("pointb", Shape.of(4)),
                      new Window(Window.Size.ONE, Window.Size.ONE, Padding.VALID),
                      1,
                      Activations.RELU),
                  4);
              builder.add("sum", new Layer.Add(), 5, 2);
              builder.add("flat", new Layer.Reshape(Shape.of(4)), 6);
              return builder.add("out", dense("out", 4, 1, Activations.SIGMOID), 7);
            }));
    addsUp(
        network(
            builder -> {
              builder.add("flat", new Layer.Reshape(Shape.of(8 * 6 * 4)), 1);
              return builder.add("out", dense("out", 8 * 6 * 4, 1, Activations.SIGMOID), 2);
            }));
  }

  /** The products of all pairs of channels of a map of 48 places and 4 channels, in two ways. */
  private static int products(Network.Builder builder, boolean normalized) {
    int places = builder.add("places", new Layer.Reshape(Shape.of(48, 4)), 1);
    if (normalized) {
      int row = builder.add("row", new Layer.Reshape(Shape.of(1, 192)), places);
      int unit = builder.add("unit", new Layer.LayerNormalization(null, null, 1e-3), row);
      places = builder.add("units", new Layer.Reshape(Shape.of(48, 4)), unit);
    }
    String name = normalized ? "normalized" : "plain";
    int turned = builder.add("turned" + name, new Layer.Permute(List.of(1, 0)), places);
    int gram = builder.add("gram" + name, new Layer.MatrixProduct(), turned, places);
    Layer mean = new Layer.Rescaling(List.of(1 / 48.0), List.of(0.0));
    int means = builder.add("mean" + name, mean, gram);
    return builder.add("matrix" + name, new Layer.Reshape(Shape.of(1, 4, 4)), means);
  }

  @Test
  void productsOfChannelsAndOfMatricesAreTakenApart() {
    addsUp(
        network(
            builder -> {
              int first = products(builder, true);
              int flat = builder.add("flat", new Layer.Reshape(Shape.of(16)), first);
              return builder.add("out", dense("out", 16, 1, Activations.SIGMOID), flat);
            }));
    addsUp(network(builder -> covariances(builder, products(builder, true))));
  }

  /** Twice each of two matrices, less its square, or a product of two; normalised, and judged. */
  private static int covariances(Network.Builder builder, int matrix) {
    int other = builder.add("other", new Layer.Rescaling(List.of(0.7), List.of(0.1)), matrix);
    int both = builder.add("both", new Layer.Concatenate(0), matrix, other);
    int square = builder.add("square", new Layer.MatrixProduct(), both, both);
    int twice = builder.add("twice", new Layer.Rescaling(List.of(2.0), List.of(0.0)), both);
    int minus = builder.add("minus", new Layer.Rescaling(List.of(-1.0), List.of(0.0)), square);
    int bent = builder.add("bent", new Layer.Add(), twice, minus);
    int mixed = builder.add("mixed", new Layer.MatrixProduct(), bent, both);
    int flat = builder.add("flat", new Layer.Reshape(Shape.of(32)), mixed);
    Weights mean = random("m", Shape.of(32));
    float[] squares = random("v", Shape.of(32)).toArray();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = 0.5f + squares[i] * squares[i];
    }
    Weights variance = Weights.of(Shape.of(32), squares);
    Layer layer = new Layer.BatchNormalization(null, null, mean, variance, 1e-3);
    int normal = builder.add("normal", layer, flat);
    return builder.add("out", dense("out", 32, 1, Activations.SIGMOID), normal);
  }

  @Test
  void aShareInProductsIsThePlacesOwnProductsAndWhatTrainingImagesHaveIsSubtracted() {
    Network.Builder builder = Network.builder("products");
    int pixels = builder.add("pixels", new Layer.Input(Shape.of(2, 1, 2)));
    int map = builder.add("map", new Layer.Rescaling(List.of(1.0), List.of(0.0)), pixels);
    int places = builder.add("places", new Layer.Reshape(Shape.of(2, 2)), map);
    int turned = builder.add("turned", new Layer.Permute(List.of(1, 0)), places);
    int gram = builder.add("gram", new Layer.MatrixProduct(), turned, places);
    int square = builder.add("square", new Layer.MatrixProduct(), gram, gram);
    int flat = builder.add("flat", new Layer.Reshape(Shape.of(4)), square);
    Layer norm =
        new Layer.BatchNormalization(
            null, null, Weights.vector(8, 0, 0, 0), Weights.vector(1, 1, 1, 1), 0);
    int normal = builder.add("normal", norm, flat);
    Weights kernel = Weights.of(Shape.of(4, 1), 1, 0, 0, 0);
    Layer dense = new Layer.Dense(kernel, Weights.vector(3), Activations.SIGMOID);
    Network network = builder.build(builder.add("dense", dense, normal));
    Attribution attribution = Attribution.of(network, List.of(1)).orElseThrow();
    LogitShares shares = attribution.shares(List.of(new float[] {1, 2, 3, -1})).get(0);
    // The products are ((10, -1), (-1, 5)), their square has 101 in the first corner.
    assertThat(shares.logit()).isEqualTo(101 - 8 + 3, within(1e-9));
    assertThat(shares.bias()).isEqualTo(3, within(1e-9));
    ShareMap shown = shares.maps().get(0);
    assertThat(shown.rows()).isEqualTo(2);
    // 10 times the first channel's own product less both channels' product, less half of 8.
    assertThat(shown.share(0, 0)).isEqualTo(10 * 1 - 1 * 2 - 4, within(1e-9));
    assertThat(shown.share(1, 0)).isEqualTo(10 * 9 + 1 * 3 - 4, within(1e-9));
  }

  @Test
  void ofTwoClassesTheLogitIsTheirDifference() {
    Network network =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              return builder.add("out", dense("out", 4, 2, new Activation.Softmax()), 2);
            });
    double[] p = answers(network);
    assertThat(shares(network, 0).get(0).logit()).isEqualTo(logit(p[0]), within(1e-5));
    assertThat(shares(network, 1).get(0).logit()).isEqualTo(logit(p[1]), within(1e-5));
  }

  @Test
  void theArchitecturesCanBeTakenApart() {
    addsUp(new SmallCnn(Shape.of(46, 46, 3)).build(RANDOM));
    Network taps =
        new TapsClassifier(List.of("map"), true, 4, 0.2, 0, TapsClassifier.Range.SIGNED)
            .build(network(builder -> 1), RANDOM);
    addsUp(taps);
    assertThat(Attribution.of(taps, List.of(1)).orElseThrow().features().outputs()).hasSize(1);
  }

  @Test
  void severalNetworksAsOneAreTakenApartEach() {
    Network first = new SmallCnn(Shape.of(46, 46, 3)).build(RANDOM);
    Network second =
        new SmallCnn(Shape.of(46, 46, 3))
            .build((layer, variable, shape) -> random(layer + "2" + variable, shape));
    Network merged =
        new ShareIdentical().apply(MergeNetworks.merge("all", List.of(first, second, first)));
    double[] p = answers(merged);
    List<LogitShares> shares = shares(merged, 1, 0, 1);
    assertThat(shares.get(0).logit()).isEqualTo(logit(p[0]), within(1e-5));
    assertThat(shares.get(1).logit()).isEqualTo(-logit(p[1]), within(1e-5));
    assertThat(shares.get(2).logit()).isEqualTo(shares.get(0).logit());
    assertThat(shares.get(0).logit()).isNotCloseTo(-shares.get(1).logit(), within(1e-3));
  }

  /** Whether a network can be taken apart that ends in a mean over places and a dense layer. */
  private static Optional<Attribution> meanOf(ToIntFunction<Network.Builder> before) {
    Network network =
        network(
            builder -> {
              int map = before.applyAsInt(builder);
              int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), map);
              int channels = builder.shape(pool).size();
              return builder.add("out", dense("out", channels, 1, Activations.SIGMOID), pool);
            });
    Optional<Attribution> attribution = Attribution.of(network, List.of(1));
    if (attribution.isPresent()) {
      addsUp(network);
    }
    return attribution;
  }

  private static int permuted(Network.Builder builder, int map, Integer... order) {
    return builder.add("turned" + map, new Layer.Permute(List.of(order)), map);
  }

  @Test
  void placesThatAreNoLongerWhereTheyWereAreNotLaidOverTheImage() {
    assertThat(meanOf(builder -> permuted(builder, 1, 1, 0, 2))).isEmpty();
    assertThat(meanOf(builder -> permuted(builder, 1, 2, 1, 0))).isEmpty();
    assertThat(meanOf(builder -> builder.add("rows", new Layer.Concatenate(0), 1, 1))).isEmpty();
    assertThat(meanOf(builder -> builder.add("crop", new Layer.Cropping2D(4, 0, 0, 3), 1)))
        .isEmpty();
    assertThat(meanOf(builder -> builder.add("pad", new Layer.ZeroPadding2D(4, 4, 4, 4), 1)))
        .isEmpty();
    assertThat(meanOf(builder -> builder.add("other", new Layer.Reshape(Shape.of(4, 6, 8)), 1)))
        .isEmpty();
  }

  @Test
  void placesThatComeBackOrAreShownInAnotherShapeAreTheSame() {
    assertThat(meanOf(builder -> permuted(builder, permuted(builder, 1, 2, 0, 1), 1, 2, 0)))
        .isPresent();
    assertThat(meanOf(builder -> builder.add("crop", new Layer.Cropping2D(1, 0, 1, 0), 1)))
        .isPresent();
    assertThat(meanOf(builder -> builder.add("pad", new Layer.ZeroPadding2D(1, 1, 1, 1), 1)))
        .isPresent();
    Layer line = new Layer.Reshape(Shape.of(48, 1, 4));
    Attribution attribution = meanOf(builder -> builder.add("line", line, 1)).orElseThrow();
    ShareMap map = attribution.shares(List.of(new float[8 * 6 * 4])).get(0).maps().get(0);
    assertThat(map.rows()).isEqualTo(8);
    assertThat(map.columns()).isEqualTo(6);
  }

  @Test
  void whatIsMadeOfTheWholeImageIsNoFeatureMapWhateverItsShape() {
    Network network =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              builder.add("hidden", dense("hidden", 4, 12, new Activation.Tanh()), 2);
              builder.add("shown", new Layer.Reshape(Shape.of(2, 2, 3)), 3);
              builder.add("flat", new Layer.Reshape(Shape.of(12)), 4);
              return builder.add("out", dense("out", 12, 1, Activations.SIGMOID), 5);
            });
    assertThat(Attribution.of(network, List.of(1))).isEmpty();
  }

  @Test
  void aDenseLayerLooksAtTheChannelsOfEachPlaceOrAtAVector() {
    addsUp(
        network(
            builder -> {
              builder.add("places", new Layer.Reshape(Shape.of(48, 4)), 1);
              builder.add("dense", dense("dense", 4, 3, Activations.LINEAR), 2);
              builder.add("flat", new Layer.Reshape(Shape.of(144)), 3);
              return builder.add("out", dense("out", 144, 1, Activations.SIGMOID), 4);
            }));
    Network rows =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              builder.add("rows", new Layer.Reshape(Shape.of(2, 2)), 2);
              builder.add("dense", dense("dense", 2, 3, Activations.LINEAR), 3);
              builder.add("flat", new Layer.Reshape(Shape.of(6)), 4);
              return builder.add("out", dense("out", 6, 1, Activations.SIGMOID), 5);
            });
    assertThat(Attribution.of(rows, List.of(1))).isEmpty();
  }

  @Test
  void meansAndProductsOfOneMapLieOverTheSamePlaces() {
    Network network =
        network(
            builder -> {
              int matrix = products(builder, false);
              int flat = builder.add("flat", new Layer.Reshape(Shape.of(16)), matrix);
              int line = builder.add("line", new Layer.Reshape(Shape.of(1, 48, 4)), 1);
              int mean = builder.add("pool", new Layer.GlobalAveragePooling2D(false), line);
              int both = builder.add("both", new Layer.Concatenate(0), flat, mean);
              return builder.add("out", dense("out", 20, 1, Activations.SIGMOID), both);
            });
    addsUp(network);
    for (ShareMap map : shares(network, 1).get(0).maps()) {
      assertThat(map.rows()).isEqualTo(8);
      assertThat(map.columns()).isEqualTo(6);
    }
  }

  @Test
  void whatCannotBeTakenApartIsNot() {
    assertThat(taken(dense("hidden", 4, 5, new Activation.Tanh()), Activations.SIGMOID)).isFalse();
    assertThat(taken(dense("hidden", 4, 5, Activations.RELU), Activations.SIGMOID)).isTrue();
    assertThat(taken(new Layer.LayerNormalization(null, null, 1e-3), Activations.SIGMOID))
        .isFalse();
    assertThat(taken(dense("hidden", 4, 5, Activations.RELU), Activations.LINEAR)).isFalse();
    Network three =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              return builder.add("out", dense("out", 4, 3, new Activation.Softmax()), 2);
            });
    assertThat(Attribution.of(three, List.of(1))).isEmpty();
    Network gated =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              builder.add("gate", new Layer.Multiply(), 2, 2);
              return builder.add("out", dense("out", 4, 1, Activations.SIGMOID), 3);
            });
    assertThat(Attribution.of(gated, List.of(1))).isEmpty();
  }

  private static boolean taken(Layer hidden, Activation last) {
    Network network =
        network(
            builder -> {
              builder.add("pool", new Layer.GlobalAveragePooling2D(false), 1);
              int width = builder.shape(builder.add("hidden", hidden, 2)).size();
              return builder.add("out", dense("out", width, 1, last), 3);
            });
    return Attribution.of(network, List.of(1)).isPresent();
  }

  @Test
  void thereIsAClassForEachOutput() {
    Network network = means();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.of(network, List.of(1, 1)))
        .withMessageContaining("2 classes for 1 outputs");
    assertThat(Attribution.of(network, List.of(2))).isEmpty();
  }

  @Test
  void theReferencesXceptionIsTakenApart() {
    Network network =
        new XceptionClassifier(Shape.of(71, 71, 3), 0.125, List.of(6, 4), 0.3).build(RANDOM);
    assertThat(Attribution.of(network, List.of(1)))
        .hasValueSatisfying(
            attribution ->
                assertThat(attribution.features().outputShape(0)).isEqualTo(Shape.of(3, 3, 256)));
  }
}

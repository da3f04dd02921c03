package io.unmask.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.error.ModelFormatException;
import io.unmask.json.Json;
import io.unmask.network.Activations;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.Convention;
import io.unmask.spi.Conventions;
import io.unmask.spi.InputFormat;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.Model;
import io.unmask.spi.Scaling;
import io.unmask.spi.Views;
import io.unmask.spi.Views.View.Resampling;
import io.unmask.spi.Views.View.Resize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a photo becomes numbers: said, found or assumed. */
class ConventionsTest {

  @Test
  void whereNobodySaysAnythingTheReferencesAreAssumedAndSaidToBe() {
    Model model = read(network(3), Conventions.NONE, "{}");
    assertThat(model.input()).isEqualTo(InputFormat.unitRange(8, 6));
    assertThat(model.views()).isEqualTo(Views.WHOLE_IMAGE);
    assertThat(model.conventions())
        .extracting(each -> each.name() + " " + each.value() + " " + each.origin())
        .containsExactly(
            "size 8 x 6 pixels (height x width) FOUND",
            "scaling unit, v / 255 ASSUMED",
            "channels RGB ASSUMED",
            "resize bilinear ASSUMED",
            "aspect stretched to the network's ASSUMED",
            "classes class 1 is fake ASSUMED");
  }

  @Test
  void theUserGoesBeforeTheManifestAndTheManifestBeforeTheRest() {
    String manifest =
        """
        {"scaling": "torch", "resize": "nearest", "cropToAspect": true, "classes": ["fake", "real"]}
        """;
    Model model =
        read(
            network(3, rescaling(1 / 255.0, 0)),
            Conventions.NONE.withScaling(Scaling.Named.CAFFE).withResize(Resampling.AREA),
            manifest);
    assertThat(model.input().scaling()).isEqualTo(Scaling.Named.CAFFE.of(ChannelOrder.BGR));
    assertThat(model.input().order()).isEqualTo(ChannelOrder.BGR); // belongs to caffe
    assertThat(model.views().views()).containsExactly(new Resize(Resampling.AREA, true));
    assertThat(model.members().get(0).fakeClass()).isZero();
    assertThat(model.conventions().stream().map(Convention::toString))
        .contains(
            "scaling: caffe, v - (103.939, 116.779, 123.68) (said: by you)",
            "channels: BGR (said: belongs to scaling caffe)",
            "resize: area (said: by you)",
            "aspect: cropped to the network's (said: by unmask.json)",
            "classes: 0 fake, 1 real; class 0 is fake (said: by unmask.json)");
    assertThat(read(network(3), Conventions.NONE, manifest).input())
        .isEqualTo(
            new InputFormat(8, 6, Scaling.Named.TORCH.of(ChannelOrder.RGB), ChannelOrder.RGB));
  }

  /** Factor and offset of what a model begins with, and what it was therefore made for. */
  @ParameterizedTest
  @CsvSource({
    "0.00392156862745098, 0, NONE", // Rescaling(1/255), as in Keras's tutorials
    "0.00784313725490196, -1, NONE", // x / 127.5 - 1
    "-0.00392156862745098, 1, NONE", // 1 - x / 255
    "0.0171, -2.1, NONE", // Normalization adapted to levels, or ImageNet's
    "1, -103.939, NONE", // a mean of levels
    "2, -1, UNIT", // x * 2 - 1 of [0, 1]
    "4.4, -2, UNIT", // Normalization adapted to [0, 1]
    "-1, 1, UNIT", // 1 - x
    "255, 0, UNIT",
    "127.5, 127.5, SIGNED", // (x + 1) * 127.5
    "0.5, 0.5, SIGNED",
  })
  void aModelThatScalesItsImagesGetsWhatItWasMadeFor(
      double factor, double offset, Scaling.Named wanted) {
    Model model = read(network(3, rescaling(factor, offset)), Conventions.NONE, "{}");
    assertThat(model.input().scaling()).isEqualTo(wanted.of(ChannelOrder.RGB));
    assertThat(model.conventions().get(1).origin()).isEqualTo(Convention.Origin.FOUND);
    assertThat(model.conventions().get(1).reason()).contains("layer 'first1'");
  }

  @Test
  void stepsAreTakenTogetherAndWhatMovesElementsIsSeenThrough() {
    Layer reversed =
        new Layer.Conv2D(
            Weights.of(Shape.of(1, 1, 3, 3), new float[] {0, 0, 1, 0, 1, 0, 1, 0, 0}),
            null,
            new io.unmask.network.Window(
                io.unmask.network.Window.Size.ONE,
                io.unmask.network.Window.Size.ONE,
                io.unmask.network.Padding.VALID),
            1,
            Activations.LINEAR);
    Layer means = new Layer.Rescaling(List.of(1.0, 1.0, 1.0), List.of(-103.9, -116.8, -123.7));
    assertThat(scaling(network(3, reversed, means))).isEqualTo(Scaling.Named.NONE);
    assertThat(scaling(network(3, rescaling(255, 0), means))).isEqualTo(Scaling.Named.UNIT);
    assertThat(scaling(network(3, rescaling(1 / 255.0, 0), rescaling(1 / 0.23, -2))))
        .isEqualTo(Scaling.Named.NONE);
    assertThat(scaling(network(3, new Layer.Dropout(0.1, false), rescaling(1 / 255.0, 0))))
        .isEqualTo(Scaling.Named.NONE);
  }

  @Test
  void whatLooksAtTheImageAsItComesIsNoScaling() {
    assertThat(OwnScaling.of(network(3))).isEmpty();
    assertThat(OwnScaling.of(network(3, rescaling(1, 0)))).isEmpty();
    Network.Builder builder = Network.builder("both");
    int input = builder.add("input", new Layer.Input(Shape.of(8, 6, 3)));
    int scaled = builder.add("scaled", rescaling(1 / 255.0, 0), input);
    int one = builder.add("one", new Layer.GlobalAveragePooling2D(false), scaled);
    int other = builder.add("other", new Layer.GlobalAveragePooling2D(false), input);
    assertThat(OwnScaling.of(builder.build(builder.add("sum", new Layer.Add(), one, other))))
        .isEmpty();
  }

  @Test
  void greyNetworksGetGreyImages() {
    Model model = read(network(1), Conventions.NONE, "{}");
    assertThat(model.input().order()).isEqualTo(ChannelOrder.GREY);
    assertThat(model.input().size()).isEqualTo(8 * 6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read(network(1), Conventions.NONE.withChannelOrder(ChannelOrder.RGB), "{}"))
        .withMessageContaining("said to be RGB, but the network reads 1 of them");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> read(network(3), Conventions.NONE, "{\"channelOrder\": \"grey\"}"))
        .withMessageContaining("unmask.json: of model.keras: the channels are said to be grey");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(network(1), Conventions.NONE.withScaling(Scaling.Named.TORCH), "{}"))
        .withMessageContaining("a number for each of three channels");
  }

  @Test
  void classesAreNamedInTheOrderOfTheOutputs() {
    assertThat(fake("{}", "fake", "real")).isZero();
    assertThat(fake("{}", "real", "fake")).isEqualTo(1);
    assertThat(fake("{}", "AI_images", "Real_images")).isZero();
    assertThat(fake("{\"classes\": [\"fake\", \"real\"]}", "real", "fake")).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fake("{}", "cat", "dog"))
        .withMessageContaining("which of the classes cat,dog means fake is not clear");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fake("{}", "fake", "real", "other"))
        .withMessageContaining("tells 2 classes apart");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    network(3),
                    new Asked(
                        OptionalInt.of(1), Conventions.NONE.withClasses(List.of("fake", "real"))),
                    "{}"))
        .withMessageContaining("class 1 is said to mean fake, but of the classes fake,real");
  }

  @Test
  void waysOfResizingNeedAViewThatResizes() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    network(3),
                    Conventions.NONE.withResize(Resampling.NEAREST),
                    "{\"views\": [\"shrink\"]}"))
        .withMessageContaining("the model has none");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                read(
                    network(3),
                    Conventions.NONE,
                    "{\"views\": [\"windows:2\"], \"cropToAspect\": true}"))
        .withMessageContaining("cropToAspect says how");
  }

  private static int fake(String manifest, String... names) {
    return read(network(3), Conventions.NONE.withClasses(Arrays.asList(names)), manifest)
        .members()
        .get(0)
        .fakeClass();
  }

  private static Scaling scaling(Network network) {
    return OwnScaling.of(network).orElseThrow().scaling();
  }

  private static Model read(Network network, Conventions asked, String manifest) {
    return read(network, new Asked(OptionalInt.empty(), asked), manifest);
  }

  private static Model read(Network network, Asked asked, String manifest) {
    return ModelFile.model(
        ModelLocation.of(Path.of("some/model.keras")),
        network,
        SettingsJson.parse(Json.parse(manifest.getBytes(StandardCharsets.UTF_8))),
        asked);
  }

  private static Layer rescaling(double factor, double offset) {
    return new Layer.Rescaling(List.of(factor), List.of(offset));
  }

  private static Network network(int channels, Layer... first) {
    Network.Builder builder = Network.builder("test");
    int node = builder.add("input", new Layer.Input(Shape.of(8, 6, channels)));
    int number = 0;
    for (Layer layer : first) {
      node = builder.add("first" + ++number, layer, node);
    }
    int pool = builder.add("pool", new Layer.GlobalAveragePooling2D(false), node);
    Weights kernel = Weights.of(Shape.of(channels, 1), new float[channels]);
    return builder.build(
        builder.add("dense", new Layer.Dense(kernel, null, Activations.SIGMOID), pool));
  }
}

package io.unmask.model;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.error.ModelFormatException;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.ActivationRanges.Range;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.InputFormat.ChannelOrder;
import io.unmask.spi.PixelScaling;
import io.unmask.spi.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void createModel() throws IOException {
    model = Files.createFile(folder.resolve("cnn.keras"));
    Files.createFile(folder.resolve("other.keras"));
  }

  @Test
  void rangesAreWrittenAsTheyAreRead() throws IOException {
    ActivationRanges ranges =
        ActivationRanges.of(
            Map.of("conv", new Range(-0.1f, 3.4028235e38f), "relu/6", new Range(0, 1e-20f)));
    Manifest manifest =
        Manifest.builder()
            .model("cnn.keras", ModelSettings.builder().ranges(ranges).build())
            .build();
    ManifestFile.write(folder, manifest);
    assertThat(ManifestFile.read(ModelFolder.of(folder))).contains(manifest);
    assertThat(settings(model).ranges()).contains(ranges);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "[2, 1]", "[0, 1e39]", "[0, 1, 2]"})
  void aRangeIsTwoNumbersTheLowerFirst(String range) throws IOException {
    write("{\"version\": 1, \"ranges\": {\"conv\": %s}}".formatted(range));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> settings(model))
        .withMessageContaining("two numbers, the lower first");
  }

  @Test
  void thereNeedBeNone() {
    assertThat(settings(model)).isEqualTo(ModelSettings.NONE);
    assertThat(settings(Path.of("model.keras"))).isEqualTo(ModelSettings.NONE);
  }

  @Test
  void aDivisorMayHaveANumberForEachChannel() throws IOException {
    write(
        """
        {"version": 1, "scaling": {"divisor": [50, 60, 80], "offset": [-2, -1, 0.5]}}
        """);
    assertThat(settings(model).conventions().scaling()) // v / 50 - 2 is (v - 100) / 50
        .contains(new PixelScaling(1, List.of(-100f, -60f, 40f), List.of(50f, 60f, 80f)));
  }

  @Test
  void anEntryGoesBeforeWhatHoldsForTheFolder() throws IOException {
    write(
        """
        {"version": 1, "description": "of the test", "threshold": 0.4, "channelOrder": "BGR",
         "mirrored": true,
         "models": {
           "cnn.keras": {"fakeClass": 0, "threshold": 0.6, "scaling": {"divisor": 127.5, "offset": -1}},
           "other.keras": {"fakeClass": 1, "mirrored": false}}}
        """);
    ModelSettings settings = settings(model);
    assertThat(settings.fakeClass()).contains(0);
    assertThat(settings.threshold()).contains(0.6);
    assertThat(settings.conventions().scaling()).contains(PixelScaling.of(127.5f, -1f));
    assertThat(settings.conventions().channelOrder()).contains(ChannelOrder.BGR);
    assertThat(settings.mirrored()).contains(true);
    assertThat(settings(folder.resolve("other.keras")).mirrored()).contains(false);
    assertThat(settings(folder.resolve("other.keras")).threshold()).contains(0.4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'version' is missing",
        "{\"version\": 2} | version should be 1",
        "{\"version\": 1, \"fakeclass\": 0} | has 'fakeclass'",
        "{\"version\": 1, \"fakeClass\": -1} | fakeClass should be a class",
        "{\"version\": 1, \"fakeClass\": null} | fakeClass should be an integer",
        "{\"version\": 1, \"threshold\": 1.5} | threshold should be a probability",
        "{\"version\": 1, \"threshold\": \"0.5\"} | threshold should be a number",
        "{\"version\": 1, \"scaling\": {}} | 'divisor' is missing in scaling",
        "{\"version\": 1, \"scaling\": {\"divisor\": 0}} | scaling.divisor should be",
        "{\"version\": 1, \"scaling\": {\"divisor\": 1, \"offset\": 1e99}} | scaling.offset should",
        "{\"version\": 1, \"scaling\": {\"divisor\": 1, \"mean\": 1}} | has 'mean'",
        "{\"version\": 1, \"scaling\": \"Unit\"} | scaling should be \"none\", \"unit\"",
        "{\"version\": 1, \"scaling\": {\"divisor\": 1, \"offset\": [1, 2]}} | scaling.offset"
            + " should",
        "{\"version\": 1, \"scaling\": {\"divisor\": 1, \"deviation\": [1, 0, 2]}} |"
            + " scaling.deviation[1] should",
        "{\"version\": 1, \"scaling\": {\"divisor\": [1, 2, 0]}} | scaling.divisor[2] should",
        "{\"version\": 1, \"scaling\": {\"divisor\": [1, 2, 3], \"deviation\": 2}} |"
            + " scaling.divisor should be a number, as there is a deviation too",
        "{\"version\": 1, \"channelOrder\": \"rgb\"} | channelOrder should be",
        "{\"version\": 1, \"resize\": \"cubic\"} | resize should be one of bilinear, antialiased,"
            + " nearest",
        "{\"version\": 1, \"cropToAspect\": 1} | cropToAspect should be true or false",
        "{\"version\": 1, \"classes\": [\"fake\"]} | classes should be the classes' names in their"
            + " order, but has 1",
        "{\"version\": 1, \"classes\": [\"fake\", \"fake\"]} | classes should be the classes' names"
            + " in their order, but names one twice",
        "{\"version\": 1, \"classes\": [\"cat\", \"dog\"]} | classes should be names of which one"
            + " says fake",
        "{\"version\": 1, \"classes\": [\"fake\", \"real\"], \"fakeClass\": 1} | fakeClass should"
            + " be 0, as classes says",
        "{\"version\": 1, \"models\": {\"cn.keras\": {}}} | has 'cn.keras', which is not there",
        "{\"version\": 1, \"models\": {\"../x\": {}}} | has '../x', which is not there",
        "{\"version\": 1, \"models\": {\"cnn.keras\": {\"version\": 1}}} | has 'version'",
        "{\"version\": 1, \"calibration\": 2} | calibration should be an object",
        "{\"version\": 1, \"calibration\": {}} | 'scale' is missing in calibration",
        "{\"version\": 1, \"calibration\": {\"temperature\": 0}} | calibration.temperature should"
            + " be a number above 0",
        "{\"version\": 1, \"calibration\": {\"temperature\": 1, \"offset\": 1}} | has 'offset'",
        "{\"version\": 1, \"calibration\": {\"scale\": -1}} | calibration.scale should be a number"
            + " above 0",
        "{\"version\": 1, \"calibration\": {\"scale\": 1, \"offset\": \"1\"}} | calibration.offset"
            + " should be a number",
        "{\"version\": 1, \"calibration\": {\"scale\": 1, \"slope\": 1}} | has 'slope'",
        "{\"version\": 1, \"mirrored\": 1} | mirrored should be",
        "{\"version\": 1, \"precision\": \"bf16\"} | precision should be 'auto' or 'f32'",
        "{\"version\": 1, \"faces\": \"some\"} | faces should be",
        "{\"version\": 1, \"margin\": -0.1} | margin should be",
        "{\"version\": 1, \"minFace\": -1} | minFace should be",
        "{\"version\": 1, \"views\": []} | views should be",
        "{\"version\": 1, \"views\": [\"windows:40\", \"windows:25\"]} | views should be",
        "{\"version\": 1, \"views\": [\"windows:65\"]} | windows:N",
        "{\"version\": 1, \"views\": [\"windows:0\"]} | windows:N",
        "{\"version\": 1, \"views\": [\"stretch\"]} | windows:N",
        "{\"version\": 1, \"expects\": 1} | expects should be an object",
        "{\"version\": 1, \"expects\": {\"minSize\": 1}} | has 'minSize'",
        "{\"version\": 1, \"expects\": {\"minSide\": 0}} | expects.minSide should be a number of"
            + " pixels",
        "{\"version\": 1, \"expects\": {\"minQuality\": 101}} | expects.minQuality should be a"
            + " quality of JPEG, from 1 to 100",
        "{\"version\": 1, \"expects\": {\"maxSide\": 1.5}} | expects.maxSide should be an integer",
        "{\"version\": 1, \"expects\": {\"aspect\": 1}} | expects.aspect should be an array",
        "{\"version\": 1, \"expects\": {\"aspect\": [1.2, 0.8]}} | expects.aspect should be two"
            + " numbers above 0",
        "{\"version\": 1, \"expects\": {\"aspect\": [0, 1]}} | expects.aspect should be two numbers"
            + " above 0",
        "{\"version\": 1, \"expects\": {\"aspect\": [1]}} | expects.aspect should be two numbers"
            + " above 0",
        "[] | should be an object",
        "{ | not well-formed",
      })
  void refusesWhatItDoesNotUnderstandAndSaysWhere(String text, String part) throws IOException {
    write(text);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> settings(model))
        .withMessageStartingWith(folder.resolve("unmask.json") + ": ")
        .withMessageContaining(part);
  }

  @Test
  void aCalibrationIsATemperatureOrScaleAndOffset() throws IOException {
    write(
        """
        {"version": 1, "calibration": {"temperature": 2},
         "models": {"other.keras": {"calibration": {"scale": 0.75, "offset": -0.5}}}}
        """);
    assertThat(settings(model).calibration()).contains(new Calibration(0.5, 0));
    assertThat(settings(folder.resolve("other.keras")).calibration())
        .contains(new Calibration(0.75, -0.5));
  }

  @Test
  void saysWhatOfAPhotoIsShown() throws IOException {
    assertThat(saying("").views()).isEmpty();
    assertThat(saying(", \"faces\": \"crop\"").views()).contains(Views.WHOLE_IMAGE.ofFaces());
    assertThat(
            saying(
                    """
                    , "faces": "crop", "margin": 0.25, "minFace": 60,
                    "views": ["resize", "shrink", "windows:4"]
                    """)
                .views())
        .contains(
            new Views(
                true,
                0.25,
                60,
                List.of(
                    new Views.View.Resize(Views.View.Resampling.BILINEAR),
                    new Views.View.Resize(Views.View.Resampling.ANTIALIASED),
                    new Views.View.Windows(4))));
  }

  @Test
  void viewsMayNameTheOutputsThatJudgeThem() throws IOException {
    Views views =
        saying(
                """
                , "faces": "crop",
                "views": [{"view": "shrink", "output": "whole"}, {"view": "windows:2", "output": "near"},
                  {"view": "shrink:0.25", "output": "whole"}, {"view": "shrink:-0.2", "output": "near"}]
                """)
            .views()
            .orElseThrow();
    assertThat(views)
        .isEqualTo(
            new Views(
                true,
                0.5,
                0,
                List.of(
                    new Views.View.Resize(Views.View.Resampling.ANTIALIASED),
                    new Views.View.Windows(2),
                    new Views.View.Framed(0.25),
                    new Views.View.Framed(-0.2)),
                List.of("whole", "near", "whole", "near")))
        .hasToString(
            "faces with a margin of 0.5, shrunk with all pixels (output 'whole') and 2 windows of its"
                + " pixels (output 'near') and shrunk with a margin of 0.25 (output 'whole') and its"
                + " middle, with a margin of -0.2 (output 'near')");
    assertThat(views.imagesOf("whole")).containsExactly(0, 3);
    assertThat(views.imagesOf("near")).containsExactly(1, 2, 4);
    Manifest written =
        Manifest.builder().common(ModelSettings.builder().views(views).build()).build();
    ManifestFile.write(folder, written);
    assertThat(settings(model).views()).contains(views);
  }

  @Test
  void viewsThatMakeNoSenseAreRefused() {
    for (String bad :
        List.of(
            "[\"shrink:11\"]",
            "[\"shrink:-0.41\"]",
            "[\"shrink:\"]",
            "[{\"view\": \"shrink\"}]",
            "[{\"view\": \"shrink\", \"output\": \"a\", \"more\": 1}]",
            "[{\"view\": \"shrink\", \"output\": \"a\"}, \"resize\"]")) {
      assertThatExceptionOfType(ModelFormatException.class)
          .as(bad)
          .isThrownBy(() -> saying(", \"views\": " + bad))
          .withMessageContaining("unmask.json");
    }
  }

  private ModelSettings saying(String keys) throws IOException {
    write("{\"version\": 1" + keys + "}");
    return settings(model);
  }

  @Test
  void whatIsThereUnderItsNameAndIsNoFileDoesNotCountAsSilence() throws IOException {
    Path manifest = folder.resolve(Manifest.FILE_NAME);
    Files.createDirectory(manifest);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> settings(model))
        .withMessage(manifest + ": is a folder, expected a manifest; mend it, or take it away");
    Files.delete(manifest);
    Files.createSymbolicLink(manifest, folder.resolve("nowhere"));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> settings(model))
        .withMessageContaining("unmask.json: is a link that leads to no file");
  }

  @Test
  void saysWhatImagesAModelIsFor() throws IOException {
    write(
        """
        {"version": 1, "expects": {"images": "crops", "minSide": 128, "maxSide": 1024, "aspect": [0.8, 1.25],
         "minQuality": 40, "scope": "knows two cameras"},
         "models": {"other.keras": {"expects": {}}}}
        """);
    assertThat(settings(model).expectation())
        .contains(
            new Expectation(
                Optional.of("crops"),
                OptionalInt.of(128),
                OptionalInt.of(1024),
                Optional.of(new Expectation.Aspect(0.8, 1.25)),
                OptionalInt.of(40),
                Optional.of("knows two cameras")));
    assertThat(settings(folder.resolve("other.keras")).expectation()).contains(Expectation.NONE);
  }

  /** Each note would be kept with the whole of its path, which takes gigabytes. */
  @Test
  void notesWithOneLongPathAreRefused() throws IOException {
    String leaves =
        "\"n\": 0"
            + IntStream.range(0, 20_000).mapToObj(", \"n%d\": 0"::formatted).collect(joining());
    for (String key : List.of("k".repeat(40_000), "k")) {
      write("{\"version\": 1, \"figures\": {\"" + key + "\": {" + leaves + "}}}");
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> settings(model))
          .withMessageContaining("notes should be at most 10,000 with names of at most 1,000");
    }
  }

  static List<String> written() {
    return List.of(
        """
        {"version": 1, "description": "of the test", "threshold": 0.4, "channelOrder": "BGR",
         "members": ["other.keras", "cnn.keras"], "fusion": "weighted-mean",
         "weights": {"cnn.keras": 0.5, "other.keras": 2}, "maxSpread": 0.3, "band": [0.4, 0.6],
         "inputSize": {"height": 7, "width": 5}, "resize": "area", "cropToAspect": true,
         "models": {"cnn.keras": {"fakeClass": 0, "scaling": {"divisor": 127.5, "offset": -1}},
          "other.keras": {"scaling": {"divisor": 255, "offset": [-0.485, -0.456, -0.406],
            "deviation": [0.229, 0.224, 0.225]}}}}
        """,
        """
        {"version": 1, "calibration": {"scale": 0.75, "offset": -0.5}, "scaling": "caffe",
         "classes": ["ai", "real"], "expects": {"images": "crops", "minSide": 128,
          "maxSide": 1024, "minQuality": 40, "aspect": [0.8, 1.25], "scope": "two cameras"},
         "provenance": {"data": ["a", {"b": 1}], "seed": 42, "none": null, "rate": NaN},
         "figures": {"auc": 0.9, "folds": [1, 2.5], "good": true}}
        """,
        """
        {"version": 1, "faces": "crop", "margin": 0.4, "minFace": 80, "mirrored": true,
         "precision": "auto", "views": ["resize", "shrink", "windows:4"], "calibration": {"temperature": 2},
         "models": {"cnn.keras": {"faces": "whole", "views": ["shrink"], "mirrored": false,
          "classes": ["ai", "fake"], "channelOrder": "grey", "description": "\u00e4 \\\""}}}
        """,
        """
        {"version": 1, "classes": ["dog", "cat"], "fakeClass": 1, "models": {"cnn.keras": {}}}
        """,
        "{\"version\": 1}");
  }

  @ParameterizedTest
  @MethodSource("written")
  void whatIsWrittenIsReadAsTheSame(String text) throws IOException {
    write(text);
    Manifest manifest = ManifestFile.read(ModelFolder.of(folder)).orElseThrow();
    assertThat(ManifestFile.create(folder, manifest)).isEmpty();
    assertThat(ManifestFile.write(folder, manifest)).isEqualTo(folder.resolve("unmask.json"));
    Manifest again = ManifestFile.read(ModelFolder.of(folder)).orElseThrow();
    assertThat(again).isEqualTo(manifest).hasSameHashCodeAs(manifest);
    assertThat(again.toBuilder().build()).isEqualTo(manifest);
    for (String name : List.of("cnn.keras", "other.keras")) {
      assertThat(again.settings(name).notes().byPath())
          .isEqualTo(manifest.settings(name).notes().byPath());
      assertThat(again.own(name).toBuilder().build()).isEqualTo(manifest.own(name));
    }
  }

  @Test
  void aManifestIsWrittenInOneOrder() throws IOException {
    Manifest manifest =
        Manifest.builder()
            .members(List.of("cnn.keras"))
            .common(
                ModelSettings.builder()
                    .threshold(0.75)
                    .views(Views.WHOLE_IMAGE.ofFaces())
                    .notes(
                        Notes.NONE
                            .with("figures", Notes.NONE.with("auc", 0.5))
                            .with("description", "a test"))
                    .build())
            .model("cnn.keras", ModelSettings.builder().fakeClass(1).build())
            .build();
    assertThat(ManifestFile.create(folder, manifest))
        .contains(folder.resolve("unmask.json"))
        .get()
        .asInstanceOf(InstanceOfAssertFactories.PATH)
        .hasContent(
            """
            {
              "version" : 1,
              "members" : [ "cnn.keras" ],
              "description" : "a test",
              "faces" : "crop",
              "margin" : 0.5,
              "views" : [ "resize" ],
              "threshold" : 0.75,
              "figures" : {
                "auc" : 0.5
              },
              "models" : {
                "cnn.keras" : {
                  "fakeClass" : 1
                }
              }
            }
            """);
  }

  @Test
  void whatNoManifestHasRoomForIsRefusedBeforeItIsWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelSettings.builder().notes(Notes.NONE.with("words", "some")))
        .withMessage("notes are called description, figures, provenance, not words");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Notes.NONE.with("n".repeat(1_001), 1))
        .withMessageContaining("names of at most 1,000");
    Views cropped =
        new Views(
            false, 0.5, 0, List.of(new Views.View.Resize(Views.View.Resampling.BILINEAR, true)));
    Manifest manifest =
        Manifest.builder().common(ModelSettings.builder().views(cropped).build()).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ManifestFile.write(folder, manifest))
        .withMessageContaining("no name for the view 'cropped and resized'");
    assertThat(folder.resolve("unmask.json")).doesNotExist();
  }

  private static ModelSettings settings(Path file) {
    return ModelLocation.of(file).settings();
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("unmask.json"), text);
  }
}

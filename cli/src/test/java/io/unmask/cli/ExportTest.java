package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

  @TempDir Path folder;

  @Test
  void oneModelKeepsTheNamesOfItsLayers() throws IOException {
    Path file = folder.resolve("model.onnx");
    Cli cli = Cli.run("export", "--onnx", file.toString(), Cli.MODEL);
    assertThat(cli.err()).isEmpty();
    assertThat(cli.status()).isZero();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    String input = model.getGraph().getInput(0).getName();
    String output = model.getGraph().getOutput(0).getName();
    assertThat(cli.lines())
        .containsExactly(
            String.format(Locale.ROOT, "%s: %,d bytes", file, Files.size(file)),
            "Reads " + input + ": images of shape (26, 22, 3)",
            "Puts out " + output + ": of shape (1,), by sequential_cnn.keras");
    assertThat(Cli.run("inspect", "--layers", Cli.MODEL).out())
        .contains("\n" + output + " (Dense)");
  }

  @Test
  void aFolderBecomesOneFileWithAnOutputForEachModel() throws IOException {
    Files.copy(Path.of(Cli.MODEL), folder.resolve("one.keras"));
    Files.copy(Path.of(Cli.MODEL), folder.resolve("two.keras"));
    Files.writeString(
        folder.resolve("unmask.json"),
        "{\"version\": 1, \"fusion\": \"median\", \"threshold\": 0.4, \"fakeClass\": 0}");
    Path file = folder.resolve("models.onnx");
    Cli cli = Cli.run("export", "--onnx", file.toString(), folder.toString());
    assertThat(cli.status()).isZero();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getGraph().getOutputList())
        .hasSize(2)
        .extracting(ValueInfoProto::getDocString)
        .allSatisfy(text -> assertThat(text).endsWith("the probability of fake is 1 - p"));
    assertThat(model.getMetadataPropsList())
        .extracting(StringStringEntryProto::getKey, StringStringEntryProto::getValue)
        .contains(
            tuple("output.1.model", "two.keras"),
            tuple("fusion", "median"),
            tuple("threshold", "0.4"));
    assertThat(cli.lines()).hasSize(4);
    assertThat(cli.lines().get(3)).endsWith(", by two.keras");
  }

  @Test
  void withoutAModelItIsTheBundledDefault() throws IOException {
    Path file = folder.resolve("default.onnx");
    assertThat(Cli.run("export", "--onnx", file.toString()).status()).isZero();
    assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getOutputCount())
        .isEqualTo(2);
  }

  @Test
  void noModelIsWrittenOver() throws IOException {
    Path model = Files.copy(Path.of(Cli.MODEL), folder.resolve("model.keras"));
    byte[] before = Files.readAllBytes(model);
    Cli.run("export", "--onnx", model.toString(), model.toString())
        .saysOnly(model + ": is the model that is to be read");
    Cli.run("export", "--onnx", model.toString(), folder.toString())
        .saysOnly(model + ": is the model that is to be read");
    assertThat(model).hasBinaryContent(before);
  }

  @Test
  void whatFailsLeavesNoFile() throws IOException {
    Path file = folder.resolve("model.onnx");
    String broken = GoldenModels.file("broken/truncated.h5").toString();
    Cli.run("export", "--onnx", file.toString(), broken).saysOnly(broken + ": ");
    Cli.run("export", "--onnx", folder.toString(), Cli.MODEL)
        .saysOnly(folder + ": a folder, expected the file to write");
    Path missing = folder.resolve("missing/model.onnx");
    Cli.run("export", "--onnx", missing.toString(), Cli.MODEL)
        .saysOnly(missing + ": cannot be written", "see that the folder exists");
    Cli.run("export", Cli.MODEL).saysOnly("--onnx");
    Cli.run("export", "--onnx", file.toString(), "--fake-class", "7", Cli.MODEL)
        .saysOnly("class 7");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatClassifiesLoadsNothingOfTheExport() throws Exception {
    Path image = Cli.image(folder.resolve("image.png"), "png");
    List<String> classes =
        LoadedClasses.by(
            "classify", "--backend", "interpreter", "--model", Cli.MODEL, image.toString());
    assertThat(classes).contains("io.unmask.Detector");
    assertThat(classes)
        .filteredOn(
            name -> name.matches("(com\\.google\\.protobuf|ai\\.onnx|io\\.unmask\\.onnx)\\..*"))
        .isEmpty();
  }
}

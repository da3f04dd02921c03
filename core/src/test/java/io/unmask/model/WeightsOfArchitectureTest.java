package io.unmask.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.error.ModelFormatException;
import io.unmask.spi.Convention;
import io.unmask.spi.Conventions;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.testkit.GoldenModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose weights a file holds: said by the user, by a manifest, or by a JSON beside it. */
class WeightsOfArchitectureTest {

  private static final Asked MESONET =
      new Asked(OptionalInt.empty(), Conventions.NONE, Optional.of("mesonet4"));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = copy("keras2_nested.h5", "mine.h5");
  }

  private Path copy(String golden, String name) throws IOException {
    return Files.copy(GoldenModels.file("weights/" + golden), folder.resolve(name));
  }

  private static List<String> architecture(Model model) {
    return model.conventions().stream()
        .filter(each -> each.name().equals("architecture"))
        .map(Convention::toString)
        .toList();
  }

  @Test
  void withoutAWordItIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> ModelFile.read(file, Asked.NOTHING))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll("--architecture NAME", "architecture(...)", "model.to_json()");
  }

  @Test
  void itIsOfAFileThatIsNamed() {
    assertThatThrownBy(
            () ->
                new ModelRequest(
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Conventions.NONE,
                    Optional.of("mesonet4")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture 'mesonet4'")
        .hasMessageContaining("no model is named");
  }

  @Test
  void theUserNamesIt() throws IOException {
    Path meso = copy("mesonet4.weights.h5", "other.h5");
    Model model = ModelFile.read(meso, MESONET);
    assertThat(model.input().height()).isEqualTo(256);
    assertThat(architecture(model)).containsExactly("architecture: mesonet4 (said: by you)");
  }

  @Test
  void theUserNamesAFile() {
    String json = GoldenModels.file("weights/keras2_nested.json").toString();
    Asked asked = new Asked(OptionalInt.empty(), Conventions.NONE, Optional.of(json));
    assertThat(architecture(ModelFile.read(file, asked)))
        .containsExactly("architecture: " + json + " (said: by you)");
  }

  @Test
  void aJsonOfTheSameNameIsFound() throws IOException {
    copy("keras2_nested.json", "mine.json");
    Model model = ModelFile.read(file, Asked.NOTHING);
    assertThat(model.input().height()).isEqualTo(16);
    assertThat(architecture(model)).singleElement().asString().contains("mine.json (found: ");
    Path newer = copy("nested.weights.h5", "newer.weights.h5");
    copy("nested.json", "newer.json");
    assertThat(ModelFile.read(newer, Asked.NOTHING).network().parameters()).isPositive();
  }

  @Test
  void aJsonBesideAWholeModelDoesNotCount() throws IOException {
    Files.copy(GoldenModels.file("vit.h5"), folder.resolve("vit.h5"));
    copy("keras2_nested.json", "vit.json");
    Model model = ModelFile.read(folder.resolve("vit.h5"), Asked.NOTHING);
    assertThat(architecture(model)).isEmpty();
  }

  @Test
  void aManifestSaysItByFileOrName() throws IOException {
    copy("keras2_nested.json", "how.json");
    copy("mesonet4.weights.h5", "meso.h5");
    Files.writeString(
        folder.resolve("unmask.json"),
        """
        { "version": 1, "models": {
            "mine.h5": { "architecture": "how.json" }, "meso.h5": { "architecture": "MesoNet4" } } }
        """);
    assertThat(architecture(ModelFile.read(file, Asked.NOTHING)))
        .singleElement()
        .asString()
        .endsWith("how.json (said: by unmask.json)");
    assertThat(architecture(ModelFile.read(folder.resolve("meso.h5"), Asked.NOTHING)))
        .containsExactly("architecture: mesonet4 (said: by unmask.json)");
    assertThat(ModelFile.in(folder))
        .extracting(Path::getFileName)
        .map(Path::toString)
        .containsExactly("meso.h5", "mine.h5");
    assertThat(ModelFile.leftOut(folder)).isEmpty();
  }

  @Test
  void whatIsWrittenSaysItAgain() throws IOException {
    Path meso = copy("mesonet4.weights.h5", "other.h5");
    ManifestTemplate.write(folder, List.of(ModelFile.read(meso, MESONET)));
    assertThat(architecture(ModelFile.read(meso, Asked.NOTHING)))
        .containsExactly("architecture: mesonet4 (said: by unmask.json)");
  }

  @Test
  void aManifestThatNamesNoneIsRefused() throws IOException {
    Path manifest = folder.resolve("unmask.json");
    Files.writeString(manifest, "{ \"version\": 1, \"architecture\": \"gone.json\" }");
    assertThatThrownBy(() -> ModelFile.read(file, Asked.NOTHING))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(manifest + ": ")
        .hasMessageContaining("gone.json");
    Files.writeString(manifest, "{ \"version\": 1, \"architecture\": \"mesonet5\" }");
    assertThatThrownBy(() -> ModelFile.read(file, Asked.NOTHING))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(manifest + ": ")
        .hasMessageContaining("no architecture 'mesonet5'");
  }
}

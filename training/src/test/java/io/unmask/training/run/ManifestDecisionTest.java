package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.unmask.error.ModelFormatException;
import io.unmask.evaluation.DecisionRule;
import io.unmask.json.Json;
import io.unmask.model.Manifest;
import io.unmask.model.ManifestFile;
import io.unmask.model.ModelFolder;
import io.unmask.spi.Uncertainty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDecisionTest {

  private static final DecisionRule RULE =
      new DecisionRule(0.01, 0.875, 0.25, 0.009, 0.6, 0.5, 0.05);
  private static final DecisionRule SURE = new DecisionRule(0.01, 0.5, 0.5, 0, 1, 1, 0);

  @TempDir Path folder;

  private Manifest manifest() {
    return ManifestFile.read(ModelFolder.of(folder)).orElseThrow();
  }

  private Json json() throws IOException {
    return Json.parse(Files.readAllBytes(folder.resolve(Manifest.FILE_NAME)));
  }

  @Test
  void theRestOfAFoldersManifestStays() throws IOException {
    Files.createFile(folder.resolve("a.keras"));
    Files.writeString(
        folder.resolve(Manifest.FILE_NAME),
        """
        {"version": 1, "members": ["a.keras"], "threshold": 0.5, "band": [0.4, 0.6],
         "calibration": {"scale": 2.5, "offset": -1},
         "figures": {"AUC": 0.9, "decision": {"old": 1}}, "provenance": {"seed": "42"}}
        """);
    assertThat(ManifestDecision.write(RULE, folder)).isEqualTo(folder.resolve(Manifest.FILE_NAME));
    assertThat(manifest().common().threshold()).hasValue(0.875);
    assertThat(manifest().common().band()).contains(new Uncertainty.Band(0.25, 0.875));
    assertThat(manifest().common().calibration().orElseThrow().scale()).isEqualTo(2.5);
    assertThat(manifest().members()).containsExactly("a.keras");
    assertThat(json().get("provenance").get("seed").string()).isEqualTo("42");
    assertThat(json().get("figures").get("AUC").number()).isEqualTo(0.9);
    assertThat(json().get("figures").get("decision").keys()).doesNotContain("old");
    assertThat(json().get("figures").get("decision").get("fakes called FAKE").number())
        .isEqualTo(0.6);
    ManifestDecision.write(SURE, folder);
    assertThat(manifest().common().band()).isEmpty();
    assertThat(manifest().common().threshold()).hasValue(0.5);
  }

  @Test
  void aFileAloneHasSettingsOfItsOwn() throws IOException {
    Path model = Files.createFile(folder.resolve("b.keras"));
    ManifestDecision.write(RULE, model);
    assertThat(manifest().common().threshold()).isEmpty();
    Json own = json().get("models").get("b.keras");
    assertThat(own.get("threshold").number()).isEqualTo(0.875);
    assertThat(own.get("band").elements()).extracting(Json::number).containsExactly(0.25, 0.875);
    Path other = Files.createFile(folder.resolve("c.keras"));
    ManifestDecision.write(SURE, other);
    ManifestDecision.write(RULE, other);
    assertThat(json().get("models").keys()).containsExactly("b.keras", "c.keras");
    assertThat(json().get("models").get("c.keras").get("threshold").number()).isEqualTo(0.875);
    assertThat(json().get("models").get("b.keras").get("threshold").number()).isEqualTo(0.875);
  }

  @Test
  void whatIsNoJsonIsNamedAndStays() throws IOException {
    Path file = Files.writeString(folder.resolve(Manifest.FILE_NAME), "{\"version\": ");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> ManifestDecision.write(RULE, folder))
        .withMessageStartingWith(file + ": not well-formed JSON");
    assertThat(file).hasContent("{\"version\": ");
  }
}

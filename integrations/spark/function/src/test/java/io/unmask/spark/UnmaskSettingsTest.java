package io.unmask.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unmask.Faces;
import io.unmask.spi.Device;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnmaskSettingsTest {

  private static final UnmaskSettings ALL =
      UnmaskSettings.builder()
          .models("/models/folds", "addFile:fold_1.keras")
          .architecture("mesonet4")
          .provider("network")
          .backend("cpu")
          .device(Device.CPU)
          .maxPixels(1000)
          .threshold(0.25)
          .band(0.2, 0.3)
          .maxSpread(0.5)
          .fusion("mean")
          .mirrored(true)
          .upright(false)
          .faces(Faces.WHOLE)
          .fakeClass(0)
          .threads(3)
          .build();

  @Test
  void theyTravelAndStayTheSame() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(ALL);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    }
    assertThat(bytes.size()).isLessThan(4000);
  }

  @Test
  void theyAreTheSameAsTexts() {
    assertThat(UnmaskSettings.of(ALL.detector())).isEqualTo(ALL);
    assertThat(ALL.detector())
        .containsEntry("models", "/models/folds,addFile:fold_1.keras")
        .containsEntry("architecture", "mesonet4")
        .containsEntry("band", "0.2,0.3")
        .containsEntry("max-pixels", "1000");
    assertThat(UnmaskSettings.of(Map.of())).isEqualTo(UnmaskSettings.DEFAULT);
    assertThat(UnmaskSettings.of(Map.of("band", "none")))
        .isEqualTo(UnmaskSettings.builder().noBand().build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threshold|2|a threshold lies in [0, 1]",
        "threshold|high|expected a number from 0 to 1, found 'high'",
        "band|0.4|expected two numbers from 0 to 1",
        "band|0.6,0.4|band:",
        "device|tpu|expected cpu or gpu, found 'tpu'",
        "precision|half|expected f32, bf16, int8 or auto, found 'half'",
        "mirrored|yes|expected true or false, found 'yes'",
        "faces|all|expected whole or crop",
        "threads|0|threads lie in 1..1024",
        "fake-class|-1|classes are counted from 0",
        "max-pixels|many|expected a number of pixels",
        "models|a.keras,|one of the models has no name",
        "models|s3a://models/a.keras|addFile:a.keras",
        "colour|red|there is no setting 'colour'; there are models, ",
      })
  void whatCannotBeIsRefusedWhereItIsSaid(String key, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnmaskSettings.of(Map.of(key, value)))
        .withMessageContaining(message);
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnmaskSettings.builder().preprocessor("tensorflow").maxPixels(7).build())
        .withMessageContaining("max-pixels is for the preprocessor java");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnmaskSettings.builder().ahead(0))
        .withMessage("ahead lies in 1..64, not 0");
    assertThatIllegalArgumentException().isThrownBy(() -> UnmaskSettings.builder().content(" "));
  }

  @Test
  void everySettingIsOnThePage() throws Exception {
    String page = Files.readString(Path.of("../../../docs/spark.md"));
    for (Setting setting : Setting.values()) {
      assertThat(page).contains("`" + setting.key() + "`");
    }
  }
}

package io.unmask.training.run;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordTest {

  @TempDir Path folder;

  /** More than a JSON document may have values elsewhere. */
  @Test
  void moreThanAMillionImagesCanBeGoneOnWith() {
    Map<String, String> images = new LinkedHashMap<>();
    for (int i = 0; i < 1_000_001; i++) {
      images.put("real/" + i + ".jpg", "sum");
    }
    RunRecord record = new RunRecord(Map.of("Seed", "42"), images);
    try (RunFolder run = RunFolder.open(folder)) {
      record.claim(run);
      images.put("real/1000000.jpg", "another");
      RunRecord other = new RunRecord(Map.of("Seed", "42"), images);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> other.claim(run))
          .withMessageContaining("real/1000000.jpg has changed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"facts\": ", "{\"facts\": {\"Seed\": 42}}", "{\"images\": []}", "{"})
  void aDamagedRecordIsNamed(String text) throws IOException {
    try (RunFolder run = RunFolder.open(folder)) {
      Path file = Files.writeString(run.hidden("run.json"), text);
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> new RunRecord(Map.of(), Map.of()).claim(run))
          .withMessageStartingWith(file + ": cannot be read")
          .withMessageContaining("--out");
    }
  }
}

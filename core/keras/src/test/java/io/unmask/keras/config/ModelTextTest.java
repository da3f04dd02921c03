package io.unmask.keras.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the same, and trained otherwise
        "{\"a\": 1}                                  | {\"a\": 1}                                 | true",
        "{\"a\": 1, \"compile_config\": {\"x\": 1}}      | {\"a\": 1, \"compile_config\": {\"y\": [1, 2]}} | true",
        "{\"a\": 1, \"compile_config\": null}          | {\"a\": 1, \"compile_config\": \"a}b\"}         | true",
        "{\"a\": 1, \"compile_config\": 1, \"b\": 2}     | {\"a\": 1, \"compile_config\": 234, \"b\": 2}   | true",
        "{\"a\": \"}\\\"]{\", \"compile_config\": 1}       | {\"a\": \"}\\\"]{\", \"compile_config\": 2}       | true",
        // other models
        "{\"a\": 1}                                  | {\"a\": 2}                                 | false",
        "{\"a\": 1, \"compile_config\": 1}             | {\"a\": 2, \"compile_config\": 1}            | false",
        "{\"a\": 1, \"compile_config\": 1, \"b\": 2}     | {\"a\": 1, \"compile_config\": 1, \"b\": 3}     | false",
        "{\"a\": {\"compile_config\": 1}}              | {\"a\": {\"compile_config\": 2}}             | false",
        "{\"a\": [{\"compile_config\": 1}]}            | {\"a\": [{\"compile_config\": 2}]}           | false",
        "{\"a\": \"\\\"compile_config\\\": \", \"b\": 1}   | {\"a\": \"\\\"compile_config\\\": \", \"b\": 2}   | false",
        "{\"compile_config\": 1, \"a\": 1}             | {\"compile_config\": {}, \"a\": 2}           | false",
        "{\"a\": 1, \"compile_config\": {\"x\": 1}}      | {\"a\": 1, \"compile_config\": {\"x\": 1}, \"b\": 1} | false",
        // broken off
        "{\"a\": 1, \"compile_config\": 1}             | {\"a\": 1, \"compile_config\":                | false",
        "{\"a\": 1, \"compile_config\": 1}             | {\"a\": 1, \"compile_config\": no}            | false",
        "{\"a\": 1, \"compile_config\": 1}             | {\"a\": 1, \"compile_config\": {\"x}           | false",
      })
  void tellsModelsFromTheirTraining(String one, String other, boolean same) {
    assertThat(text(one).describesTheSame(text(other))).isEqualTo(same);
  }

  private static ModelText text(String json) {
    return new ModelText(json.getBytes(StandardCharsets.UTF_8));
  }
}

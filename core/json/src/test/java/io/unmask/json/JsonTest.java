package io.unmask.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static Json json(String text) {
    return Json.parse(text.getBytes(UTF_8));
  }

  @Test
  void readsEveryKindOfValue() {
    Json json = json("{\"a\":[1,2.5,Infinity],\"b\":\"\\u00e9\",\"c\":true,\"d\":null}");
    assertThat(json.keys()).containsExactly("a", "b", "c", "d");
    assertThat(json.get("a").elements().get(0).integer()).isEqualTo(1);
    assertThat(json.get("a").elements().get(1).number()).isEqualTo(2.5);
    assertThat(json.get("a").elements().get(2).number()).isInfinite();
    assertThat(json.get("b").string()).isEqualTo("é");
    assertThat(json.get("c").bool()).isTrue();
    assertThat(json.has("d")).isFalse();
    assertThat(json.get("d").isNull()).isTrue();
    assertThat(json.find("e").isNull()).isTrue();
    assertThat(json.find("c").find("of no object").isNull()).isTrue();
  }

  @Test
  void saysWhereAValueOfTheWrongKindStands() {
    Json json = json("{\"layers\":[{\"config\":{\"filters\":\"many\"}}]}");
    Json config = json.get("layers").elements().get(0).get("config");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> config.get("filters").integer())
        .withMessage("layers[0].config.filters should be an integer, but is \"many\"");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> config.get("units"))
        .withMessage("'units' is missing in layers[0].config");
  }

  @Test
  void anIntegerMustBeWholeAndFit() {
    for (String text : new String[] {"1.5", "1e12", "NaN", "Infinity"}) {
      assertThatExceptionOfType(JsonException.class)
          .isThrownBy(() -> json(text).integer())
          .withMessageContaining("should be an integer");
    }
    assertThat(json("3.0").integer()).isEqualTo(3);
    assertThat(json("[3, 4.5, 12345678901234567890]"))
        .hasToString("[3, 4.5, 1.2345678901234567E19]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,", "{\"a\":1,\"a\":2}", "1 2", "{'a':1}", "nonsense"})
  void refusesWhatIsNotWellFormedInOneLine(String text) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json(text))
        .satisfies(e -> assertThat(e.getMessage()).isNotEmpty().hasLineCount(1));
  }

  /** Zeros make the decoder believe in another encoding. */
  @ParameterizedTest
  @ValueSource(strings = {"\0\0{\0", "\0\0\0{\0\0", "{\0\0\0\"\0\0"})
  void refusesOtherEncodings(String text) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json(text))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void refusesMoreValuesThanAnyDocumentHas() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("[" + "0,".repeat(1_000_000) + "0]"))
        .withMessage("more than 1,000,000 values");
  }

  @Test
  void refusesToNestWithoutBound() {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> json("[".repeat(100_000)));
  }

  @Test
  void aDocumentThatIsCutOffSaysSoAndNothingOfTheParser() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\": [1, 2"))
        .withMessageStartingWith("not well-formed JSON: it ends too early (line 1, column");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\": [1, 2}"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Source", "REDACTED"));
  }
}

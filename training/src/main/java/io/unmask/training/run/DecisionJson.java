package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.unmask.evaluation.DecisionRule;
import java.io.IOException;

/** A decision rule as members of a manifest. */
final class DecisionJson {

  private DecisionJson() {}

  /** {@code threshold}, and {@code band} if images are left undecided. */
  static void settings(DecisionRule rule, JsonGenerator json) throws IOException {
    json.writeNumberField("threshold", rule.threshold());
    if (rule.hasBand()) {
      json.writeArrayFieldStart("band");
      json.writeNumber(rule.realBelow());
      json.writeNumber(rule.threshold());
      json.writeEndArray();
    }
  }

  /** What the rule was fitted to do, for people. */
  static void figures(DecisionRule rule, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("decision");
    json.writeNumberField("wanted false positive rate", rule.rate());
    json.writeNumberField("false positive rate", rule.falseFakeRate());
    json.writeNumberField("fakes called FAKE", rule.recall());
    json.writeNumberField("fakes called REAL", rule.realOfFake());
    json.writeNumberField("photographs called REAL", rule.realOfReal());
    json.writeEndObject();
  }
}

package io.unmask;

import io.unmask.DetectorOpener.Decision;
import io.unmask.spi.Calibration;
import io.unmask.spi.Expectation;
import io.unmask.spi.Model;
import io.unmask.spi.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of its scope, with the rates of its verdicts; or, where a detector decides
 * otherwise than the model was measured, that they do not hold.
 */
final class StatedScope {

  private StatedScope() {}

  static Expectation of(Model model, Decision decision, boolean mirrored) {
    Expectation stated = model.expectation();
    List<String> changed = changed(model, decision, mirrored);
    if (stated.scope().isEmpty() || changed.isEmpty()) {
      return stated;
    }
    return stated.withScope(
        Optional.of(
            "the rates that are stated of it do not hold here, as other settings than its own are used: "
                + String.join(", ", changed)));
  }

  private static List<String> changed(Model model, Decision decision, boolean mirrored) {
    List<String> changed = new ArrayList<>();
    if (decision.views().faces() != model.views().faces()) {
      changed.add(decision.views().faces() ? "faces alone" : "the whole image, not faces");
    } else if (!decision.views().equals(model.views())) {
      changed.add("margin or size of faces");
    }
    if (mirrored != model.mirrored()) {
      changed.add("mirrored images");
    }
    if (!decision.fusion().name().equals(model.fusion().name())) {
      changed.add("the rule of fusion");
    } else if (!same(decision.calibration(), model.calibration())) {
      changed.add("the calibration");
    }
    if (decision.threshold() != model.threshold()) {
      changed.add("the threshold"); // which moves the band too
    } else if (!same(decision.uncertainty(), model.uncertainty())) {
      changed.add("what is left uncertain");
    }
    return changed;
  }

  // What Java makes of a record's equals at run time costs milliseconds of each start.

  private static boolean same(Calibration one, Calibration other) {
    return one.scale() == other.scale() && one.offset() == other.offset();
  }

  private static boolean same(Uncertainty one, Uncertainty other) {
    return one.band().equals(other.band()) && one.maxSpread().equals(other.maxSpread());
  }
}

package io.unmask.spring;

import io.unmask.Detector;
import io.unmask.DetectorInfo;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tries whether a detector answers. */
final class DetectorProbe {

  private static final int SIDE = 32;

  private DetectorProbe() {}

  /**
   * Has a black picture judged, which is a call as any other: it waits its turn, and does not go to
   * the models where faces are judged.
   *
   * @return what the detector consists of
   * @throws RuntimeException if it fails or is closed
   */
  static Map<String, Object> ask(Detector detector) {
    // It is no photo of anybody, and must not count among them.
    Detector asked = detector instanceof ObservedDetector own ? own.observed() : detector;
    asked.classify(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB));
    DetectorInfo info = detector.info();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("model", info.model());
    details.put("backend", info.program().backend());
    details.put("engine", info.program().engine());
    details.put("device", info.program().device());
    details.put("threads", info.program().threads());
    details.put("precision", info.program().precision().toString());
    return details;
  }
}

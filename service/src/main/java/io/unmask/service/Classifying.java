package io.unmask.service;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.ExplainedPhoto;
import io.unmask.service.json.ClassificationJson;
import io.unmask.service.json.HeatmapJson;

/**
 * Says whether faces are real or generated.
 *
 * @param detector who says it
 * @param json how it is written
 * @param meters where it is counted
 */
record Classifying(Detector detector, ClassificationJson json, Meters meters) implements Judge {

  @Override
  public JsonBytes.Writing judge(NamedPhoto photo, boolean explain) {
    if (explain) {
      ExplainedPhoto explained = detector.explain(photo.bytes());
      meters.classified(explained.classification());
      return generator -> {
        json.write(generator, photo.name(), explained.classification());
        HeatmapJson.write(generator, explained.heatmaps());
      };
    }
    Classification result = detector.classify(photo.bytes());
    meters.classified(result);
    return generator -> json.write(generator, photo.name(), result);
  }
}

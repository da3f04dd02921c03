package io.unmask.training.run;

import com.google.common.collect.ImmutableMap;
import io.unmask.spi.Views;
import java.util.Map;

/** What a report, a manifest and the record of a run say about settings. */
final class TrainingFacts {

  private TrainingFacts() {}

  /** All that decides what comes out, as text by name. */
  static Map<String, String> of(TrainingSettings settings) {
    ImmutableMap.Builder<String, String> facts = ImmutableMap.builder();
    facts.put("Architecture", settings.architecture().key());
    settings
        .architecture()
        .taps()
        .ifPresent(
            taps -> {
              facts.put("Trunk", taps.trunk().getFileName() + " " + RunRecord.sum(taps.trunk()));
              facts.put("Taps", taps.description());
            });
    settings
        .architecture()
        .backbone()
        .ifPresent(
            backbone -> {
              String sum = RunRecord.sum(backbone.file());
              facts.put("Backbone", backbone.file().getFileName() + " " + sum);
              facts.put("Head", backbone.description());
            });
    settings
        .weights()
        .ifPresent(
            file -> facts.put("Start weights", file.getFileName() + " " + RunRecord.sum(file)));
    facts.putAll(settings.plan().description());
    if (!settings.views().equals(Views.WHOLE_IMAGE)) {
      facts.put("Views", settings.views().toString());
    }
    facts.put("Folds", settings.folds().toString());
    facts.put("Seed", String.valueOf(settings.seed()));
    facts.put("Backend", settings.trainer().name());
    facts.put("Device", settings.options().device().toString());
    facts.put("Threads", String.valueOf(settings.options().effectiveThreads()));
    facts.put("Precision", settings.precision().toString());
    return facts.buildOrThrow();
  }
}

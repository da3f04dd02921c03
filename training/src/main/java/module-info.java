/** Training: data sets, augmentation, plans, cross-validation and reports. */
@SuppressWarnings("requires-automatic") // XChart is no module
module io.unmask.training {
  requires com.fasterxml.jackson.core;
  requires com.google.common;
  requires transitive io.unmask;
  requires transitive io.unmask.evaluation;
  requires io.unmask.json;
  requires transitive io.unmask.keras;
  requires static transitive org.jspecify;
  requires xchart;

  exports io.unmask.training.augmentation;
  exports io.unmask.training.data;
  exports io.unmask.training.plan;
  exports io.unmask.training.report;
  exports io.unmask.training.run;
  exports io.unmask.training.schedule;
}

package io.unmask;

import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.ModelSource;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.Program;
import io.unmask.spi.Uncertainty;

/**
 * Opens a detector. What the backend and the preprocessor load ahead and the reading of the model
 * take about as long as each other and happen at the same time.
 */
final class Opening {

  private final DetectorBuilder settings;

  Opening(DetectorBuilder settings) {
    this.settings = settings;
  }

  /** Loads what needs no model. */
  void prepare() {
    settings.selectBackend().prepare();
    settings.selectPreprocessor().prepare();
  }

  Detector open() {
    Backend backend = settings.selectBackend();
    ahead("backend", backend::prepare);
    Preprocessor preprocessor = settings.selectPreprocessor();
    ahead("preprocessor", preprocessor::prepare);
    try {
      return open(
          backend,
          preprocessor,
          ModelLoading.load(
              settings.request(), Providers.find(ModelSource.class, ModelSource::name)));
    } catch (OutOfMemoryError e) {
      throw EngineFailure.of("the model cannot be opened", e);
    }
  }

  /** Opens a detector of parts that are there. */
  Detector open(Backend backend, Preprocessor preprocessor, Model model) {
    double threshold = settings.threshold().orElse(model.threshold());
    Calibration calibration = settings.calibration().orElse(model.calibration());
    boolean mirrored = settings.mirrored().orElse(model.mirrored());
    Uncertainty uncertainty = settings.uncertainty(model.uncertainty());
    Program program = backend.compile(model.network(), settings.options());
    try {
      return new Detector(
          new Preprocessing(preprocessor, upright(preprocessor), model.input()),
          new Inference(
              program,
              verdicts(model, calibration, threshold, uncertainty),
              model.input().size(),
              mirrored ? 2 : 1),
          info(preprocessor, program, model, mirrored, calibration, threshold, uncertainty));
    } catch (Throwable e) {
      program.close();
      throw e;
    }
  }

  /** Whether pictures are turned: as the caller says, or else as the preprocessor does it. */
  private boolean upright(Preprocessor preprocessor) {
    if (preprocessor instanceof PhotoPreprocessor photos) {
      return settings.upright().orElse(photos.turnsUpright());
    }
    if (settings.upright().orElse(false)) {
      throw new IllegalArgumentException(
          "preprocessor '%s' cannot turn pictures upright; use 'java', or leave that out"
              .formatted(preprocessor.name()));
    }
    return false;
  }

  private static Verdicts verdicts(
      Model model, Calibration calibration, double threshold, Uncertainty uncertainty) {
    return new Verdicts(
        model.name(),
        model.members(),
        model.fusion(),
        calibration,
        threshold,
        uncertainty,
        new Warnings(model.expectation()));
  }

  private static DetectorInfo info(
      Preprocessor preprocessor,
      Program program,
      Model model,
      boolean mirrored,
      Calibration calibration,
      double threshold,
      Uncertainty uncertainty) {
    return new DetectorInfo(
        program.info(),
        preprocessor.name(),
        model.name(),
        model.members().stream().map(Member::name).toList(),
        model.input(),
        mirrored,
        model.network().nodes().size(),
        model.network().parameters(),
        model.sharedParameters(),
        model.fusion().name(),
        calibration,
        threshold,
        uncertainty,
        model.expectation());
  }

  private static void ahead(String what, Runnable work) {
    Thread thread = new Thread(work, "unmask-" + what + "-ahead");
    thread.setDaemon(true);
    // Whatever fails here fails again, and is reported, where it is needed.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
  }
}

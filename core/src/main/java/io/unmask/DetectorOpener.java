package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.network.Network;
import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.FusionRule;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.ModelRequest;
import io.unmask.spi.ModelSource;
import io.unmask.spi.PhotoPreprocessor;
import io.unmask.spi.Precision;
import io.unmask.spi.Preprocessor;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens a detector. What the backend and the preprocessor load ahead and the reading of the model
 * take about as long as each other and happen at the same time.
 */
final class DetectorOpener {

  /** Makes a program of the model's network. */
  interface Compiler {
    Program compile(Backend backend, Network network, ProgramOptions options);
  }

  private final DetectorSettings settings;
  private final Compiler compiler;

  DetectorOpener(DetectorSettings settings) {
    this(settings, Backend::compile);
  }

  /** As the settings say, but for how the model's network is compiled. */
  DetectorOpener(DetectorSettings settings, Compiler compiler) {
    this.settings = settings;
    this.compiler = compiler;
  }

  /** Loads what needs no model. */
  void prepare() {
    settings.selectBackend(false).prepare();
    settings.selectPreprocessor(false).prepare();
  }

  Detector open() {
    Backend backend = settings.selectBackend(true);
    ahead("backend", backend::prepare);
    Preprocessor preprocessor = settings.selectPreprocessor(true);
    ahead("preprocessor", preprocessor::prepare);
    ModelRequest request = settings.request();
    try {
      Model model = load(request);
      // Files are read again where they lie. What came out of a jar is not kept in memory for that.
      return open(
          backend,
          preprocessor,
          model,
          request.paths().isEmpty() ? () -> load(request).network() : model::network);
    } catch (OutOfMemoryError e) {
      throw EngineFailure.of("the model cannot be opened", e);
    }
  }

  private static Model load(ModelRequest request) {
    return ModelLoading.load(request, Providers.find(ModelSource.class, ModelSource::name));
  }

  /** Opens a detector of parts that are there. */
  Detector open(Backend backend, Preprocessor preprocessor, Model model) {
    return open(backend, preprocessor, model, model::network);
  }

  private Detector open(
      Backend unchecked, Preprocessor preprocessor, Model model, Supplier<Network> again) {
    Backend backend = new CheckedBackend(unchecked);
    FusionRule fusion = settings.fusionRule().orElse(model.fusion());
    Decision decision =
        new Decision(
            fusion,
            settings.calibration().orElse(calibration(model, fusion)),
            settings.threshold().orElse(model.threshold()),
            settings.uncertainty(model.uncertainty()),
            settings.views(model.views()));
    boolean mirrored = settings.mirrored().orElse(model.mirrored());
    Preprocessing preprocessing =
        new Preprocessing(
            preprocessor, upright(preprocessor, decision.views().faces()), model.input());
    requireSampling(preprocessor, decision.views(), model.input());
    Optional<FaceFinder> finder =
        decision.views().faces() ? Optional.of(settings.selectFaceFinder()) : Optional.empty();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      ProgramOptions options = options(backend, model);
      // First, as a finder may compile its network on another thread while this one compiles.
      Optional<FaceFinder.Search> search =
          finder.map(found -> found.open(backend, settings.options()));
      search.ifPresent(opened::add);
      Program program = compiler.compile(backend, model.network(), options);
      opened.add(program);
      Subjects subjects = new Subjects(preprocessing, decision.views(), mirrored, search);
      Verdicts verdicts = verdicts(model, decision);
      Inference inference =
          new Inference(program, verdicts, model.input().size(), subjects.images());
      DetectorInfo info =
          info(preprocessing, program, model, mirrored, decision, finder.map(FaceFinder::name));
      log(info);
      return new NetworkDetector(
          subjects,
          inference,
          new Explainer(
              inference,
              verdicts,
              model.input(),
              mirrored,
              again,
              features -> backend.compile(features, options)),
          info);
    } catch (Throwable e) {
      closeAll(opened, e);
      throw e;
    }
  }

  private ProgramOptions options(Backend backend, Model model) {
    Precision asked = settings.precision().orElse(model.precision());
    Precision precision = Backends.precision(backend, asked);
    if (precision == Precision.INT8 && model.ranges().isEmpty()) {
      throw new BackendException(
          Explanation.PRECISION,
          "model '%s' cannot be computed in int8: nobody has measured the ranges of its values; 'unmask quantize --model MODEL --data DIR' does and writes them into its manifest"
              .formatted(model.name()),
          null);
    }
    return settings.options().withPrecision(precision).withRanges(model.ranges());
  }

  /** Says in the log what was opened. Photos, and what is said of them, are never logged. */
  private static void log(DetectorInfo info) {
    System.getLogger(Detector.class.getName())
        .log(
            System.Logger.Level.DEBUG,
            () ->
                "opened model %s of %s on backend %s (%s, %s, threads %d, %s), preprocessor %s, faces %s"
                    .formatted(
                        info.model(),
                        info.members(),
                        info.program().backend(),
                        info.program().engine(),
                        info.program().device(),
                        info.program().threads(),
                        info.program().precision(),
                        info.preprocessor(),
                        info.faceFinder().orElse("not looked for")));
  }

  /** A calibration is fitted to what one rule gives, and means nothing for another. */
  private static Calibration calibration(Model model, FusionRule fusion) {
    return fusion.name().equals(model.fusion().name()) ? model.calibration() : Calibration.NONE;
  }

  /** How it is decided: the model's way where the caller says nothing. */
  record Decision(
      FusionRule fusion,
      Calibration calibration,
      double threshold,
      Uncertainty uncertainty,
      Views views) {}

  private static void closeAll(List<AutoCloseable> opened, Throwable failure) {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Whether pictures are turned: as the caller says, else for faces, else as is usual. */
  private boolean upright(Preprocessor preprocessor, boolean faces) {
    if (preprocessor instanceof PhotoPreprocessor photos) {
      return settings.upright().orElse(faces || photos.turnsUpright());
    }
    if (settings.upright().orElse(false)) {
      throw new IllegalArgumentException(
          "preprocessor '%s' cannot turn pictures upright; use 'java', or leave that out"
              .formatted(preprocessor.name()));
    }
    return false;
  }

  private static void requireSampling(Preprocessor preprocessor, Views views, InputFormat input) {
    if (preprocessor instanceof PhotoPreprocessor) {
      return;
    }
    if (!views.equals(Views.WHOLE_IMAGE)) {
      throw new IllegalArgumentException(
          "preprocessor '%s' reads whole images only, stretched with bilinear interpolation, and the"
                  .formatted(preprocessor.name())
              + " model looks at %s; use 'java'%s"
                  .formatted(views, views.faces() ? ", or have whole images judged" : ""));
    }
    if (input.order() == InputFormat.ChannelOrder.GREY) {
      throw new IllegalArgumentException(
          "preprocessor '%s' makes coloured images only, and the model reads grey ones; use 'java'"
              .formatted(preprocessor.name()));
    }
  }

  private static Verdicts verdicts(Model model, Decision decision) {
    return new Verdicts(
        model.name(),
        model.members(),
        decision.fusion(),
        decision.calibration(),
        decision.threshold(),
        decision.uncertainty(),
        decision.views(),
        new Warnings(
            decision.views().faces() ? model.expectation().ofFaces() : model.expectation()));
  }

  private static DetectorInfo info(
      Preprocessing preprocessing,
      Program program,
      Model model,
      boolean mirrored,
      Decision decision,
      Optional<String> finder) {
    return DetectorInfo.of(model.name(), program.info(), model.input())
        .preprocessor(preprocessing.preprocessor().name())
        .members(model.members().stream().map(Member::name).toList())
        .views(decision.views())
        .faceFinder(finder)
        .upright(preprocessing.upright())
        .mirrored(mirrored)
        .layers(model.network().nodes().size())
        .parameters(model.network().parameters())
        .sharedParameters(model.sharedParameters())
        .fusion(decision.fusion().name())
        .calibration(decision.calibration())
        .threshold(decision.threshold())
        .uncertainty(decision.uncertainty())
        .expectation(StatedScope.of(model, decision, mirrored))
        .conventions(model.conventions())
        .build();
  }

  private static void ahead(String what, Runnable work) {
    Thread thread = new Thread(work, "unmask-" + what + "-ahead");
    thread.setDaemon(true);
    // Whatever fails here fails again, and is reported, where it is needed.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // There may be no more threads. The work is done where it is needed.
    }
  }
}

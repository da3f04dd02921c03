package io.unmask.training.run;

import io.unmask.keras.Precision;
import io.unmask.spi.Backend;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Views;
import io.unmask.training.data.CrossValidation;
import io.unmask.training.data.FaceSet;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Phase;
import io.unmask.training.plan.Plan;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What is to be trained, with what and how. Immutable. */
public final class TrainingSettings {

  private static final int FOLDS = 5;
  private static final long SEED = 42;

  private final FaceSet faces;
  private final Optional<FaceSet> test;
  private final Path folder;
  private final Architecture architecture;
  private final Optional<Path> weights;
  private final Plan plan;
  private final CrossValidation folds;
  private final long seed;
  private final Backend trainer;
  private final Backend engine;
  private final ProgramOptions options;
  private final Precision precision;
  private final Optional<DecisionGoal> decision;
  private final boolean mirrored;
  private final Views views;
  private final boolean refit;
  private final boolean robustness;

  private TrainingSettings(Builder from) {
    faces = from.faces;
    test = from.test;
    folder = from.folder;
    architecture = from.architecture;
    weights = from.weights;
    plan = from.plan;
    folds = from.folds;
    seed = from.seed;
    trainer = from.trainer;
    engine = from.engine;
    options = from.options;
    precision = from.precision;
    decision = from.decision;
    mirrored = from.mirrored;
    views = from.views;
    refit = from.refit;
    robustness = from.robustness;
    boolean frozen = plan.phases().stream().anyMatch(phase -> phase.trunk() == Phase.Trunk.FROZEN);
    if (frozen && architecture.trunk().isEmpty()) {
      throw new IllegalArgumentException(
          "architecture %s has no trunk that plan %s could freeze; choose plan %s or %s"
              .formatted(architecture.key(), plan.name(), Plan.FROM_SCRATCH, Plan.SINGLE_PHASE));
    }
    if (architecture.taps().isPresent() && plan.phases().get(0).trunk() != Phase.Trunk.FROZEN) {
      throw new IllegalArgumentException(
          "what the taps say is normalised by what the trunk says as it is; choose plan %s or %s"
              .formatted(Plan.HEAD, Plan.FINE_TUNE));
    }
    if (plan.crop() != 0
        && plan.phases().stream().allMatch(phase -> phase.trunk() == Phase.Trunk.FROZEN)) {
      throw new IllegalArgumentException(
          "a frozen trunk reads whole images; leave out the crop, or choose a plan that trains it");
    }
    if (refit && !plan.phases().stream().allMatch(Phase::keepsLast)) {
      throw new IllegalArgumentException(
          "a model of all images has none left to find its best epoch by; choose a plan that keeps its last, %s or %s"
              .formatted(Plan.HEAD, Plan.FINE_TUNE));
    }
    if (faces.remadeCount() > 0 && plan.remade() > 0 && !folds.balancesSources()) {
      throw new IllegalArgumentException(
          "photographs that come with what was made of them need folds by source");
    }
  }

  /**
   * Starts with what has to be said; the rest has the value that its method names, or is left out.
   *
   * @param faces the images to train and validate with
   * @param folder where the models and the report go
   * @param architecture the network
   * @param trainer the backend that trains
   */
  public static Builder builder(
      FaceSet faces, Path folder, Architecture architecture, Backend trainer) {
    return new Builder(faces, folder, architecture, trainer);
  }

  /** Starts with these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The images to train and validate with. */
  public FaceSet faces() {
    return faces;
  }

  /** Images that take no part in the training, on which the models together are tried. */
  public Optional<FaceSet> test() {
    return test;
  }

  /** Where the models and the report go. */
  public Path folder() {
    return folder;
  }

  /** The network. */
  public Architecture architecture() {
    return architecture;
  }

  /** A file with weights to begin with. */
  public Optional<Path> weights() {
    return weights;
  }

  /** How to train; by default as suits the architecture with fresh weights. */
  public Plan plan() {
    return plan;
  }

  /** Which images validate in which fold; by default five, shuffled. */
  public CrossValidation folds() {
    return folds;
  }

  /** The seed of weights, order, augmentation and dropout; by default 42. */
  public long seed() {
    return seed;
  }

  /** The backend that trains. */
  public Backend trainer() {
    return trainer;
  }

  /** The backend that runs networks as they are; by default the one that trains. */
  public Backend engine() {
    return engine;
  }

  /** The device and the threads. */
  public ProgramOptions options() {
    return options;
  }

  /** The precision of the kernels in the model files; by default single. */
  public Precision precision() {
    return precision;
  }

  /**
   * If the manifest gets a calibration, a threshold and a band, what they are to reach; fitted on
   * what each model says of the images that it has not seen.
   */
  public Optional<DecisionGoal> decision() {
    return decision;
  }

  /** Whether the models are to see each image mirrored too, once they are trained. */
  public boolean mirrored() {
    return mirrored;
  }

  /**
   * What of a photo the models are to be shown once they are trained; by default the whole image.
   * The images to train with are such views already.
   */
  public Views views() {
    return views;
  }

  /**
   * Whether a last model is trained with all images, as the folds' models were, for use in place of
   * them.
   */
  public boolean refit() {
    return refit;
  }

  /** Whether to measure how robust the models are. */
  public boolean robustness() {
    return robustness;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {

    private FaceSet faces;
    private Optional<FaceSet> test = Optional.empty();
    private Path folder;
    private Architecture architecture;
    private Optional<Path> weights = Optional.empty();
    private Plan plan;
    private CrossValidation folds = CrossValidation.shuffled(FOLDS, SEED);
    private long seed = SEED;
    private Backend trainer;
    private Backend engine;
    private ProgramOptions options = ProgramOptions.DEFAULT;
    private Precision precision = Precision.SINGLE;
    private Optional<DecisionGoal> decision = Optional.empty();
    private boolean mirrored = false;
    private Views views = Views.WHOLE_IMAGE;
    private boolean refit = false;
    private boolean robustness = false;

    private Builder(FaceSet faces, Path folder, Architecture architecture, Backend trainer) {
      this.faces = Objects.requireNonNull(faces, "faces");
      this.folder = Objects.requireNonNull(folder, "folder");
      this.architecture = Objects.requireNonNull(architecture, "architecture");
      this.trainer = Objects.requireNonNull(trainer, "trainer");
      this.plan = architecture.fresh();
      this.engine = trainer;
    }

    private Builder(TrainingSettings from) {
      faces = from.faces;
      test = from.test;
      folder = from.folder;
      architecture = from.architecture;
      weights = from.weights;
      plan = from.plan;
      folds = from.folds;
      seed = from.seed;
      trainer = from.trainer;
      engine = from.engine;
      options = from.options;
      precision = from.precision;
      decision = from.decision;
      mirrored = from.mirrored;
      views = from.views;
      refit = from.refit;
      robustness = from.robustness;
    }

    /** Sets {@link TrainingSettings#faces}. */
    public Builder faces(FaceSet faces) {
      this.faces = Objects.requireNonNull(faces, "faces");
      return this;
    }

    /** Sets {@link TrainingSettings#test}. */
    public Builder test(FaceSet test) {
      this.test = Optional.of(test);
      return this;
    }

    /** Sets {@link TrainingSettings#weights}. */
    public Builder weights(Path weights) {
      this.weights = Optional.of(weights);
      return this;
    }

    /** Sets {@link TrainingSettings#plan}. */
    public Builder plan(Plan plan) {
      this.plan = Objects.requireNonNull(plan, "plan");
      return this;
    }

    /** Sets {@link TrainingSettings#folds}. */
    public Builder folds(CrossValidation folds) {
      this.folds = Objects.requireNonNull(folds, "folds");
      return this;
    }

    /** Sets {@link TrainingSettings#seed}. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets {@link TrainingSettings#engine}. */
    public Builder engine(Backend engine) {
      this.engine = Objects.requireNonNull(engine, "engine");
      return this;
    }

    /** Sets {@link TrainingSettings#options}. */
    public Builder options(ProgramOptions options) {
      this.options = Objects.requireNonNull(options, "options");
      return this;
    }

    /** Sets {@link TrainingSettings#precision}. */
    public Builder precision(Precision precision) {
      this.precision = Objects.requireNonNull(precision, "precision");
      return this;
    }

    /** Sets {@link TrainingSettings#decision}. */
    public Builder decision(DecisionGoal decision) {
      this.decision = Optional.of(decision);
      return this;
    }

    /** Sets {@link TrainingSettings#mirrored}. */
    public Builder mirrored(boolean mirrored) {
      this.mirrored = mirrored;
      return this;
    }

    /** Sets {@link TrainingSettings#views}. */
    public Builder views(Views views) {
      this.views = Objects.requireNonNull(views, "views");
      return this;
    }

    /** Sets {@link TrainingSettings#refit}. */
    public Builder refit(boolean refit) {
      this.refit = refit;
      return this;
    }

    /** Sets {@link TrainingSettings#robustness}. */
    public Builder robustness(boolean robustness) {
      this.robustness = robustness;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    public TrainingSettings build() {
      return new TrainingSettings(this);
    }
  }
}

package io.unmask.training.plan;

import com.google.common.collect.ImmutableMap;
import io.unmask.training.augmentation.Augmentation;
import io.unmask.training.augmentation.Augmentations;
import io.unmask.training.plan.Phase.Trunk;
import io.unmask.training.schedule.EarlyStopping;
import io.unmask.training.schedule.LearningRate;
import io.unmask.training.schedule.ReduceOnPlateau;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a network is trained. Immutable.
 *
 * @param name what it is called
 * @param phases one or two, each from the best epoch of the one before
 * @param batch how many images a step takes
 * @param augmentation what is done to training images
 * @param crop the side of the random squares that are cut out of training images, 0 for whole ones
 * @param variants how many augmented variants of an image the features of a frozen trunk are
 *     computed for, one an epoch in turn
 * @param remade how often what was made of a photograph comes with it as a fake, in [0, 1], where
 *     it is there and the trunk is trained
 */
public record Plan(
    String name,
    List<Phase> phases,
    int batch,
    Augmentations augmentation,
    int crop,
    int variants,
    double remade) {

  /** The name of {@link #twoPhase}. */
  public static final String TWO_PHASE = "two-phase";

  /** The name of {@link #fromScratch}. */
  public static final String FROM_SCRATCH = "from-scratch";

  /** The name of {@link #singlePhase}. */
  public static final String SINGLE_PHASE = "single-phase";

  /** The name of {@link #head}. */
  public static final String HEAD = "head";

  /** The name of {@link #fineTune}. */
  public static final String FINE_TUNE = "fine-tune";

  private static final int BATCH = 32;
  private static final int VARIANTS = 5;
  private static final double LOWEST_RATE = 1e-7;
  private static final double HALF = 0.5;

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Plan {
    phases = List.copyOf(phases);
    if (phases.isEmpty() || phases.size() > 2) {
      throw new IllegalArgumentException("a plan has 1 or 2 phases, not " + phases.size());
    }
    if (batch < 1 || crop < 0 || variants < 1) {
      throw new IllegalArgumentException(
          "a batch of %d, crops of %d, %d variants are out of range"
              .formatted(batch, crop, variants));
    }
    if (!(remade >= 0 && remade <= 1)) {
      throw new IllegalArgumentException("a share lies in [0, 1], not " + remade);
    }
  }

  /**
   * The reference's: 20 epochs of Adam at 1e-3 with the trunk frozen, then 30 at 1e-5 in which the
   * trunk is trained too, with the reference's callbacks.
   */
  public static Plan twoPhase() {
    Phase first =
        Phase.of(20, new LearningRate.Constant(1e-3), Trunk.FROZEN)
            .withCallbacks(new ReduceOnPlateau(HALF, 4, LOWEST_RATE), new EarlyStopping(10))
            .withL2(1e-4);
    Phase second =
        Phase.of(30, new LearningRate.Constant(1e-5), Trunk.TRAINED)
            .withCallbacks(new ReduceOnPlateau(HALF, 7, LOWEST_RATE), new EarlyStopping(15))
            .withL2(1e-4);
    return new Plan(
        TWO_PHASE, List.of(first, second), BATCH, Augmentations.REFERENCE, 0, VARIANTS, 0);
  }

  /**
   * For networks without a trained trunk, where freezing it would be senseless: everything is
   * trained from the first epoch, with decoupled weight decay, a learning rate of one cycle and
   * smoothed labels.
   */
  public static Plan fromScratch() {
    Phase only =
        Phase.of(60, new LearningRate.OneCycle(4e-3), Trunk.TRAINED_WITH_STATISTICS)
            .withWeightDecay(0.02)
            .withLabelSmoothing(0.06);
    return new Plan(FROM_SCRATCH, List.of(only), BATCH, Augmentations.ROBUST, 0, 1, 0);
  }

  /** The reference's for its small network: 20 epochs of Adam at 1e-3. */
  public static Plan singlePhase() {
    Phase only = Phase.of(20, new LearningRate.Constant(1e-3), Trunk.TRAINED_WITH_STATISTICS);
    return new Plan(SINGLE_PHASE, List.of(only), BATCH, Augmentations.NONE, 0, 1, 0);
  }

  /**
   * For a small head on a trunk that stays as it is: 40 epochs of Adam at a rate that falls from
   * 1e-3 to nothing, with L2. The last epoch is kept, so that the figures on validation images did
   * not choose it.
   */
  public static Plan head() {
    Phase only =
        Phase.of(40, new LearningRate.Cosine(1e-3), Trunk.FROZEN).withL2(0.01).keepingLast();
    return new Plan(HEAD, List.of(only), 64, Augmentations.ROBUST, 0, 3, 0);
  }

  /**
   * For the early layers of a trained trunk, which are to learn the traces of generators: 10 epochs
   * of a head on the trunk as it is, and then all of it together, on random squares of images that
   * went through what photos go through, with decoupled weight decay, a small learning rate of one
   * cycle and smoothed labels. The statistics of the trunk's batch normalisations stay, and the
   * last epoch is kept.
   */
  public static Plan fineTune() {
    Phase first = head().phases().get(0).withEpochs(10);
    Phase second =
        Phase.of(2, new LearningRate.OneCycle(2e-4), Trunk.TRAINED)
            .withWeightDecay(0.01)
            .withLabelSmoothing(0.06)
            .keepingLast();
    return new Plan(FINE_TUNE, List.of(first, second), BATCH, Augmentations.TRAVELLED, 128, 1, 0.4);
  }

  /**
   * The plan of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Plan named(String name) {
    return switch (name) {
      case TWO_PHASE -> twoPhase();
      case FROM_SCRATCH -> fromScratch();
      case SINGLE_PHASE -> singlePhase();
      case HEAD -> head();
      case FINE_TUNE -> fineTune();
      default ->
          throw new IllegalArgumentException(
              "there is no plan '%s'; choose %s, %s, %s, %s or %s"
                  .formatted(name, TWO_PHASE, FROM_SCRATCH, SINGLE_PHASE, HEAD, FINE_TUNE));
    };
  }

  /** The same with other phases. */
  public Plan withPhases(List<Phase> others) {
    return new Plan(name, others, batch, augmentation, crop, variants, remade);
  }

  /**
   * The same with these numbers of epochs, one a phase; 0 leaves the second phase out.
   *
   * @throws IllegalArgumentException if there are more or fewer than phases
   */
  public Plan withEpochs(List<Integer> epochs) {
    checkOneEach("epochs", epochs);
    List<Phase> others = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      if (i == 0 || epochs.get(i) != 0) {
        others.add(phases.get(i).withEpochs(epochs.get(i)));
      }
    }
    return withPhases(others);
  }

  /**
   * The same with these learning rates, one a phase.
   *
   * @throws IllegalArgumentException if there are more or fewer than phases
   */
  public Plan withRates(List<Double> rates) {
    checkOneEach("learning rates", rates);
    List<Phase> others = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      others.add(phases.get(i).withRate(rates.get(i)));
    }
    return withPhases(others);
  }

  /** The same with this L2 in all phases. */
  public Plan withL2(double factor) {
    return withPhases(phases.stream().map(phase -> phase.withL2(factor)).toList());
  }

  private void checkOneEach(String what, List<?> given) {
    if (given.size() != phases.size()) {
      throw new IllegalArgumentException(
          "plan %s has %d phase(s), but there are %d %s"
              .formatted(name, phases.size(), given.size(), what));
    }
  }

  /** The same with another batch. */
  public Plan withBatch(int images) {
    return new Plan(name, phases, images, augmentation, crop, variants, remade);
  }

  /** The same with another augmentation. */
  public Plan withAugmentation(Augmentations other) {
    return new Plan(name, phases, batch, other, crop, variants, remade);
  }

  /** The same with crops of another side, 0 for none. */
  public Plan withCrop(int side) {
    return new Plan(name, phases, batch, augmentation, side, variants, remade);
  }

  /** The same with another number of variants. */
  public Plan withVariants(int number) {
    return new Plan(name, phases, batch, augmentation, crop, number, remade);
  }

  /** The same with another share of photographs that come with what was made of them. */
  public Plan withRemade(double share) {
    return new Plan(name, phases, batch, augmentation, crop, variants, share);
  }

  /** What is done to a training image, the crop included. */
  public Augmentation operations() {
    return augmentation.cropped(crop);
  }

  /** All that it consists of, as text by name: two plans are the same if this is. */
  public Map<String, String> description() {
    ImmutableMap.Builder<String, String> facts = ImmutableMap.builder();
    facts.put("Plan", name);
    for (int i = 0; i < phases.size(); i++) {
      facts.put("Phase " + (i + 1), phase(phases.get(i)));
    }
    facts.put("Batch", String.valueOf(batch));
    facts.put("Augmentation", augmentation.key());
    facts.put("Crop", crop == 0 ? "none" : crop + "x" + crop);
    if (phases.get(0).trunk() == Trunk.FROZEN) {
      facts.put("Variants", String.valueOf(variants));
    }
    if (remade > 0) {
      facts.put("Remade photographs", String.valueOf(remade));
    }
    return facts.buildOrThrow();
  }

  private static String phase(Phase phase) {
    String text =
        "%d epochs, %s, trunk %s"
            .formatted(
                phase.epochs(),
                phase.rate(),
                phase.trunk().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text += phase.plateau().map(plateau -> ", " + plateau).orElse("");
    text += phase.stopping().map(stopping -> ", " + stopping).orElse("");
    text += phase.l2() == 0 ? "" : ", L2 " + phase.l2();
    text += phase.keepsLast() ? ", last epoch kept" : "";
    text += phase.weightDecay() == 0 ? "" : ", weight decay " + phase.weightDecay();
    return text
        + (phase.labelSmoothing() == 0 ? "" : ", label smoothing " + phase.labelSmoothing());
  }
}

package io.unmask.training.run;

import io.unmask.keras.KerasReader;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import io.unmask.network.architecture.TapsClassifier;
import io.unmask.network.pass.CutNetwork;
import io.unmask.network.pass.ResizeInput;
import io.unmask.spi.Trainable;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;
import io.unmask.training.data.Fold;
import io.unmask.training.plan.Architecture;
import io.unmask.training.plan.Phase;
import io.unmask.training.report.History;
import io.unmask.training.schedule.BestEpoch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;

/** Trains one fold, phase by phase, and goes on where it was interrupted. */
final class FoldTrainer {

  private final TrainingSettings settings;
  private final Trainable trainable;
  private final RunFolder folder;
  private final Fold fold;
  private final boolean[] fakes;
  private final ImageSamples images;
  private final Optional<TrunkFeatures> features;
  private final ExecutorService threads;
  private final TrainingListener listener;

  FoldTrainer(
      TrainingSettings settings,
      Trainable trainable,
      RunFolder folder,
      Fold fold,
      ImageSamples images,
      Optional<TrunkFeatures> features,
      ExecutorService threads,
      TrainingListener listener) {
    this.settings = settings;
    this.trainable = trainable;
    this.folder = folder;
    this.fold = fold;
    this.fakes = settings.faces().fakes();
    this.images = images;
    this.features = features;
    this.threads = threads;
    this.listener = listener;
  }

  /** Trains all phases from these weights. Returns how it went. */
  History train(Network start) {
    List<History.Epoch> epochs = new ArrayList<>();
    Network network = start;
    List<Phase> phases = settings.plan().phases();
    for (int number = 1; number <= phases.size(); number++) {
      List<History.Epoch> ofPhase = train(network, phases.get(number - 1), number, epochs.size());
      if (!phases.get(number - 1).keepsLast()
          && BestEpoch.of(PhaseState.losses(ofPhase)).isEmpty()) {
        throw RunFolder.failure(
            "the validation loss of fold %d was no finite number in any epoch of phase %d: lower the learning rate, and choose another folder with --out"
                .formatted(fold.number(), number),
            null);
      }
      epochs.addAll(ofPhase);
      network = KerasReader.read(folder.model(fold.number(), number));
    }
    return new History(epochs);
  }

  private List<History.Epoch> train(Network network, Phase phase, int number, int epochsBefore) {
    PhaseState state =
        StateFile.read(folder.state(fold.number(), number))
            .orElse(new PhaseState(List.of(), Optional.empty()));
    if (!state.epochs().isEmpty() && state.point().isEmpty()) {
      return state.epochs(); // the phase is done
    }
    Optional<CutNetwork> cut =
        phase.trunk() == Phase.Trunk.FROZEN
            ? Optional.of(
                CutNetwork.behind(network, settings.architecture().trunk().orElseThrow().end()))
            : Optional.empty();
    Network first = cut.map(CutNetwork::head).orElse(network);
    if (cut.isEmpty() && settings.plan().crop() > 0) {
      first = ResizeInput.to(first, settings.plan().crop(), settings.plan().crop());
    }
    if (cut.isPresent() && settings.architecture().taps().isPresent()) {
      first =
          Normalization.of(
              first,
              TapsClassifier.NORMALIZATION,
              features.orElseThrow(),
              Weighted.of(fold.training(), settings));
    }
    if (state.point().isPresent()) {
      first = with(first, state.point().get().weights());
    }
    List<History.Epoch> epochs = new ArrayList<>(state.epochs());
    try (TrainingSession session = trainable.open(first, options(phase, number))) {
      state.point().ifPresent(point -> session.restore(point.optimizer()));
      Epoch epoch = new Epoch(session, phase, number, cut, epochsBefore);
      while (true) {
        List<Double> losses = PhaseState.losses(epochs);
        boolean stopped = phase.stopping().isPresent() && phase.stopping().get().stopsAfter(losses);
        if (stopped || epochs.size() >= phase.epochs()) {
          break;
        }
        epochs.add(epoch.run(epochs));
      }
    }
    StateFile.write(new PhaseState(epochs, Optional.empty()), folder.state(fold.number(), number));
    return epochs;
  }

  private TrainingOptions options(Phase phase, int number) {
    Architecture architecture = settings.architecture();
    return TrainingOptions.builder()
        .program(settings.options())
        .trainable(layer -> !architecture.isFixed(layer))
        .batchStatistics(
            layer ->
                phase.trunk() == Phase.Trunk.TRAINED_WITH_STATISTICS
                    || !architecture.inTrunk(layer))
        .l2(layer -> architecture.isRegularised(layer) ? phase.l2() : 0)
        .weightDecay(phase.weightDecay())
        .labelSmoothing(phase.labelSmoothing())
        .seed(seed(number))
        .build();
  }

  private long seed(int number) {
    return new SplittableRandom(settings.seed() * 1009 + fold.number() * 31L + number).nextLong();
  }

  private static Network with(Network network, List<Weights> weights) {
    Iterator<Weights> values = weights.iterator();
    Network.Builder builder = Network.builder(network.name());
    for (Node node : network.nodes()) {
      List<Weights> own = node.layer().weights().stream().map(before -> values.next()).toList();
      builder.add(node.name(), node.layer().withWeights(own), node.inputs());
    }
    return builder.build(network.outputs());
  }

  private static List<Weights> weights(Network network) {
    return network.nodes().stream().flatMap(node -> node.layer().weights().stream()).toList();
  }

  /** Runs the epochs of one phase. */
  private final class Epoch {

    private final TrainingSession session;
    private final Phase phase;
    private final int phaseNumber;
    private final Optional<CutNetwork> cut;
    private final int epochsBefore;
    private final Samples samples;

    Epoch(
        TrainingSession session,
        Phase phase,
        int phaseNumber,
        Optional<CutNetwork> cut,
        int epochsBefore) {
      this.session = session;
      this.phase = phase;
      this.phaseNumber = phaseNumber;
      this.cut = cut;
      this.epochsBefore = epochsBefore;
      this.samples = cut.isPresent() ? features.orElseThrow() : images.cropped(settings.plan());
    }

    History.Epoch run(List<History.Epoch> before) {
      int index = before.size();
      int overall = epochsBefore + index;
      Draws draws = draws(overall);
      int steps = Batches.count(draws.size(), settings.plan().batch());
      TrainingListener.Position position =
          new TrainingListener.Position(fold.number(), phaseNumber, index + 1, phase.epochs());
      listener.epochBegins(position, steps);
      List<Double> losses = PhaseState.losses(before);
      RunningMean training = new RunningMean();
      double rate = 0;
      try (Batches batches = batches(samples::augmented, draws)) {
        for (long step = (long) index * steps; batches.hasNext(); step++) {
          rate = rate(step, (long) phase.epochs() * steps, losses);
          Batches.Batch batch = batches.next();
          training.add(session.step(batch.samples(), batch.labels(), rate));
          checkFinite(training, position);
          listener.progress(training.means().loss(), training.means().accuracy());
          listener.step();
        }
      }
      Network now = session.network();
      Network whole = whole(now);
      Means validation = validation(whole);
      History.Epoch epoch =
          new History.Epoch(
              overall + 1,
              phaseNumber,
              training.means().loss(),
              training.means().accuracy(),
              validation.loss(),
              validation.accuracy(),
              rate);
      List<History.Epoch> all = new ArrayList<>(before);
      all.add(epoch);
      keep(all, now, whole);
      listener.epochEnds(position, epoch, isBest(all));
      return epoch;
    }

    private double rate(long step, long steps, List<Double> losses) {
      double rate = phase.rate().at(step, steps);
      return Math.max(
          phase.plateau().map(plateau -> plateau.rateAfter(rate, losses)).orElse(rate),
          Float.MIN_NORMAL); // a curve ends at nothing, which is no rate
    }

    private Draws draws(int epoch) {
      if (!settings.folds().balancesSources()) {
        return Draws.shuffled(fold.training(), seed(0), epoch);
      }
      double remade = cut.isPresent() ? 0 : settings.plan().remade();
      return Draws.balanced(fold.training(), settings.faces().images(), remade, seed(0), epoch);
    }

    private Batches batches(Batches.Source source, Draws draws) {
      return new Batches(source, samples.size(), fakes, draws, settings.plan().batch(), threads);
    }

    /** The network as it is used, on whole images. */
    private Network whole(Network now) {
      if (cut.isPresent()) {
        return new CutNetwork(cut.get().trunk(), now).joined();
      }
      return ResizeInput.to(now, images.format().height(), images.format().width());
    }

    private Means validation(Network whole) {
      if (fold.validation().length == 0) {
        return new Means(Double.NaN, Double.NaN);
      }
      Weighted images = Weighted.of(fold.validation(), settings);
      if (cut.isEmpty() && settings.plan().crop() > 0) {
        return WholeImages.validate(whole, settings, images, FoldTrainer.this.images, threads);
      }
      return images.means(
          group -> {
            RunningMean mean = new RunningMean();
            try (Batches batches =
                batches((draw, to) -> samples.plain(draw.image(), to), Draws.inOrder(group))) {
              while (batches.hasNext()) {
                Batches.Batch batch = batches.next();
                mean.add(session.evaluate(batch.samples(), batch.labels()));
              }
            }
            return mean.means();
          });
    }

    /**
     * The model that is kept first: if what follows fails, this epoch is run again and writes it
     * again.
     */
    private void keep(List<History.Epoch> epochs, Network now, Network whole) {
      if (isBest(epochs)) {
        KerasWriter.write(whole, folder.model(fold.number(), phaseNumber), settings.precision());
      }
      PhaseState.Point point = new PhaseState.Point(weights(now), session.optimizerState());
      StateFile.write(
          new PhaseState(epochs, Optional.of(point)), folder.state(fold.number(), phaseNumber));
    }

    private boolean isBest(List<History.Epoch> epochs) {
      if (phase.keepsLast()) {
        return epochs.size() == phase.epochs();
      }
      List<Double> losses = PhaseState.losses(epochs);
      return BestEpoch.of(losses).orElse(-1) == epochs.size() - 1;
    }

    private void checkFinite(RunningMean mean, TrainingListener.Position position) {
      if (!Double.isFinite(mean.means().loss())) {
        throw RunFolder.failure(
            "the loss of fold %d is %s in epoch %d of phase %d: the training diverges; lower the learning rate"
                .formatted(
                    position.fold(), mean.means().loss(), position.number(), position.phase()),
            null);
      }
    }
  }
}

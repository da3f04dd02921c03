package io.unmask.backend.tensorflow;

import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.network.Weights;
import io.unmask.spi.BatchResult;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.OptimizerState;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A session over a {@link TrainingGraph}; its variables are the weights. */
final class TensorFlowTraining implements TrainingSession {

  private final Graph graph = new Graph();
  private final TrainingGraph parts;
  private final TrainedNetwork trained;
  private final Session session;
  private final Shape image;
  private final long seed;
  private final boolean runsOnGpu;
  private final ProgramInfo info;
  private long steps;
  private boolean closed;

  TensorFlowTraining(TrainedNetwork trained, TrainingOptions options, boolean gpu) {
    this.trained = trained;
    this.image = trained.inputShape();
    this.seed = options.seed();
    try {
      parts = new TrainingGraph(graph, trained, options);
      session = new Session(graph, TensorFlowProgram.config(options.program(), gpu));
    } catch (RuntimeException | OutOfMemoryError e) {
      graph.close();
      throw e;
    }
    try {
      Map<Variables.Variable, Weights> first = new LinkedHashMap<>();
      for (Parameter parameter : trained.parameters()) {
        first.put(parts.variables().of(parameter.weights()), parameter.weights());
      }
      assign(first);
      Map<Variables.Variable, Weights> zeros = new LinkedHashMap<>();
      for (Variables.Variable slot : parts.adam().slots()) {
        zeros.put(slot, Weights.view(slot.shape(), FloatBuffer.allocate(slot.shape().size())));
      }
      assign(zeros);
      runsOnGpu = gpu && tryOnGpu();
    } catch (RuntimeException | OutOfMemoryError e) {
      close();
      throw e;
    }
    String device = runsOnGpu ? "gpu" + CudaInstallation.ofThisMachine().model() : "cpu";
    info =
        new ProgramInfo(
            TensorFlowBackend.NAME,
            Natives.version(),
            device,
            options.program().effectiveThreads());
  }

  /** In one run, as TensorFlow prepares the whole graph anew for whatever else is to be run. */
  private void assign(Map<Variables.Variable, Weights> values) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      values.forEach(
          (variable, weights) -> {
            TFloat32 tensor = TFloat32.tensorOf(Variables.dims(variable.shape()));
            tensors.add(tensor);
            weights.copyTo(TensorMemory.floats(tensor));
            runner.feed(variable.fed(), tensor).addTarget(variable.assign());
          });
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** Runs the network once and tells whether that was on a GPU. */
  private boolean tryOnGpu() {
    try (TFloat32 zeros = TFloat32.tensorOf(Translation.batched(image, 1));
        Result result =
            session
                .runner()
                .feed(parts.inference().images(), zeros)
                .fetch(parts.inference().probabilities())
                .setOptions(
                    RunOptions.newBuilder()
                        .setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE)
                        .build())
                .runAndFetchMetadata()) {
      return TensorFlowProgram.ranOnGpu(result);
    }
  }

  boolean runsOnGpu() {
    return runsOnGpu;
  }

  @Override
  public BatchResult step(FloatBuffer images, float[] labels, double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a learning rate is positive, not " + learningRate);
    }
    check(images, labels);
    return engine(
        () -> {
          try (TFloat32 rate = TFloat32.scalarOf((float) learningRate);
              TFloat32 number = TFloat32.scalarOf((float) (steps + 1));
              TInt64 mask = TInt64.vectorOf(seed, steps)) {
            Session.Runner runner =
                session
                    .runner()
                    .feed(parts.rate(), rate)
                    .feed(parts.step(), number)
                    .feed(parts.seed(), mask);
            parts.updates().forEach(runner::addTarget);
            BatchResult result = run(runner, parts.training(), images, labels);
            steps++;
            return result;
          }
        });
  }

  @Override
  public BatchResult evaluate(FloatBuffer images, float[] labels) {
    check(images, labels);
    return engine(() -> run(session.runner(), parts.inference(), images, labels));
  }

  private BatchResult run(
      Session.Runner runner, TrainingGraph.Pass pass, FloatBuffer images, float[] labels) {
    try (TFloat32 input = TFloat32.tensorOf(Translation.batched(image, labels.length));
        TFloat32 targets = TFloat32.vectorOf(labels)) {
      TensorMemory.floats(input).put(images.duplicate());
      runner.feed(pass.images(), input).feed(parts.labels(), targets);
      try (Result result = runner.fetch(pass.loss()).fetch(pass.correct()).run()) {
        return new BatchResult(
            labels.length,
            TensorMemory.floats(result.get(0)).get(),
            (int) TensorMemory.floats(result.get(1)).get());
      }
    }
  }

  @Override
  public float[] predict(FloatBuffer images, int count) {
    checkSize(images, count);
    return engine(
        () -> {
          try (TFloat32 input = TFloat32.tensorOf(Translation.batched(image, count))) {
            TensorMemory.floats(input).put(images.duplicate());
            Session.Runner runner = session.runner().feed(parts.inference().images(), input);
            return fetch(runner, List.of(parts.inference().probabilities())).get(0);
          }
        });
  }

  /** The gradient of the training loss by each trained parameter; changes nothing. */
  Map<String, float[]> gradients(FloatBuffer images, float[] labels) {
    check(images, labels);
    return engine(
        () -> {
          try (TFloat32 input = TFloat32.tensorOf(Translation.batched(image, labels.length));
              TFloat32 targets = TFloat32.vectorOf(labels);
              TInt64 mask = TInt64.vectorOf(seed, steps)) {
            TensorMemory.floats(input).put(images.duplicate());
            Session.Runner runner =
                session
                    .runner()
                    .feed(parts.training().images(), input)
                    .feed(parts.labels(), targets)
                    .feed(parts.seed(), mask);
            List<float[]> values = fetch(runner, parts.gradients());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            for (Parameter parameter : trained.parameters()) {
              if (parameter.trained()) {
                gradients.put(parameter.name(), values.get(gradients.size()));
              }
            }
            return gradients;
          }
        });
  }

  private static List<float[]> fetch(Session.Runner runner, List<Output<TFloat32>> outputs) {
    outputs.forEach(runner::fetch);
    List<float[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < outputs.size(); i++) {
        FloatBuffer floats = TensorMemory.floats(result.get(i));
        float[] value = new float[floats.remaining()];
        floats.get(value);
        values.add(value);
      }
    }
    return values;
  }

  @Override
  public Network network() {
    return engine(
        () -> {
          List<Parameter> parameters = trained.parameters();
          List<Weights> now =
              values(parameters.stream().map(p -> parts.variables().of(p.weights())).toList());
          IdentityHashMap<Weights, Weights> values = new IdentityHashMap<>();
          for (int i = 0; i < now.size(); i++) {
            values.put(parameters.get(i).weights(), now.get(i));
          }
          return trained.with(weights -> Objects.requireNonNull(values.get(weights)));
        });
  }

  private List<Weights> values(List<Variables.Variable> variables) {
    List<float[]> values =
        fetch(session.runner(), variables.stream().map(v -> v.value().asOutput()).toList());
    List<Weights> weights = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      weights.add(Weights.view(variables.get(i).shape(), FloatBuffer.wrap(values.get(i))));
    }
    return weights;
  }

  @Override
  public OptimizerState optimizerState() {
    return engine(
        () -> {
          List<Variables.Variable> all = parts.adam().slots();
          List<Weights> now = values(all);
          Map<String, Weights> slots = new LinkedHashMap<>();
          for (int i = 0; i < now.size(); i++) {
            slots.put(all.get(i).name(), now.get(i));
          }
          return new OptimizerState(steps, slots);
        });
  }

  @Override
  public void restore(OptimizerState state) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    parts.adam().slots().forEach(slot -> expected.put(slot.name(), slot.shape()));
    Map<String, Shape> found = new LinkedHashMap<>();
    state.slots().forEach((name, weights) -> found.put(name, weights.shape()));
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "an optimizer's state of %d arrays does not fit this session, which has %d of other names or shapes"
              .formatted(found.size(), expected.size()));
    }
    engine(
        () -> {
          Map<Variables.Variable, Weights> values = new LinkedHashMap<>();
          for (Variables.Variable slot : parts.adam().slots()) {
            values.put(slot, Objects.requireNonNull(state.slots().get(slot.name())));
          }
          assign(values);
          steps = state.steps();
          return steps;
        });
  }

  @Override
  public ProgramInfo info() {
    return info;
  }

  private void check(FloatBuffer images, float[] labels) {
    for (float label : labels) {
      if (!(label >= 0 && label <= 1)) {
        throw new IllegalArgumentException("a label lies in [0, 1], not " + label);
      }
    }
    checkSize(images, labels.length);
  }

  private void checkSize(FloatBuffer images, int count) {
    if (count < 1 || images.remaining() != (long) count * image.size()) {
      throw new IllegalArgumentException(
          "%d image(s) of shape %s are %d floats, but the buffer holds %d"
              .formatted(count, image, (long) count * image.size(), images.remaining()));
    }
  }

  private <T> T engine(Supplier<T> work) {
    if (closed) {
      throw new IllegalStateException("the training session is closed");
    }
    try {
      return work.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      // TensorFlow's exceptions have no type in common.
      throw EngineFailure.of("Backend 'tensorflow' failed", e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.close();
      graph.close();
      NativeHeap.trim();
    }
  }
}

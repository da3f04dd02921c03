package io.unmask.training.run;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.BatchResult;
import io.unmask.spi.Device;
import io.unmask.spi.OptimizerState;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Trainable;
import io.unmask.spi.TrainingOptions;
import io.unmask.spi.TrainingSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs and trains, in a few lines, networks of a global pooling and a dense layer of one unit. */
final class PlainBackend implements Backend {

  private static final ProgramInfo INFO = new ProgramInfo("plain", "Java", "cpu", 1);

  /** How many images went through a whole network or a trunk. */
  int images;

  /** How many sessions there were. */
  int sessions;

  /** How many validations yet have a loss that is no number. */
  int brokenValidations;

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability probe(Device device) {
    return new Availability.Available("cpu", "Java");
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    return new Program() {
      @Override
      public float[][] run(FloatBuffer batch, int count) {
        images += count;
        int size = network.inputShape().size();
        int width = network.outputShape(0).size();
        float[] out = new float[count * width];
        for (int i = 0; i < count; i++) {
          float[] values =
              PlainBackend.run(network, batch.slice(batch.position() + i * size, size));
          System.arraycopy(values, 0, out, i * width, width);
        }
        return new float[][] {out};
      }

      @Override
      public ProgramInfo info() {
        return INFO;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<Trainable> trainable() {
    return Optional.of(Session::new);
  }

  /** The features, if the network ends there, or else the probability. */
  private static float[] run(Network network, FloatBuffer input) {
    float[] x = new float[input.remaining()];
    input.duplicate().get(x);
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.GlobalAveragePooling2D) {
        float[] mean = new float[node.shape().size()];
        for (int i = 0; i < x.length; i++) {
          mean[i % mean.length] += x[i] * mean.length / x.length;
        }
        x = mean;
      } else if (node.layer() instanceof Layer.Dense dense) {
        double sum = dense.bias().get(0);
        for (int i = 0; i < x.length; i++) {
          sum += x[i] * dense.kernel().get(i);
        }
        x = new float[] {(float) (1 / (1 + Math.exp(-sum)))};
      }
    }
    return x;
  }

  /** Gradient descent with momentum. */
  private final class Session implements TrainingSession {

    private final TrainingOptions options;
    private Network network;
    private Weights velocity;
    private long steps;

    Session(Network network, TrainingOptions options) {
      this.network = network;
      this.options = options;
      this.velocity = Weights.vector(new float[kernel().length]);
      sessions++;
    }

    private float[] kernel() {
      for (Node node : network.nodes()) {
        if (node.layer() instanceof Layer.Dense dense) {
          return dense.kernel().toArray();
        }
      }
      throw new AssertionError("no dense layer");
    }

    @Override
    public BatchResult step(FloatBuffer batch, float[] labels, double rate) {
      BatchResult before = result(batch, labels);
      float[] gradient = new float[kernel().length];
      int size = network.inputShape().size();
      for (int i = 0; i < labels.length; i++) {
        FloatBuffer one = batch.slice(batch.position() + i * size, size);
        float difference = run(network, one)[0] - labels[i];
        float[] features = new float[gradient.length];
        for (int k = 0; k < size; k++) {
          features[k % features.length] += one.get(k) * features.length / size;
        }
        for (int k = 0; k < gradient.length; k++) {
          gradient[k] += difference * features[k] / labels.length;
        }
      }
      float[] moved = velocity.toArray();
      float[] kernel = kernel();
      for (int k = 0; k < kernel.length; k++) {
        moved[k] = 0.9f * moved[k] + gradient[k];
        kernel[k] -= (float) (rate * moved[k]);
      }
      velocity = Weights.vector(moved);
      steps++;
      Network.Builder builder = Network.builder(network.name());
      for (Node node : network.nodes()) {
        Layer layer = node.layer();
        if (layer instanceof Layer.Dense dense && options.trains(node.name())) {
          layer =
              dense.withWeights(List.of(Weights.of(dense.kernel().shape(), kernel), dense.bias()));
        }
        builder.add(node.name(), layer, node.inputs());
      }
      network = builder.build(network.outputs());
      return before;
    }

    @Override
    public BatchResult evaluate(FloatBuffer batch, float[] labels) {
      BatchResult result = result(batch, labels);
      if (brokenValidations > 0) {
        brokenValidations--;
        return new BatchResult(result.count(), Double.NaN, result.correct());
      }
      return result;
    }

    private BatchResult result(FloatBuffer batch, float[] labels) {
      float[] p = predict(batch, labels.length);
      double loss = 0;
      int correct = 0;
      for (int i = 0; i < p.length; i++) {
        loss -= Math.log(labels[i] > 0.5 ? p[i] : 1 - p[i]) / p.length;
        correct += (p[i] > 0.5) == (labels[i] > 0.5) ? 1 : 0;
      }
      return new BatchResult(labels.length, loss, correct);
    }

    @Override
    public float[] predict(FloatBuffer batch, int count) {
      List<Float> all = new ArrayList<>();
      int size = network.inputShape().size();
      for (int i = 0; i < count; i++) {
        all.add(run(network, batch.slice(batch.position() + i * size, size))[0]);
      }
      float[] p = new float[count];
      for (int i = 0; i < count; i++) {
        p[i] = all.get(i);
      }
      return p;
    }

    @Override
    public Network network() {
      return network;
    }

    @Override
    public OptimizerState optimizerState() {
      return new OptimizerState(steps, Map.of("velocity", velocity));
    }

    @Override
    public void restore(OptimizerState state) {
      steps = state.steps();
      velocity = state.slots().get("velocity");
    }

    @Override
    public ProgramInfo info() {
      return INFO;
    }

    @Override
    public void close() {}
  }
}

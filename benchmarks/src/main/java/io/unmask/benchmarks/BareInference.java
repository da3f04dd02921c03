package io.unmask.benchmarks;

import io.unmask.network.Network;
import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One image, or a batch of them, through the Xception classifier, from floats to the probabilities.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class BareInference {

  private static final int IMAGES = 8;
  private static final double TOLERANCE = 5e-6;

  /** The engine, by the name in {@link Engine}. */
  @Param({"unmask-cpu", "unmask-tensorflow", Engine.PEER})
  public String engine;

  /** How many threads work on one image. */
  @Param({"1", "2"})
  public int threads;

  /** How many images are handed over in one call. */
  @Param("1")
  public int batch;

  private FloatBuffer[] images;
  private FloatBuffer[] batches;
  private Program program;
  private int next;

  /** Compiles the network, and checks the engine's answers against the other engine's. */
  @Setup
  public void setUp() {
    Network network = SampleWeights.xception();
    images = Images.random(IMAGES, network.inputShape());
    batches = Images.batches(images, batch);
    float[] expected;
    String other = engine.equals("unmask-cpu") ? Engine.PEER : "unmask-cpu";
    try (Program check = Engine.compile(other, network, threads)) {
      expected = probabilities(check);
    }
    program = Engine.compile(engine, network, threads);
    float[] actual = probabilities(program);
    for (int i = 0; i < IMAGES; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            "image %d: %s says %s, %s says %s".formatted(i, engine, actual[i], other, expected[i]));
      }
    }
  }

  private float[] probabilities(Program checked) {
    float[] probabilities = new float[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      probabilities[i] = checked.run(images[i], 1)[0][0];
    }
    return probabilities;
  }

  /** Releases the engine. */
  @TearDown
  public void tearDown() {
    program.close();
  }

  /** Classifies the next images. */
  @Benchmark
  public float[][] run() {
    next = (next + 1) % IMAGES;
    return program.run(batches[next], batch);
  }
}

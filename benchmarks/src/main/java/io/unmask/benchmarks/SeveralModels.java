package io.unmask.benchmarks;

import io.unmask.network.Network;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
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

/** One image through one Xception classifier, and through five that are merged into one network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class SeveralModels {

  /** A single model, which the others are measured against. */
  static final String ONE = "one";

  private static final int IMAGES = 8;
  private static final int MEMBERS = 5;
  private static final double TOLERANCE = 5e-6;

  /** One model, five with the same trunk, or five that have nothing in common. */
  @Param({ONE, "five-shared", "five-distinct"})
  public String models;

  /** How many threads work on one image. */
  @Param("2")
  public int threads;

  private FloatBuffer[] images;
  private Program program;
  private int next;

  /** Compiles the network, and checks that it gives the first model's answer. */
  @Setup
  public void setUp() {
    Network first = SampleWeights.xception(0, 0);
    images = Images.random(IMAGES, first.inputShape());
    float expected;
    try (Program alone = Engine.compile("unmask-cpu", first, threads)) {
      expected = alone.run(images[0], 1)[0][0];
    }
    program = Engine.compile("unmask-cpu", network(first), threads);
    float actual = program.run(images[0], 1)[0][0];
    if (!(Math.abs(actual - expected) <= TOLERANCE)) {
      throw new IllegalStateException("alone it says %s, here %s".formatted(expected, actual));
    }
  }

  private Network network(Network first) {
    if (models.equals(ONE)) {
      return first;
    }
    List<Network> members = new ArrayList<>(List.of(first));
    for (int m = 1; m < MEMBERS; m++) {
      members.add(SampleWeights.xception(models.equals("five-shared") ? 0 : m, m));
    }
    return new ShareIdentical().apply(MergeNetworks.merge("five", members));
  }

  /** Releases the engine. */
  @TearDown
  public void tearDown() {
    program.close();
  }

  /** Classifies the next image. */
  @Benchmark
  public float[][] run() {
    next = (next + 1) % IMAGES;
    return program.run(images[next], 1);
  }
}

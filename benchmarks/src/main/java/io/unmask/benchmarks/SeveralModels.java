package io.unmask.benchmarks;

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
 * One image through five Xception classifiers: ours merged into one network, the peer's in a
 * session each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class SeveralModels {

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.PEER})
  public String engine;

  /** Five with the same trunk, or five that have nothing in common. */
  @Param({SampleModels.SHARED, SampleModels.DISTINCT})
  public String models;

  /** How many threads work on one image. */
  @Param("2")
  public int threads;

  private Rotation rotation;

  /** Compiles the networks, and checks the engine's answers against another engine's. */
  @Setup
  public void setUp() {
    rotation = Rotation.of(engine, SampleModels.networks(models), threads, 1);
  }

  /** Releases the engine. */
  @TearDown
  public void tearDown() {
    rotation.close();
  }

  /** Classifies the next image. */
  @Benchmark
  public float[][] run() {
    return rotation.run();
  }
}

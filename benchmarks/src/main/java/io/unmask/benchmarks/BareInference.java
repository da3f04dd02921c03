package io.unmask.benchmarks;

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

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.TENSORFLOW, Engine.PEER})
  public String engine;

  /** How many threads work on one image. */
  @Param({"1", "2"})
  public int threads;

  /** How many images are handed over in one call. */
  @Param("1")
  public int batch;

  private Rotation rotation;

  /** Compiles the network, and checks the engine's answers against another engine's. */
  @Setup
  public void setUp() {
    rotation = Rotation.of(engine, List.of(SampleWeights.xception()), threads, batch);
  }

  /** Releases the engine. */
  @TearDown
  public void tearDown() {
    rotation.close();
  }

  /** Classifies the next images. */
  @Benchmark
  public float[][] run() {
    return rotation.run();
  }
}

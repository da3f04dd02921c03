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
import org.openjdk.jmh.annotations.Warmup;

/**
 * From nothing loaded to the first answer of the Xception classifier: loading the engine's library,
 * compiling the network and running it once. The network itself is in memory before. One call a
 * JVM.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class FirstAnswer {

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.TENSORFLOW, Engine.PEER})
  public String engine;

  /** How many threads work on one image. */
  @Param("2")
  public int threads;

  private Network network;
  private FloatBuffer image;

  /** Makes the network and an image. */
  @Setup
  public void setUp() {
    network = SampleWeights.xception();
    image = Images.random(1, network.inputShape())[0];
  }

  /** Loads, compiles, and classifies. */
  @Benchmark
  public float[][] run() {
    try (Program program = Engine.compile(engine, network, threads)) {
      return program.run(image, 1);
    }
  }
}

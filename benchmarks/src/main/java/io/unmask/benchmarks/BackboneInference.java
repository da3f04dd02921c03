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

/** One image of 224x224 pixels through networks of keras.applications and a vision transformer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class BackboneInference {

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.PEER})
  public String engine;

  /** How many threads work on one image. */
  @Param({"1", "2"})
  public int threads;

  /** The network, by the name in {@link SampleBackbones}. */
  @Param({"MobileNetV2", "ResNet50", "EfficientNetB0", "DenseNet121", "ConvNeXtTiny", "vit-small"})
  public String model;

  private Rotation rotation;

  /** Compiles the network, and checks the engine's answers against another engine's. */
  @Setup
  public void setUp() {
    rotation =
        Rotation.of(
            engine, List.of(SampleBackbones.network(model)), threads, 1, Rotation.DEEP_TOLERANCE);
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

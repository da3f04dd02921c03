package io.unmask.benchmarks;

import io.unmask.Detector;
import io.unmask.spi.Program;
import java.io.IOException;
import java.nio.file.Path;
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

/**
 * From model files to a detector that is ready, or to ONNX Runtime's sessions over the same
 * networks. The files are in the operating system's cache and the engine's library is loaded: the
 * first time is not measured. Closing is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class ModelLoad {

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.TENSORFLOW, Engine.PEER})
  public String engine;

  /** One model, or five with the same trunk. */
  @Param({SampleModels.ONE, SampleModels.SHARED})
  public String models;

  /** How many threads the engine is set up for. */
  @Param("2")
  public int threads;

  private SampleModels files;

  /** Writes the files. */
  @Setup
  public void setUp() throws IOException {
    files = engine.equals(Engine.PEER) ? SampleModels.onnx(models) : SampleModels.keras(models);
  }

  /** Deletes the files. */
  @TearDown
  public void tearDown() throws IOException {
    files.close();
  }

  /** Opens, and closes again. */
  @Benchmark
  public String run() {
    if (engine.equals(Engine.PEER)) {
      List<Program> sessions = new ArrayList<>();
      for (Path file : files.files()) {
        sessions.add(OnnxRuntimeProgram.open(file, threads));
      }
      try (Program program = new SessionsInTurn(sessions)) {
        return program.info().engine();
      }
    }
    try (Detector detector =
        Detector.builder()
            .backend(Engine.backend(engine))
            .threads(threads)
            .model(files.files().toArray(Path[]::new))
            .open()) {
      return detector.info().program().engine();
    }
  }
}

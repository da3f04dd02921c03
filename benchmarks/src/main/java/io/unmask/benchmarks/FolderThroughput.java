package io.unmask.benchmarks;

import io.unmask.Detector;
import io.unmask.Outcome;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Program;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * A hundred JPEG files of 256x256 pixels, from their bytes on disk to their probabilities: by a
 * detector, which decodes ahead on a thread of its own, and by decoding and inference in turn, with
 * our engine and the peer. A call is all of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class FolderThroughput {

  /** Our engine with decoding and inference in turn. */
  static final String IN_TURN = "unmask-cpu-in-turn";

  private static final int FILES = 100;
  private static final int SIDE = 256;
  private static final InputFormat FORMAT = InputFormat.unitRange(224, 224);

  /** A detector, or an engine with decoding and inference in turn. */
  @Param({Engine.CPU, IN_TURN, Engine.PEER})
  public String engine;

  /** How many threads work on one image. */
  @Param("2")
  public int threads;

  private Path folder;
  private final List<Path> files = new ArrayList<>();
  private final JavaPreprocessor preprocessor = new JavaPreprocessor();
  private final FloatBuffer pixels = Images.direct(FORMAT.size());
  private @Nullable SampleModels models;
  private @Nullable Program program;
  private @Nullable Detector detector;

  /** Writes the files and compiles the network. */
  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("unmask-throughput");
    for (int i = 0; i < FILES; i++) {
      byte[] image = Images.encoded(Images.picture(i, SIDE, SIDE), "jpg");
      files.add(Files.write(folder.resolve(i + ".jpg"), image));
    }
    switch (engine) {
      case Engine.CPU -> {
        models = SampleModels.keras(SampleModels.ONE);
        detector =
            Detector.builder()
                .backend(Engine.backend(engine))
                .threads(threads)
                .model(models.files().get(0))
                .open();
      }
      case IN_TURN -> program = Engine.compile(Engine.CPU, SampleWeights.xception(), threads);
      default -> program = Engine.compile(engine, SampleWeights.xception(), threads);
    }
  }

  /** Releases the engine and deletes the files. */
  @TearDown
  public void tearDown() throws IOException {
    if (detector != null) {
      detector.close();
    }
    if (models != null) {
      models.close();
    }
    if (program != null) {
      program.close();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** Classifies all files. */
  @Benchmark
  public double run() throws IOException {
    if (detector != null) {
      try (Stream<Outcome<Path>> outcomes = detector.classifyAll(files.stream())) {
        return outcomes
            .mapToDouble(outcome -> outcome.classification().orElseThrow().probability())
            .sum();
      }
    }
    double sum = 0;
    for (Path file : files) {
      preprocessor.process(Files.readAllBytes(file), file.toString(), FORMAT, pixels.clear());
      sum += Objects.requireNonNull(program).run(pixels.flip(), 1)[0][0];
    }
    return sum;
  }
}

package io.unmask.benchmarks;

import io.unmask.Detector;
import io.unmask.Outcome;
import io.unmask.backend.cpu.CpuBackend;
import io.unmask.image.JavaPreprocessor;
import io.unmask.keras.KerasWriter;
import io.unmask.network.Network;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Program;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
 * detector, which decodes ahead on a thread of its own, and by decoding and inference in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class FolderThroughput {

  /** Decoding and inference in turn, which a detector is measured against. */
  static final String PLAIN = "in-turn";

  private static final int FILES = 100;
  private static final int SIDE = 256;
  private static final int THREADS = 2;
  private static final InputFormat FORMAT = InputFormat.unitRange(224, 224);

  /** By a detector, or in turn. */
  @Param({"detector", PLAIN})
  public String way;

  private Path folder;
  private final List<Path> files = new ArrayList<>();
  private final JavaPreprocessor preprocessor = new JavaPreprocessor();
  private @Nullable Program program;
  private @Nullable Detector detector;
  private FloatBuffer pixels;

  /** Writes the files and compiles the network. */
  @Setup
  public void setUp() throws IOException {
    folder = Files.createTempDirectory("unmask-throughput");
    Random random = new Random(7);
    for (int i = 0; i < FILES; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < SIDE * SIDE; p++) {
        int x = p % SIDE;
        int y = p / SIDE;
        image.setRGB(x, y, (x * (i + 1) & 0xff) << 16 | y << 8 | random.nextInt(32));
      }
      Path file = folder.resolve(i + ".jpg");
      ImageIO.write(image, "jpg", file.toFile());
      files.add(file);
    }
    Network network = SampleWeights.xception();
    if (way.equals(PLAIN)) {
      program = Engine.compile("unmask-cpu", network, THREADS);
      pixels =
          ByteBuffer.allocateDirect(FORMAT.size() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    } else {
      Path model = folder.resolve("model.keras");
      KerasWriter.write(network, model);
      detector = Detector.builder().backend(new CpuBackend()).threads(THREADS).model(model).open();
    }
  }

  /** Releases the engine and deletes the files. */
  @TearDown
  public void tearDown() throws IOException {
    if (detector != null) {
      detector.close();
    }
    if (program != null) {
      program.close();
    }
    files.add(folder.resolve("model.keras"));
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.delete(folder);
  }

  /** Classifies all files. */
  @Benchmark
  public double run() throws IOException {
    if (detector != null) {
      try (Stream<Outcome> outcomes = detector.classifyAll(files.stream())) {
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

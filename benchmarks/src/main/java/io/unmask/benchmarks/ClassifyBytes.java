package io.unmask.benchmarks;

import io.unmask.Classification;
import io.unmask.Detector;
import java.io.IOException;
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

/** {@code Detector.classify(byte[])} of JPEGs of 256x256 pixels, from bytes to the verdict. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class ClassifyBytes {

  private static final int IMAGES = 8;
  private static final int SIDE = 256;

  /** The engine, by the name in {@link Engine}. */
  @Param({Engine.CPU, Engine.TENSORFLOW})
  public String engine;

  /** How many threads work on one image. */
  @Param({"1", "2"})
  public int threads;

  private SampleModels models;
  private Detector detector;
  private final byte[][] images = new byte[IMAGES][];
  private int next;

  /** Opens the detector, and checks that its verdicts depend on the image. */
  @Setup
  public void setUp() throws IOException {
    models = SampleModels.keras(SampleModels.ONE);
    detector =
        Detector.builder()
            .backend(Engine.backend(engine))
            .threads(threads)
            .model(models.files().get(0))
            .open();
    double last = Double.NaN;
    for (int i = 0; i < IMAGES; i++) {
      images[i] = Images.encoded(Images.picture(i, SIDE, SIDE), "jpg");
      double probability = detector.classify(images[i]).probability();
      if (!(probability >= 0 && probability <= 1) || probability == last) {
        throw new IllegalStateException("image " + i + " has the probability " + probability);
      }
      last = probability;
    }
  }

  /** Closes the detector and deletes the model. */
  @TearDown
  public void tearDown() throws IOException {
    detector.close();
    models.close();
  }

  /** Classifies the next image. */
  @Benchmark
  public Classification run() {
    next = (next + 1) % IMAGES;
    return detector.classify(images[next]);
  }
}

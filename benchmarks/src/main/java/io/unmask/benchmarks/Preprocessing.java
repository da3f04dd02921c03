package io.unmask.benchmarks;

import io.unmask.backend.tensorflow.TensorFlowPreprocessor;
import io.unmask.image.JavaPreprocessor;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Preprocessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.tensorflow.types.TUint8;

/**
 * From the bytes of an image file to 224x224 floats, and the two halves of that, on one thread: in
 * Java, by the preprocessor {@code tensorflow}, and with TensorFlow's operations alone.
 *
 * <p>Decoding alone, by ours, is preprocessing to an image of a single pixel, since the one in Java
 * converts colours only where the resize reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class Preprocessing {

  /** Our preprocessor. */
  static final String JAVA = "unmask-java";

  /** TensorFlow's operations. */
  static final String PEER = "tensorflow";

  private static final InputFormat FORMAT = InputFormat.unitRange(224, 224);
  private static final InputFormat PIXEL = InputFormat.unitRange(1, 1);
  private static final int IMAGES = 3;

  /** Ours in Java, ours with TensorFlow, or the peer. */
  @Param({JAVA, Engine.TENSORFLOW, PEER})
  public String engine;

  /** The format and size of the file. */
  @Param({"jpeg-256", "jpeg-1024", "jpeg-12mp", "png-1024"})
  public String image;

  /** Everything, or half of it. */
  @Param({"whole", "decode", "resize"})
  public String step;

  private final FloatBuffer target = Images.direct(FORMAT.size());
  private final byte[][] files = new byte[IMAGES][];
  private final BufferedImage[] pictures = new BufferedImage[IMAGES];
  private final TUint8[] tensors = new TUint8[IMAGES];
  private @Nullable TensorFlowImages tensorFlow;
  private Preprocessor ours;
  private int next;

  /** Makes the files. */
  @Setup
  public void setUp() throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      files[i] =
          switch (image) {
            case "jpeg-256" -> Images.encoded(Images.picture(i, 256, 256), "jpg");
            case "jpeg-1024" -> Images.encoded(Images.picture(i, 1024, 1024), "jpg");
            case "jpeg-12mp" -> Images.encoded(Images.picture(i, 4000, 3000), "jpg");
            case "png-1024" -> Images.encoded(Images.picture(i, 1024, 1024), "png");
            default -> throw new IllegalArgumentException("there is no image '" + image + "'");
          };
    }
    boolean resize = step.equals("resize");
    if (engine.equals(PEER)) {
      tensorFlow = new TensorFlowImages(FORMAT.height(), FORMAT.width());
      for (int i = 0; resize && i < IMAGES; i++) {
        tensors[i] = tensorFlow.pixels(files[i]);
      }
    } else {
      ours = engine.equals(JAVA) ? new JavaPreprocessor() : new TensorFlowPreprocessor();
      for (int i = 0; resize && i < IMAGES; i++) {
        pictures[i] = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(files[i])));
      }
    }
  }

  /** Releases TensorFlow's memory. */
  @TearDown
  public void tearDown() {
    for (@Nullable TUint8 tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
    if (tensorFlow != null) {
      tensorFlow.close();
    }
  }

  /** Prepares the next image. Returns a component of the result. */
  @Benchmark
  public float run() {
    next = (next + 1) % IMAGES;
    if (tensorFlow != null) {
      return switch (step) {
        case "decode" -> tensorFlow.decode(files[next]);
        case "resize" -> tensorFlow.resize(tensors[next]);
        default -> tensorFlow.process(files[next]);
      };
    }
    target.clear();
    switch (step) {
      case "decode" -> ours.process(files[next], image, PIXEL, target);
      case "resize" -> ours.process(pictures[next], FORMAT, target);
      default -> ours.process(files[next], image, FORMAT, target);
    }
    return target.get(0);
  }
}

package io.unmask.backend.tensorflow;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.network.Network;
import io.unmask.network.Shape;
import io.unmask.spi.EngineFailure;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * A network as a TensorFlow graph whose weights are constants, with a session.
 *
 * <p>A call runs on its caller's thread and shares the session's workers with other calls.
 */
final class TensorFlowProgram implements Program {

  /** A GPU runs more images one batch after the other, so that memory does not grow with them. */
  static final int GPU_BATCH = 32;

  /** On a CPU a batch is no faster, and its results would depend on which images are in it. */
  private static final int CPU_BATCH = 1;

  /** TensorFlow's limit for a graph, less some room for what is not weights. */
  private static final long MAX_WEIGHTS = 2_000_000_000L / Float.BYTES;

  /** Set to false, only the first layer is run when compiling: sooner open, later first answer. */
  static final String WARM_UP = "unmask.tensorflow.warmup";

  /** Set to false, TensorFlow takes all of a GPU's memory at once. */
  private static final String GPU_GROWTH = "unmask.tensorflow.gpu.growth";

  private final Graph graph;
  private final Session session;
  private final Translation translation;
  private final List<Shape> shapes;
  private final ProgramInfo info;
  private final boolean runsOnGpu;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private TensorFlowProgram(Network network, ProgramOptions options, boolean gpu) {
    graph = new Graph();
    try {
      translation = new Translator(graph, network).translate();
      shapes = translation.shapes();
      session = new Session(graph, config(options, gpu));
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      graph.close();
      throw e;
    }
    try {
      runsOnGpu = warmUp();
      NativeHeap.trim();
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      close();
      throw e;
    }
    String device = runsOnGpu ? "gpu" + CudaInstallation.ofThisMachine().model() : "cpu";
    info =
        new ProgramInfo(
            TensorFlowBackend.NAME, Natives.version(), device, options.effectiveThreads());
  }

  /**
   * Compiles a network on which the passes for inference have run.
   *
   * @param gpu whether to run on a GPU if TensorFlow finds one
   */
  static TensorFlowProgram compile(Network network, ProgramOptions options, boolean gpu) {
    String what = "Backend 'tensorflow' cannot compile network '" + network.name() + "'";
    if (network.parameters() > MAX_WEIGHTS) {
      throw new BackendException(
          Explanation.ENGINE,
          what
              + ": it has %d weights, and TensorFlow's graphs hold at most %d; use backend cpu"
                  .formatted(network.parameters(), MAX_WEIGHTS),
          null);
    }
    try {
      return new TensorFlowProgram(network, options, gpu);
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      throw EngineFailure.of(what, e);
    }
  }

  /** How sessions run. */
  static ConfigProto config(ProgramOptions options, boolean gpu) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(options.effectiveThreads())
            // Negative: operations run on the caller's thread, not in a pool that all calls share.
            .setInterOpParallelismThreads(-1)
            .setAllowSoftPlacement(true)
            .setExperimental(
                ConfigProto.Experimental.newBuilder()
                    .setOptimizeForStaticGraph(true)
                    .setDisableOutputPartitionGraphs(true));
    if (!gpu && Loader.getPlatform().equals("linux-x86_64")) {
      // There TensorFlow fuses with oneDNN's own pass. The general optimizer finds nothing more,
      // but
      // takes 600 MB and half a second for a network of 85 MB.
      config.setGraphOptions(
          GraphOptions.newBuilder()
              .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)));
    }
    if (gpu) {
      boolean growth = !"false".equals(System.getProperty(GPU_GROWTH));
      config.setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(growth));
    } else {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /** Runs the graph once, or just its first layer, and tells whether that was on a GPU. */
  private boolean warmUp() {
    boolean whole = !"false".equals(System.getProperty(WARM_UP));
    try (TFloat32 zeros = TFloat32.tensorOf(translation.batch(1))) {
      Session.Runner runner = session.runner().feed(translation.input(), zeros);
      if (whole) {
        translation.outputs().forEach(runner::fetch);
      } else {
        runner.fetch(translation.first());
      }
      runner.setOptions(
          RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.SOFTWARE_TRACE).build());
      try (Result result = runner.runAndFetchMetadata()) {
        return ranOnGpu(result);
      }
    }
  }

  /** Whether the trace of a run names a GPU. */
  static boolean ranOnGpu(Result traced) {
    return traced
        .getMetadata()
        .orElseGet(RunMetadata::getDefaultInstance)
        .getStepStats()
        .getDevStatsList()
        .stream()
        .anyMatch(device -> device.getDevice().contains("device:GPU"));
  }

  boolean runsOnGpu() {
    return runsOnGpu;
  }

  @Override
  public float[][] run(FloatBuffer images, int count) {
    Shape shape = translation.inputShape();
    if (count < 1 || images.remaining() != (long) count * shape.size()) {
      throw new IllegalArgumentException(
          "%d image(s) of shape %s are %d floats, but the buffer holds %d"
              .formatted(count, shape, (long) count * shape.size(), images.remaining()));
    }
    float[][] results = new float[shapes.size()][];
    for (int i = 0; i < results.length; i++) {
      results[i] = new float[Math.multiplyExact(count, shapes.get(i).size())];
    }
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the program is closed");
      }
      runAll(images.slice(), count, results);
    } finally {
      lock.readLock().unlock();
    }
    return results;
  }

  private void runAll(FloatBuffer images, int count, float[][] results) {
    int size = translation.inputShape().size();
    try {
      int start = 0;
      while (start < count) {
        int batch = nextBatch(count - start, preferredBatch());
        runBatch(images.slice(start * size, batch * size), batch, start, results);
        start += batch;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // TensorFlow's exceptions have no type in common.
      throw EngineFailure.of("Backend 'tensorflow' failed", e);
    }
  }

  /**
   * How many of the remaining images to run at once: a power of two. TensorFlow tries cuDNN's
   * algorithms out, layer by layer, whenever it meets a new size of batch, and so it meets few.
   */
  static int nextBatch(int remaining, int max) {
    return Math.min(Integer.highestOneBit(remaining), max);
  }

  private void runBatch(FloatBuffer images, int batch, int start, float[][] results) {
    try (TFloat32 input = TFloat32.tensorOf(translation.batch(batch))) {
      TensorMemory.floats(input).put(images);
      Session.Runner runner = session.runner().feed(translation.input(), input);
      translation.outputs().forEach(runner::fetch);
      try (Result result = runner.run()) {
        for (int i = 0; i < results.length; i++) {
          int size = shapes.get(i).size();
          TensorMemory.floats(result.get(i)).get(results[i], start * size, batch * size);
        }
      }
    }
  }

  @Override
  public int preferredBatch() {
    return runsOnGpu ? GPU_BATCH : CPU_BATCH;
  }

  @Override
  public ProgramInfo info() {
    return info;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
        graph.close();
        NativeHeap.trim();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

package io.unmask.backend.cpu;

import io.unmask.network.Network;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network as a list of oneDNN primitives with packed weights.
 *
 * <p>Calls run in {@link Lane}s, of which there are as many as keep the processors busy; a call
 * that finds none free waits for one. The primitives and the weights are shared by all lanes.
 */
final class CpuProgram implements Program {

  private final Plan plan;
  private final NativeObjects kept;
  private final ProgramInfo info;
  private final int lanes;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private boolean closed;

  private CpuProgram(Plan plan, NativeObjects kept, ProgramInfo info) {
    this.plan = plan;
    this.kept = kept;
    this.info = info;
    this.lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / info.threads());
    this.free = new Semaphore(lanes, true);
  }

  /**
   * Compiles a network on which the passes for inference have run, in a precision that can be had.
   */
  static CpuProgram compile(Network network, ProgramOptions options) {
    // Each takes a thread of its own and workers beside it.
    int threads = Math.max(1, EngineThread.workers(options.effectiveThreads() + 1) - 1);
    EngineThread thread = new EngineThread(threads);
    NativeObjects kept = new NativeObjects();
    try {
      String what = "Backend 'cpu' cannot compile network '" + network.name() + "'";
      Plan plan = thread.call(what, () -> plan(network, kept, threads, options));
      ProgramInfo info =
          new ProgramInfo(CpuBackend.NAME, OneDnn.version(), "cpu", threads, options.precision());
      CpuProgram program = new CpuProgram(plan, kept, info);
      program.idle.push(new Lane(plan, thread));
      return program;
    } catch (RuntimeException e) {
      kept.close();
      thread.close();
      throw e;
    }
  }

  private static Plan plan(
      Network network, NativeObjects kept, int threads, ProgramOptions options) {
    try (PointerScope scope = new PointerScope();
        Staging staging = new Staging();
        Packers packers = new Packers(threads)) {
      engine engine = kept.keep(new engine(dnnl.dnnl_cpu, 0));
      Graph graph = new Graph(engine, kept, staging, packers, threads);
      Translator translator = new Translator(graph, network, options.precision(), options.ranges());
      List<Value> outputs = translator.translate();
      Arena arena = new Arena(graph.buffers());
      packers.await();
      return new Plan(engine, graph.steps(), arena, translator.input(), outputs);
    }
  }

  @Override
  public float[][] run(FloatBuffer images, int count) {
    int size = plan.input().shape().size();
    if (count < 1 || images.remaining() != (long) count * size) {
      throw new IllegalArgumentException(
          "%d image(s) of shape %s are %d floats, but the buffer holds %d"
              .formatted(count, plan.input().shape(), (long) count * size, images.remaining()));
    }
    free.acquireUninterruptibly();
    try {
      Lane lane = takeLane();
      try {
        return lane.run(images.slice(), count);
      } finally {
        idle.push(lane);
      }
    } finally {
      free.release();
    }
  }

  private synchronized Lane takeLane() {
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
    Lane lane = idle.poll();
    return lane != null ? lane : new Lane(plan, new EngineThread(info.threads()));
  }

  @Override
  public ProgramInfo info() {
    return info;
  }

  @Override
  public void close() {
    free.acquireUninterruptibly(lanes);
    try {
      synchronized (this) {
        closed = true;
        idle.forEach(Lane::close);
        idle.clear();
        kept.close();
      }
    } finally {
      free.release(lanes);
    }
  }
}

package io.unmask.backend.cpu;

import io.unmask.spi.EngineFailure;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/** The memory for one call at a time, and the thread that makes the calls. */
final class Lane implements AutoCloseable {

  private final EngineThread thread;
  private final NativeObjects kept = new NativeObjects();
  private final stream stream;
  private final primitive[] primitives;
  private final IntMemoryMap[] arguments;
  private final boolean[] small;
  private final FloatBuffer input;
  private final List<FloatBuffer> outputs = new ArrayList<>();

  Lane(Plan plan, EngineThread thread) {
    this.thread = thread;
    try (PointerScope scope = new PointerScope()) {
      stream = kept.keep(new stream(plan.engine()));
      Pointer block =
          WeightMemory.allocate(plan.engine(), kept, plan.arena().size() + plan.scratchpadSize());
      Pointer scratchpad = new BytePointer(block).getPointer(plan.arena().size());
      primitives = new primitive[plan.steps().size()];
      arguments = new IntMemoryMap[primitives.length];
      small = new boolean[primitives.length];
      for (int i = 0; i < primitives.length; i++) {
        Step step = plan.steps().get(i);
        IntMemoryMap map = kept.keep(new IntMemoryMap());
        step.constants().forEach(map::put);
        IdentityHashMap<Value, memory> memories = new IdentityHashMap<>();
        step.values()
            .forEach(
                (number, value) ->
                    map.put(
                        number,
                        memories.computeIfAbsent(
                            value,
                            key ->
                                new memory(key.layout(), plan.engine(), place(plan, block, key)))));
        if (step.scratchpad().get_size() > 0) {
          map.put(
              dnnl.DNNL_ARG_SCRATCHPAD, new memory(step.scratchpad(), plan.engine(), scratchpad));
        }
        primitives[i] = step.primitive();
        arguments[i] = map;
        small[i] = step.small();
      }
      input = floats(plan, block, plan.input());
      plan.outputs().forEach(value -> outputs.add(floats(plan, block, value)));
    } catch (RuntimeException | OutOfMemoryError e) {
      close();
      throw EngineFailure.of("Backend 'cpu' cannot get memory", e);
    }
  }

  private static Pointer place(Plan plan, Pointer block, Value value) {
    return new BytePointer(block).getPointer(plan.arena().offset(value.buffer()));
  }

  private static FloatBuffer floats(Plan plan, Pointer block, Value value) {
    FloatPointer pointer = new FloatPointer(place(plan, block, value));
    return pointer.capacity(value.shape().size()).asBuffer();
  }

  /** Runs the network on some images, one after the other. */
  float[][] run(FloatBuffer images, int count) {
    float[][] results = new float[outputs.size()][];
    for (int o = 0; o < results.length; o++) {
      results[o] = new float[count * outputs.get(o).capacity()];
    }
    return thread.call(
        "Backend 'cpu' failed",
        () -> {
          for (int i = 0; i < count; i++) {
            runOne(images, i, results);
          }
          return results;
        });
  }

  private void runOne(FloatBuffer images, int index, float[][] results) {
    int size = input.capacity();
    input.clear().put(images.duplicate().position(index * size).limit((index + 1) * size));
    execute();
    for (int o = 0; o < results.length; o++) {
      FloatBuffer output = outputs.get(o);
      output.clear().get(results[o], index * output.capacity(), output.capacity());
    }
  }

  /** All steps in order, the small ones by this thread alone. */
  private void execute() {
    boolean alone = false;
    try {
      for (int i = 0; i < primitives.length; i++) {
        if (small[i] != alone) {
          alone = small[i];
          OpenMp.setThreads(alone ? 1 : thread.workers());
        }
        primitives[i].execute(stream, arguments[i]);
      }
    } finally {
      if (alone) {
        OpenMp.setThreads(thread.workers());
      }
    }
    stream._wait();
  }

  @Override
  public void close() {
    thread.close();
    kept.close();
  }
}

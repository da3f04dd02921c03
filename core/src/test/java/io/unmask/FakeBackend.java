package io.unmask;

import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A backend that computes a function of an image's pixels instead of the network. */
class FakeBackend implements Backend {

  final List<ProgramOptions> compiled = Collections.synchronizedList(new ArrayList<>());
  final List<String> events = Collections.synchronizedList(new ArrayList<>());

  final AtomicInteger prepared = new AtomicInteger();

  /** How many images each run was given. */
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  private final Function<float[], float[][]> function;
  private int preferredBatch = 1;

  FakeBackend(Function<float[], float[][]> function) {
    this.function = function;
  }

  /** Always puts out the same for the only output. */
  static FakeBackend putsOut(float... output) {
    return new FakeBackend(pixels -> new float[][] {output});
  }

  /** Makes this prefer batches of so many images. */
  FakeBackend preferring(int batch) {
    preferredBatch = batch;
    return this;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability probe(Device device) {
    return device == Device.GPU
        ? new Availability.Unavailable("it has no GPU", "buy one")
        : new Availability.Available("fake 1.0", "cpu");
  }

  @Override
  public void prepare() {
    prepared.incrementAndGet();
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    compiled.add(options);
    return new Program() {
      @Override
      public float[][] run(FloatBuffer images, int count) {
        batches.add(count);
        float[] pixels = new float[images.remaining() / count];
        FloatBuffer rest = images.duplicate();
        List<float[][]> outputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          rest.get(pixels);
          outputs.add(function.apply(pixels));
        }
        return concatenated(outputs);
      }

      @Override
      public int preferredBatch() {
        return preferredBatch;
      }

      @Override
      public ProgramInfo info() {
        return new ProgramInfo(
            "fake", "fake 1.0", "cpu", options.effectiveThreads(), options.precision());
      }

      @Override
      public void close() {
        events.add("closed");
      }
    };
  }

  /** Each output for all images. */
  private static float[][] concatenated(List<float[][]> outputs) {
    float[][] result = new float[outputs.get(0).length][];
    for (int o = 0; o < result.length; o++) {
      int size = outputs.get(0)[o].length;
      result[o] = new float[outputs.size() * size];
      for (int i = 0; i < outputs.size(); i++) {
        System.arraycopy(outputs.get(i)[o], 0, result[o], i * size, size);
      }
    }
    return result;
  }
}

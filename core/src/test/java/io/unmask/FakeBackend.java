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
import java.util.function.Function;

/** A backend that computes a function of the pixels instead of the network. */
class FakeBackend implements Backend {

  final List<ProgramOptions> compiled = Collections.synchronizedList(new ArrayList<>());
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final Function<float[], float[][]> function;

  FakeBackend(Function<float[], float[][]> function) {
    this.function = function;
  }

  /** Always puts out the same for the only output. */
  static FakeBackend putsOut(float... output) {
    return new FakeBackend(pixels -> new float[][] {output});
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
  public Program compile(Network network, ProgramOptions options) {
    compiled.add(options);
    return new Program() {
      @Override
      public float[][] run(FloatBuffer images, int count) {
        float[] pixels = new float[images.remaining()];
        images.duplicate().get(pixels);
        return function.apply(pixels);
      }

      @Override
      public ProgramInfo info() {
        return new ProgramInfo("fake", "fake 1.0", "cpu", options.effectiveThreads());
      }

      @Override
      public void close() {
        events.add("closed");
      }
    };
  }
}

package com.example.plugins;

import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.LongAdder;

/**
 * A backend that has another one do the work and adds up how long it takes. A backend of an engine
 * of your own has the same methods: {@link #compile} walks over {@link Network#nodes} with a {@link
 * io.unmask.network.LayerVisitor} and makes of each layer what the engine wants.
 */
public final class TimedBackend implements Backend {

  private static final LongAdder NANOSECONDS = new LongAdder();
  private static final LongAdder IMAGES = new LongAdder();

  /** Called by {@link ServiceLoader}; does nothing, as loading anything here would slow starts. */
  public TimedBackend() {}

  @Override
  public String name() {
    return "timed";
  }

  /** Below all others: it is used where it is asked for, or where no other is available. */
  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability probe(Device device) {
    return other(device)
        .map(other -> other.probe(device))
        .orElse(
            new Availability.Unavailable(
                "there is no backend to time", "add another one to the class path"));
  }

  /** A backend that computes in single precision only leaves this method out. */
  @Override
  public Precision precision(Precision asked) {
    return other(Device.AUTO).map(other -> other.precision(asked)).orElse(Precision.F32);
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    Backend other =
        other(options.device())
            .orElseThrow(() -> new IllegalStateException("probe() said that there is none"));
    return new Timed(other.compile(network, options));
  }

  /** How long all images took so far, in seconds. */
  public static double seconds() {
    return NANOSECONDS.sum() / 1e9;
  }

  /** How many images were judged so far. */
  public static long images() {
    return IMAGES.sum();
  }

  private Optional<Backend> other(Device device) {
    return ServiceLoader.load(Backend.class).stream()
        .filter(each -> each.type() != getClass())
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.probe(device) instanceof Availability.Available)
        .max(Comparator.comparingInt(Backend::priority));
  }

  private record Timed(Program program) implements Program {

    @Override
    public float[][] run(FloatBuffer images, int count) {
      long start = System.nanoTime();
      float[][] outputs = program.run(images, count);
      NANOSECONDS.add(System.nanoTime() - start);
      IMAGES.add(count);
      return outputs;
    }

    @Override
    public int preferredBatch() {
      return program.preferredBatch();
    }

    @Override
    public ProgramInfo info() {
      ProgramInfo info = program.info();
      return new ProgramInfo(
          "timed", info.engine(), info.device(), info.threads(), info.precision());
    }

    @Override
    public void close() {
      program.close();
    }
  }
}

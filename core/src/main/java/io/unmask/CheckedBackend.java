package io.unmask;

import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Trainable;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend that is held to its contract: what comes back from it is there, and has the shapes of
 * the network's outputs. Thread-safe if the backend is.
 */
record CheckedBackend(Backend backend) implements Backend {

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public int priority() {
    return backend.priority();
  }

  @Override
  public Availability probe(Device device) {
    return backend.probe(device);
  }

  @Override
  public void prepare() {
    backend.prepare();
  }

  @Override
  public Precision precision(Precision asked) {
    return there(backend.precision(asked), "precision()");
  }

  @Override
  public Optional<Trainable> trainable() {
    return backend.trainable();
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    String name = network.name();
    List<Integer> sizes =
        network.outputs().stream().map(output -> network.node(output).shape().size()).toList();
    Program program = there(backend.compile(network, options), "compile()");
    return new Checked(name, sizes, program);
  }

  private <T> T there(@Nullable T value, String from) {
    if (value == null) {
      throw broken("returns null from " + from);
    }
    return value;
  }

  private BackendException broken(String how) {
    return new BackendException(
        "backend '%s' %s; report this to its authors, or choose another backend"
            .formatted(backend.name(), how));
  }

  private final class Checked implements Program {

    private final String network;
    private final List<Integer> sizes;
    private final Program program;

    private Checked(String network, List<Integer> sizes, Program program) {
      this.network = network;
      this.sizes = sizes;
      this.program = program;
    }

    @Override
    public float[][] run(FloatBuffer images, int count) {
      float[][] outputs = there(program.run(images, count), "run()");
      if (outputs.length != sizes.size()) {
        throw broken(
            "puts out %d arrays for network '%s', which has %d outputs"
                .formatted(outputs.length, network, sizes.size()));
      }
      for (int i = 0; i < outputs.length; i++) {
        long expected = (long) sizes.get(i) * count;
        if (there(outputs[i], "run()").length != expected) {
          throw broken(
              "puts out %d numbers for output %d of network '%s' and %d images; it should be %d"
                  .formatted(outputs[i].length, i + 1, network, count, expected));
        }
      }
      return outputs;
    }

    @Override
    public int preferredBatch() {
      return program.preferredBatch();
    }

    @Override
    public ProgramInfo info() {
      return there(program.info(), "info()");
    }

    @Override
    public void close() {
      program.close();
    }
  }
}

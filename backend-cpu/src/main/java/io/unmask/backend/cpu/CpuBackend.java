package io.unmask.backend.cpu;

import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.network.pass.Passes;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;

/** Runs networks on the CPU with oneDNN. Its name is {@code cpu}. */
public final class CpuBackend implements Backend {

  static final String NAME = "cpu";

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public CpuBackend() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Availability probe(Device device) {
    if (device == Device.GPU) {
      return new Availability.Unavailable(
          "it runs on the CPU only",
          "add the Maven dependency io.unmask:unmask-tensorflow-gpu, of type pom, for an NVIDIA GPU, or"
              + " ask for device cpu");
    }
    return OneDnn.probe();
  }

  @Override
  public void prepare() {
    OneDnn.load();
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    if (probe(options.device()) instanceof Availability.Unavailable unavailable) {
      throw new BackendException(
          "Backend '%s' cannot be used: %s; %s"
              .formatted(NAME, unavailable.reason(), unavailable.remedy()));
    }
    OneDnn.load();
    return CpuProgram.compile(Passes.forInference().apply(network), options);
  }
}

package io.unmask.backend.tensorflow;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.network.Network;
import io.unmask.network.pass.Passes;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import io.unmask.spi.Trainable;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs networks with TensorFlow, on an NVIDIA GPU or on the CPU. Its name is {@code tensorflow}.
 *
 * <p>Where the CPU backend is on the class path too, that one is preferred, as it starts faster and
 * takes less memory, unless a GPU can be used.
 */
public final class TensorFlowBackend implements Backend {

  static final String NAME = "tensorflow";

  private final AtomicBoolean warned = new AtomicBoolean();

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public TensorFlowBackend() {}

  @Override
  public String name() {
    return NAME;
  }

  /** Above the CPU backend's 100 where a GPU can be used, else below it. */
  @Override
  public int priority() {
    return probe(Device.GPU) instanceof Availability.Available ? 150 : 50;
  }

  @Override
  public Availability probe(Device device) {
    try {
      return natives().probe(device, CudaInstallation.ofThisMachine());
    } catch (LinkageError | RuntimeException e) {
      return new Availability.Unavailable(
          "TensorFlow's Java API cannot be used (" + e + ")",
          "add the Maven dependency io.unmask:unmask-tensorflow-cpu, of type pom; see "
              + Explanation.MISSING_JAR.link());
    }
  }

  private static Natives natives() {
    return Natives.find(TensorFlowBackend.class.getClassLoader());
  }

  @Override
  public void prepare() {
    natives().load();
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    if (probe(options.device()) instanceof Availability.Unavailable unavailable) {
      throw new BackendException(
          "Backend '%s' cannot be used: %s; %s"
              .formatted(NAME, unavailable.reason(), unavailable.remedy()));
    }
    Natives natives = natives();
    natives.load();
    Network prepared = Passes.forInference().apply(network);
    if (options.device() == Device.CPU || !natives.forGpu()) {
      return TensorFlowProgram.compile(prepared, options, false);
    }
    List<String> missing = CudaInstallation.ofThisMachine().missing();
    if (missing.isEmpty()) {
      TensorFlowProgram program = TensorFlowProgram.compile(prepared, options, true);
      if (program.runsOnGpu()) {
        return program;
      }
      if (options.device() == Device.GPU) {
        program.close();
        throw new BackendException(
            Explanation.GPU,
            "Backend '%s' runs on the CPU although device gpu was asked for: TensorFlow finds no GPU"
                    .formatted(NAME)
                + " that it can use; set TF_CPP_MIN_LOG_LEVEL=0 to see why, or ask for device cpu",
            null);
      }
      warn("TensorFlow finds no GPU that it can use");
      return program;
    }
    warn("missing " + String.join(", ", missing));
    return TensorFlowProgram.compile(prepared, options, false);
  }

  @Override
  public Optional<Trainable> trainable() {
    return Optional.of(new TensorFlowTrainer(this));
  }

  private void warn(String reason) {
    if (!warned.getAndSet(true)) {
      System.getLogger(TensorFlowBackend.class.getName())
          .log(
              Logger.Level.WARNING,
              "TensorFlow''s GPU natives run on the CPU: {0}. Ask for device cpu to be rid of this.",
              reason);
    }
  }
}

package io.unmask.backend.cpu;

import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.pass.Passes;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
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

  /**
   * {@link Precision#BF16} and {@link Precision#INT8} where the processor multiplies such numbers
   * itself; for {@link Precision#AUTO} only bfloat16, and where that is faster, too.
   */
  @Override
  public Precision precision(Precision asked) {
    if (asked == Precision.F32) {
      return asked;
    }
    OneDnn.load();
    if (asked == Precision.AUTO) {
      return Processor.isFasterInBf16(OneDnn.instructions()) ? Precision.BF16 : Precision.F32;
    }
    if (asked == Precision.INT8 && !Processor.multipliesInt8(OneDnn.instructions())) {
      throw new BackendException(
          Explanation.PRECISION,
          "backend '%s' cannot compute in int8: the processor lacks AVX2, or ONEDNN_MAX_CPU_ISA forbids it; ask for precision auto or f32"
              .formatted(NAME),
          null);
    }
    if (asked == Precision.BF16 && !Processor.multipliesBf16(OneDnn.instructions())) {
      throw new BackendException(
          Explanation.PRECISION,
          "backend '%s' cannot compute in bf16: the processor lacks AVX512-BF16, or ONEDNN_MAX_CPU_ISA forbids it; ask for precision auto or f32"
              .formatted(NAME),
          null);
    }
    return asked;
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    if (probe(options.device()) instanceof Availability.Unavailable unavailable) {
      throw new BackendException(
          "Backend '%s' cannot be used: %s; %s"
              .formatted(NAME, unavailable.reason(), unavailable.remedy()));
    }
    OneDnn.load();
    Precision precision = precision(options.precision());
    Network prepared = Passes.forInference().apply(network);
    if (precision == Precision.INT8 && lacksRanges(prepared, options.ranges())) {
      throw new BackendException(
          Explanation.PRECISION,
          "backend '%s' cannot compute network '%s' in int8: nobody has measured the ranges of its values, or they are another network's; 'unmask quantize --model MODEL --data DIR' measures them and writes them into its manifest"
              .formatted(NAME, network.name()),
          null);
    }
    return CpuProgram.compile(prepared, options.withPrecision(precision));
  }

  /** Whether there are ranges for none of its values, although it has convolutions to quantize. */
  private static boolean lacksRanges(Network network, ActivationRanges ranges) {
    return ranges.isEmpty()
        || (network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.Conv2D)
            && network.nodes().stream().noneMatch(node -> ranges.of(node.name()).isPresent()));
  }
}

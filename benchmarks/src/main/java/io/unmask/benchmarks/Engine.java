package io.unmask.benchmarks;

import io.unmask.backend.cpu.CpuBackend;
import io.unmask.backend.tensorflow.TensorFlowBackend;
import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Precision;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.util.ArrayList;
import java.util.List;

/** The engines that are compared, by the names that reports show. */
final class Engine {

  /** The default of the library. */
  static final String CPU = "unmask-cpu";

  /** The same in bfloat16. */
  static final String CPU_BF16 = "unmask-cpu-bf16";

  /** The other backend. */
  static final String TENSORFLOW = "unmask-tensorflow";

  /** The engine that all others are measured against. */
  static final String PEER = "onnxruntime";

  private Engine() {}

  /**
   * Compiles a network.
   *
   * @throws IllegalArgumentException if there is no engine of that name
   */
  static Program compile(String engine, Network network, int threads) {
    return switch (engine) {
      case CPU, CPU_BF16, TENSORFLOW ->
          backend(engine)
              .compile(network, new ProgramOptions(Device.CPU, threads, precision(engine)));
      case PEER -> OnnxRuntimeProgram.compile(network, threads, true);
      case "onnxruntime-nospin" -> OnnxRuntimeProgram.compile(network, threads, false);
      default -> throw unknown(engine);
    };
  }

  /**
   * Compiles networks that read the same images, so that each gives an output: ours as one network
   * with what is identical in it shared, as a detector does, the peer's a session each.
   *
   * @throws IllegalArgumentException if there is no engine of that name
   */
  static Program compile(String engine, List<Network> networks, int threads) {
    if (networks.size() == 1) {
      return compile(engine, networks.get(0), threads);
    }
    if (engine.startsWith("unmask-")) {
      Network merged = MergeNetworks.merge("several", networks);
      return compile(engine, new ShareIdentical().apply(merged), threads);
    }
    List<Program> sessions = new ArrayList<>();
    for (Network network : networks) {
      sessions.add(compile(engine, network, threads));
    }
    return new SessionsInTurn(List.copyOf(sessions));
  }

  /**
   * A backend of ours.
   *
   * @throws IllegalArgumentException if the engine is none
   */
  static Backend backend(String engine) {
    return switch (engine) {
      case CPU, CPU_BF16 -> new CpuBackend();
      case TENSORFLOW -> new TensorFlowBackend();
      default -> throw unknown(engine);
    };
  }

  /** The numbers that an engine computes with. */
  static Precision precision(String engine) {
    return engine.equals(CPU_BF16) ? Precision.BF16 : Precision.F32;
  }

  /** How far its probabilities may be from another engine's in single precision. */
  static double tolerance(String engine) {
    return precision(engine) == Precision.F32 ? 5e-6 : 0.05;
  }

  /** Whether this processor has what {@link #CPU_BF16} needs. */
  static boolean hasBf16() {
    try {
      return new CpuBackend().precision(Precision.BF16) == Precision.BF16;
    } catch (BackendException e) {
      return false;
    }
  }

  private static IllegalArgumentException unknown(String engine) {
    return new IllegalArgumentException("there is no engine '" + engine + "'");
  }
}

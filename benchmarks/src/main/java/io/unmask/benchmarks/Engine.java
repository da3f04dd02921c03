package io.unmask.benchmarks;

import io.unmask.backend.cpu.CpuBackend;
import io.unmask.backend.tensorflow.TensorFlowBackend;
import io.unmask.network.Network;
import io.unmask.network.pass.MergeNetworks;
import io.unmask.network.pass.ShareIdentical;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.util.ArrayList;
import java.util.List;

/** The engines that are compared, by the names that reports show. */
final class Engine {

  /** The default of the library. */
  static final String CPU = "unmask-cpu";

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
      case CPU, TENSORFLOW ->
          backend(engine).compile(network, new ProgramOptions(Device.CPU, threads));
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
      case CPU -> new CpuBackend();
      case TENSORFLOW -> new TensorFlowBackend();
      default -> throw unknown(engine);
    };
  }

  private static IllegalArgumentException unknown(String engine) {
    return new IllegalArgumentException("there is no engine '" + engine + "'");
  }
}

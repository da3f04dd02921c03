package io.unmask.benchmarks;

import io.unmask.backend.cpu.CpuBackend;
import io.unmask.backend.tensorflow.TensorFlowBackend;
import io.unmask.network.Network;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;

/** The engines that are compared, by the names that reports show. */
final class Engine {

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
      case "unmask-cpu" ->
          new CpuBackend().compile(network, new ProgramOptions(Device.CPU, threads));
      case "unmask-tensorflow" ->
          new TensorFlowBackend().compile(network, new ProgramOptions(Device.CPU, threads));
      case PEER -> OnnxRuntimeProgram.compile(network, threads, true);
      case "onnxruntime-nospin" -> OnnxRuntimeProgram.compile(network, threads, false);
      default -> throw new IllegalArgumentException("there is no engine '" + engine + "'");
    };
  }
}

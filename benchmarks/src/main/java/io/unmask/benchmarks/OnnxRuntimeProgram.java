package io.unmask.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.onnx.OnnxModel;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A network in ONNX Runtime, as its users set it up for one image at a time: sequential execution,
 * every optimisation, and as many threads within an operator as asked for.
 *
 * <p>A direct buffer in native byte order is handed over without a copy. Calls under way must have
 * ended before {@link #close}.
 */
public final class OnnxRuntimeProgram implements Program {

  private static final String NAME = "onnxruntime";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final long[] inputDims;
  private final ProgramInfo info;

  private OnnxRuntimeProgram(
      OrtEnvironment environment, OrtSession session, Network network, int threads) {
    this.environment = environment;
    this.session = session;
    this.input = network.node(network.input()).name();
    this.inputDims =
        LongStream.of(
                0,
                network.inputShape().extent(0),
                network.inputShape().extent(1),
                network.inputShape().extent(2))
            .toArray();
    this.info = new ProgramInfo(NAME, "ONNX Runtime " + environment.getVersion(), "cpu", threads);
  }

  /**
   * Exports a network and opens a session over it.
   *
   * @param spinning whether idle threads wait for work in a loop, ONNX Runtime's default
   */
  public static OnnxRuntimeProgram compile(Network network, int threads, boolean spinning) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
      OrtSession session = environment.createSession(OnnxModel.of(network).toByteArray(), options);
      return new OnnxRuntimeProgram(environment, session, network, threads);
    } catch (OrtException e) {
      throw new BackendException(
          "ONNX Runtime refuses network '%s': %s".formatted(network.name(), e.getMessage()), e);
    }
  }

  @Override
  public float[][] run(FloatBuffer images, int count) {
    long[] dims = inputDims.clone();
    dims[0] = count;
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, images.duplicate(), dims);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      float[][] outputs = new float[result.size()][];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = elements(result.get(i));
      }
      return outputs;
    } catch (OrtException e) {
      throw new BackendException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private static float[] elements(OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new BackendException("ONNX Runtime returned " + value.getInfo() + ", not a tensor");
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] elements = new float[buffer.remaining()];
    buffer.get(elements);
    return elements;
  }

  @Override
  public ProgramInfo info() {
    return info;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new BackendException("ONNX Runtime cannot close: " + e.getMessage(), e);
    }
  }
}

package io.unmask.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.unmask.error.BackendException;
import io.unmask.network.Network;
import io.unmask.onnx.OnnxModel;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

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

  private OnnxRuntimeProgram(OrtEnvironment environment, OrtSession session, int threads)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    NodeInfo read = session.getInputInfo().values().iterator().next();
    this.input = read.getName();
    this.inputDims = ((TensorInfo) read.getInfo()).getShape();
    this.info = new ProgramInfo(NAME, "ONNX Runtime " + environment.getVersion(), "cpu", threads);
  }

  /**
   * Exports a network and opens a session over it.
   *
   * @param spinning whether idle threads wait for work in a loop, ONNX Runtime's default
   */
  public static OnnxRuntimeProgram compile(Network network, int threads, boolean spinning) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] model = OnnxModel.of(network).toByteArray();
    try (OrtSession.SessionOptions options = options(threads, spinning)) {
      return new OnnxRuntimeProgram(
          environment, environment.createSession(model, options), threads);
    } catch (OrtException e) {
      throw new BackendException(
          "ONNX Runtime refuses network '%s': %s".formatted(network.name(), e.getMessage()), e);
    }
  }

  /** Opens a session over an ONNX file, with ONNX Runtime's way of waiting. */
  public static OnnxRuntimeProgram open(Path file, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = options(threads, true)) {
      return new OnnxRuntimeProgram(
          environment, environment.createSession(file.toString(), options), threads);
    } catch (OrtException e) {
      throw new BackendException("ONNX Runtime refuses %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static OrtSession.SessionOptions options(int threads, boolean spinning)
      throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
    return options;
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

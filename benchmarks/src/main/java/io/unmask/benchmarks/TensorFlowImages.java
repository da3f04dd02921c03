package io.unmask.benchmarks;

import io.unmask.backend.tensorflow.TensorFlowPreprocessor;
import java.nio.FloatBuffer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The reference's preprocessing as TensorFlow's bare operations, with nothing of ours around them:
 * {@code decode_image(channels=3, expand_animations=False)}, {@code resize} (bilinear), {@code /
 * 255}. Results stay where TensorFlow has them.
 */
final class TensorFlowImages implements AutoCloseable {

  private final Graph graph = new Graph();
  private final Session session;
  private final Output<TString> contents;
  private final Output<TUint8> decoded;
  private final Output<TFloat32> scaled;

  /** Makes a graph that resizes to the given size. */
  TensorFlowImages(int height, int width) {
    new TensorFlowPreprocessor().prepare();
    Ops ops = Ops.create(graph);
    contents = ops.placeholder(TString.class).asOutput();
    decoded =
        ops.image
            .decodeImage(
                contents,
                TUint8.class,
                DecodeImage.channels(3L),
                DecodeImage.expandAnimations(false))
            .asOutput();
    Operand<TUint8> batch = ops.expandDims(decoded, ops.constant(0));
    Operand<TFloat32> resized =
        ops.image.resizeBilinear(
            batch, ops.constant(new int[] {height, width}), ResizeBilinear.halfPixelCenters(true));
    scaled = ops.math.div(resized, ops.constant(255f)).asOutput();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(-1)
            .putDeviceCount("GPU", 0)
            .build();
    session = new Session(graph, config);
  }

  /**
   * Decodes alone.
   *
   * @return some component of the image, for the caller to use
   */
  int decode(byte[] encoded) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(encoded));
        Result result = session.runner().feed(contents, bytes).fetch(decoded).run()) {
      return ((TUint8) result.get(0)).getByte(0, 0, 0);
    }
  }

  /** Decodes, and hands out the pixels, which the caller closes. */
  TUint8 pixels(byte[] encoded) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(encoded))) {
      return (TUint8) session.runner().feed(contents, bytes).fetch(decoded).run().get(0);
    }
  }

  /**
   * Resizes and scales pixels.
   *
   * @return some component of the result
   */
  float resize(TUint8 pixels) {
    try (Result result = session.runner().feed(decoded, pixels).fetch(scaled).run()) {
      return ((TFloat32) result.get(0)).getFloat(0, 0, 0, 0);
    }
  }

  /**
   * Decodes, resizes and scales.
   *
   * @return some component of the result
   */
  float process(byte[] encoded) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(encoded));
        Result result = session.runner().feed(contents, bytes).fetch(scaled).run()) {
      return ((TFloat32) result.get(0)).getFloat(0, 0, 0, 0);
    }
  }

  /** Decodes, resizes and scales, and copies the result. */
  void process(byte[] encoded, FloatBuffer target) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(encoded));
        Result result = session.runner().feed(contents, bytes).fetch(scaled).run()) {
      ((TFloat32) result.get(0)).scalars().forEach(scalar -> target.put(scalar.getFloat()));
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

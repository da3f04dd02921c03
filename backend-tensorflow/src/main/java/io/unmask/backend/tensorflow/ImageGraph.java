package io.unmask.backend.tensorflow;

import io.unmask.spi.EngineFailure;
import io.unmask.spi.ImageSize;
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
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The graph that decodes and resizes, with its session. Thread-safe; there is one for the whole
 * process, made by the first that needs it, of a few kilobytes.
 */
final class ImageGraph {

  private final Session session;
  private final Output<TString> contents;
  private final Output<TInt32> size;
  private final Output<TInt32> shape;
  private final Output<TFloat32> resized;

  private ImageGraph() {
    Graph graph = new Graph();
    Ops ops = Ops.create(graph);
    contents = ops.placeholder(TString.class).asOutput();
    size = ops.placeholder(TInt32.class).asOutput();
    Operand<TUint8> image =
        ops.image.decodeImage(
            contents, TUint8.class, DecodeImage.channels(3L), DecodeImage.expandAnimations(false));
    shape = ops.shape(image).asOutput();
    Operand<TUint8> batch = ops.expandDims(image, ops.constant(0));
    resized =
        ops.image.resizeBilinear(batch, size, ResizeBilinear.halfPixelCenters(true)).asOutput();
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(-1)
            .putDeviceCount("GPU", 0)
            .build();
    session = new Session(graph, config);
  }

  /**
   * The graph, which is made when this is first called.
   *
   * @throws io.unmask.error.BackendException if TensorFlow cannot be loaded
   */
  static ImageGraph shared() {
    Natives.find(ImageGraph.class.getClassLoader()).load();
    try {
      return Holder.INSTANCE;
    } catch (LinkageError e) {
      throw EngineFailure.of("TensorFlow cannot decode images", e);
    }
  }

  private static final class Holder {
    static final ImageGraph INSTANCE = new ImageGraph();
  }

  /**
   * An image.
   *
   * @param size its size before it was resized
   * @param pixels {@code [height, width, 3]} from 0 to 255, red first
   */
  @SuppressWarnings("ArrayRecordComponent") // only handed from one method to another
  record Decoded(ImageSize size, float[] pixels) {}

  /**
   * Decodes an image and resizes it.
   *
   * @throws RuntimeException of some kind if the bytes are not an image that TensorFlow reads
   */
  Decoded decode(byte[] encoded, int height, int width) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(encoded));
        TInt32 extents = TInt32.vectorOf(height, width);
        Result result =
            session
                .runner()
                .feed(contents, bytes)
                .feed(size, extents)
                .fetch(resized)
                .fetch(shape)
                .run()) {
      FloatBuffer floats = TensorMemory.floats(result.get(0));
      float[] pixels = new float[floats.remaining()];
      floats.get(pixels);
      TInt32 before = (TInt32) result.get(1);
      return new Decoded(new ImageSize(before.getInt(0), before.getInt(1)), pixels);
    }
  }
}

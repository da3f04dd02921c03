package io.unmask.faces;

import io.unmask.spi.Backend;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Photo;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A model on an engine. Thread-safe; holds native memory until it is closed. */
final class FaceNetwork implements AutoCloseable {

  private final FaceModel model;
  private final Program program;

  private FaceNetwork(FaceModel model, Program program) {
    this.model = model;
    this.program = program;
  }

  /** Reads the model and compiles it. */
  static FaceNetwork open(FaceModel model, Backend backend, ProgramOptions options) {
    return new FaceNetwork(model, backend.compile(model.network(), options));
  }

  int side() {
    return model.side();
  }

  /**
   * What the network takes for faces in some looks at a photo, in the photo's pixels, one list a
   * look.
   *
   * @param threshold the least score that counts
   * @param everyPixel whether shrinking counts every pixel, or only those around each pixel wanted
   */
  List<List<Candidate>> candidates(
      Photo photo, List<Look> looks, double threshold, boolean everyPixel) {
    int size = model.side() * model.side() * InputFormat.CHANNELS;
    float[] pictures = new float[looks.size() * size];
    for (int i = 0; i < looks.size(); i++) {
      looks.get(i).show(photo, everyPixel, pictures, i * size);
    }
    float[][] outputs = program.run(FloatBuffer.wrap(pictures), looks.size());
    List<List<Candidate>> found = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      Look look = looks.get(i);
      found.add(
          Decoding.candidates(model, outputs[0], outputs[1], i, threshold).stream()
              .map(look::inPhoto)
              .toList());
    }
    return found;
  }

  @Override
  public void close() {
    program.close();
  }
}

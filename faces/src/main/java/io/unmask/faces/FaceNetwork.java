package io.unmask.faces;

import io.unmask.error.BackendException;
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
  private final String backend;
  private final Program program;

  private FaceNetwork(FaceModel model, String backend, Program program) {
    this.model = model;
    this.backend = backend;
    this.program = program;
  }

  /** Reads the model and compiles it. */
  static FaceNetwork open(FaceModel model, Backend backend, ProgramOptions options) {
    return new FaceNetwork(model, backend.name(), backend.compile(model.network(), options));
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
   * @throws BackendException if the engine fails, or puts out what is no number
   */
  List<List<Candidate>> candidates(
      Photo photo, List<Look> looks, double threshold, boolean everyPixel) {
    int size = model.side() * model.side() * InputFormat.CHANNELS;
    float[] pictures = new float[looks.size() * size];
    for (int i = 0; i < looks.size(); i++) {
      looks.get(i).show(photo, everyPixel, pictures, i * size);
    }
    float[][] outputs = program.run(FloatBuffer.wrap(pictures), looks.size());
    for (float[] output : outputs) {
      requireFinite(output);
    }
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

  /** Otherwise a backend that computes nonsense would look like a photo without a face. */
  private void requireFinite(float[] output) {
    for (float value : output) {
      if (!Float.isFinite(value)) {
        throw new BackendException(
            "backend '%s' puts out %s where the faces of a photo are looked for; report this to its authors, or choose another backend"
                .formatted(backend, value));
      }
    }
  }

  @Override
  public void close() {
    program.close();
  }
}

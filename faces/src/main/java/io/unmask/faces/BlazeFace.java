package io.unmask.faces;

import io.unmask.spi.Backend;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.ProgramOptions;

/**
 * Finds faces with BlazeFace, MediaPipe's detectors for short and for full range, whose networks
 * are resources of this artifact.
 *
 * <p>A photo is looked at as a whole first. Where no face is found, or only small ones, its parts
 * are looked at as well, and where that finds none either, the photo is turned by quarters. A face
 * has six points: the right eye and the left (the person's own, so that the right one is on the
 * left of a photo), the tip of the nose, the middle of the mouth, the right ear and the left.
 * Thread-safe.
 */
public final class BlazeFace implements FaceFinder {

  /** For {@link java.util.ServiceLoader}; does no work. */
  public BlazeFace() {}

  /** {@code blazeface}. */
  @Override
  public String name() {
    return "blazeface";
  }

  @Override
  public Search open(Backend backend, ProgramOptions options) {
    FaceNetwork near = FaceNetwork.open(FaceModel.SHORT_RANGE, backend, options);
    try {
      FaceNetwork far = FaceNetwork.open(FaceModel.FULL_RANGE, backend, options);
      return new BlazeFaceSearch(near, far, SearchPlan.DEFAULT);
    } catch (RuntimeException e) {
      near.close();
      throw e;
    }
  }
}

package io.unmask.faces;

import io.unmask.spi.Backend;
import io.unmask.spi.FaceFinder;
import io.unmask.spi.ProgramOptions;

/**
 * Finds faces with BlazeFace, MediaPipe's detectors for short and for full range, whose networks
 * are resources of this artifact.
 *
 * <p>A photo is looked at as a whole first. Where no face is found, or only small ones, its parts
 * are looked at as well, and where that finds none that is sure, the photo is turned by quarters.
 * What may be a face is looked at alone before it is called one. A face has six points: the right
 * eye and the left (the person's own, so that the right one is on the left of a photo), the tip of
 * the nose, the middle of the mouth, the right ear and the left. Thread-safe.
 */
public final class BlazeFace implements FaceFinder {

  /** For {@link java.util.ServiceLoader}; does no work. */
  public BlazeFace() {}

  /** {@code blazeface}. */
  @Override
  public String name() {
    return "blazeface";
  }

  /**
   * {@inheritDoc} The networks are read and compiled while the first photo is being decoded, or
   * when one is first needed: whatever goes wrong with that, {@link Search#find} says.
   */
  @Override
  public Search open(Backend backend, ProgramOptions options) {
    LazyNetwork near = network(FaceModel.SHORT_RANGE, backend, options);
    LazyNetwork far = network(FaceModel.FULL_RANGE, backend, options);
    far.begin(); // every photo needs it; the first one is being decoded meanwhile
    return new BlazeFaceSearch(near, far, SearchPlan.DEFAULT);
  }

  private static LazyNetwork network(FaceModel model, Backend backend, ProgramOptions options) {
    return new LazyNetwork(() -> FaceNetwork.open(model, backend, options));
  }
}

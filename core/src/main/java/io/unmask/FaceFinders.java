package io.unmask;

import io.unmask.discovery.Providers;
import io.unmask.error.BackendException;
import io.unmask.error.Explanation;
import io.unmask.spi.FaceFinder;

/** The face finders on the class path. Detectors search here by themselves. */
public final class FaceFinders {

  private FaceFinders() {}

  /**
   * Returns the first face finder on the class path.
   *
   * @throws BackendException if there is none
   */
  public static FaceFinder find() {
    return first(Providers.find(FaceFinder.class, FaceFinder::name));
  }

  /**
   * The first that there is.
   *
   * @throws BackendException if there is none
   */
  static FaceFinder first(Providers<FaceFinder> providers) {
    FaceFinder finder =
        providers.found().stream()
            .findFirst()
            .map(Providers.Found::provider)
            .orElseThrow(
                () ->
                    new BackendException(
                        Explanation.NO_FACE_FINDER,
                        "the model judges faces, and the class path offers nothing that finds them"
                            + providers.describeFaults()
                            + "; add the Maven dependency io.unmask:unmask-faces, or have whole images"
                            + " judged with --faces whole, in Java faces(Faces.WHOLE)",
                        null));
    providers.warn();
    return finder;
  }
}

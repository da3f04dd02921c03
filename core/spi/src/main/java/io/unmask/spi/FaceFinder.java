package io.unmask.spi;

import java.util.List;

/**
 * Finds faces in photos, for models that judge faces instead of whole images.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; the constructor must do no
 * work and load nothing. Must be thread-safe.
 */
public interface FaceFinder {

  /** What it is called where it is reported, such as {@code blazeface}. */
  String name();

  /**
   * Prepares to find faces. A finder that is a network runs on the backend; other finders ignore
   * it.
   *
   * @param backend the engine that the detector uses
   * @param options the options that the detector compiles its own network with
   * @throws io.unmask.error.BackendException if the engine fails
   */
  Search open(Backend backend, ProgramOptions options);

  /** A finder that is ready to search. Thread-safe; may hold native memory until it is closed. */
  interface Search extends AutoCloseable {

    /**
     * Returns the faces in a photo, the surest first; an empty list if there is none.
     *
     * @throws io.unmask.error.BackendException if the engine fails
     */
    List<Face> find(Photo photo);

    /**
     * Releases all native memory, after the calls in progress have returned. Further calls have no
     * effect.
     */
    @Override
    void close();
  }
}

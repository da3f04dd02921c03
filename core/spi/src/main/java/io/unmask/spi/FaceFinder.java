package io.unmask.spi;

import java.util.List;

/**
 * Finds faces in photos, for models that judge faces and not whole images.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; their constructor does no work
 * and loads nothing. They are thread-safe.
 */
public interface FaceFinder {

  /** The name it is chosen by, such as {@code blazeface}. */
  String name();

  /**
   * Gets ready to find faces. A finder that is a network runs on the backend; another one does
   * without.
   *
   * @param backend the engine that the detector uses
   * @param options what the detector compiles its own network with
   * @throws io.unmask.error.BackendException if the engine fails
   */
  Search open(Backend backend, ProgramOptions options);

  /** A finder at work. Thread-safe; holds native memory until it is closed. */
  interface Search extends AutoCloseable {

    /**
     * The faces in a photo, the surest first; none if there are none.
     *
     * @throws io.unmask.error.BackendException if the engine fails
     */
    List<Face> find(Photo photo);

    /** Releases everything native, behind the calls under way. May be called again. */
    @Override
    void close();
  }
}

package io.unmask.spi;

/**
 * Makes one model of a request that is for more, or less, than a single file: several files, a
 * folder of several, a fusion rule, or no path at all, which means the bundled default. A single
 * file is read without it.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; their constructor does no work
 * and loads nothing. They are thread-safe.
 */
public interface ModelSource {

  /** What it is called in messages, such as {@code ensemble}. */
  String name();

  /**
   * Reads the model.
   *
   * @throws io.unmask.error.ModelFormatException if a file is missing, damaged or does not fit the
   *     others
   * @throws io.unmask.error.UnsupportedLayerException if a file uses a layer that is not supported
   * @throws IllegalArgumentException if the request is for something that there is not, such as an
   *     unknown fusion rule
   */
  Model load(ModelRequest request);
}

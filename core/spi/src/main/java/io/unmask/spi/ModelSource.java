package io.unmask.spi;

/**
 * Makes one model from a request for anything but a single file: several files, a folder of
 * several, a fusion rule, or no path at all, which means the bundled default. A single file is read
 * without a model source.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; the constructor must do no
 * work and load nothing. Must be thread-safe.
 */
public interface ModelSource {

  /** The name in messages, such as {@code ensemble}. */
  String name();

  /**
   * Reads the model.
   *
   * @throws io.unmask.error.ModelFormatException if a file is missing, damaged or does not fit the
   *     others
   * @throws io.unmask.error.UnsupportedLayerException if a file uses a layer that is not supported
   * @throws IllegalArgumentException if the request asks for something that does not exist, such as
   *     an unknown fusion rule
   */
  Model load(ModelRequest request);
}

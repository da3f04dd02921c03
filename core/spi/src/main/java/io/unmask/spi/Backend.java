package io.unmask.spi;

import io.unmask.network.Network;
import java.util.Optional;

/**
 * An engine that runs networks.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}. The constructor must do no
 * work, and nothing native may be loaded before {@link #prepare} or {@link #compile}. Must be
 * thread-safe.
 */
public interface Backend {

  /** The name that the backend is chosen by, such as {@code cpu}: lower case, no spaces. */
  String name();

  /** The priority: of the backends that are available, the one with the highest is chosen. */
  int priority();

  /**
   * Says whether a network could be run on the device. Must load nothing native, must not throw,
   * and must return quickly.
   */
  Availability probe(Device device);

  /**
   * Loads whatever is slow to load, so that a later {@link #compile} is quick. It is called on
   * another thread while the model is being read. Further calls have no effect.
   *
   * @throws io.unmask.error.BackendException if the engine cannot be loaded
   */
  default void prepare() {}

  /**
   * Returns the precision that a network would be run in here if this one was asked for: {@link
   * Precision#F32} if the one asked for is not available. Unlike {@link #probe} it may load the
   * engine. A backend that has only single precision need not implement it.
   *
   * @return any precision except {@link Precision#AUTO}
   * @throws io.unmask.error.BackendException if the engine cannot be loaded, or if a precision that
   *     was asked for by its name is not available and the backend can say why
   */
  default Precision precision(Precision asked) {
    return Precision.F32;
  }

  /**
   * Compiles a network. The program must not keep anything of the network after this returns, so
   * that the memory of its weights can be released.
   *
   * @throws io.unmask.error.BackendException if the engine cannot be loaded, the device or the
   *     precision cannot be used, or the engine refuses the network
   * @throws io.unmask.error.UnsupportedLayerException if the engine lacks a layer
   */
  Program compile(Network network, ProgramOptions options);

  /** Returns the part of this backend that trains, if it can train. */
  default Optional<Trainable> trainable() {
    return Optional.empty();
  }
}

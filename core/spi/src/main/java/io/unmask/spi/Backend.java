package io.unmask.spi;

import io.unmask.network.Network;
import java.util.Optional;

/**
 * An engine that can run networks.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}. They are small: the
 * constructor does no work, and nothing native is loaded before {@link #prepare} or {@link
 * #compile}. Thread-safe.
 */
public interface Backend {

  /** The name it is chosen by, such as {@code cpu}: lower case, no spaces. */
  String name();

  /** Of the backends that are available, the one with the highest priority is chosen. */
  int priority();

  /**
   * Whether a network could be run on the device, without loading anything native. Never throws and
   * returns quickly.
   */
  Availability probe(Device device);

  /**
   * Loads whatever is slow to load, so that a later {@link #compile} is quick; called on another
   * thread while the model is being read. Without effect when done already.
   *
   * @throws io.unmask.error.BackendException if the engine cannot be loaded
   */
  default void prepare() {}

  /**
   * The precision that a network would be run in here if this one was asked for: {@link
   * Precision#F32} where it cannot be had. Unlike {@link #probe} it may load the engine. A backend
   * that knows single precision alone need not implement it.
   *
   * @return any but {@link Precision#AUTO}
   * @throws io.unmask.error.BackendException if the engine cannot be loaded, or it can say why a
   *     precision that was asked for by its name cannot be had
   */
  default Precision precision(Precision asked) {
    return Precision.F32;
  }

  /**
   * Compiles a network. Nothing of the network is kept once this returns, so that the memory of its
   * weights can be released.
   *
   * @throws io.unmask.error.BackendException if the engine cannot be loaded, the device or the
   *     precision cannot be used, or the engine refuses the network
   * @throws io.unmask.error.UnsupportedLayerException if the engine lacks a layer
   */
  Program compile(Network network, ProgramOptions options);

  /** What this backend offers for training, if it can train. */
  default Optional<Trainable> trainable() {
    return Optional.empty();
  }
}

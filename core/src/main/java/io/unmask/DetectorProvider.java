package io.unmask;

/**
 * Opens detectors. Implementations are found with {@link java.util.ServiceLoader}: a jar names one
 * in {@code META-INF/services/io.unmask.DetectorProvider}, or its module {@code provides} one.
 * {@link Detector#open()} then opens the detectors of this provider, even in programs that do not
 * know of it. Must be thread-safe.
 */
public interface DetectorProvider {

  /**
   * The name it is chosen by, with {@link DetectorBuilder#provider}, the system property {@code
   * unmask.provider} or the environment variable {@code UNMASK_PROVIDER}.
   */
  String name();

  /**
   * The priority of this provider: of several providers, the one with the highest priority is
   * chosen, unless one is named. The provider of this artifact has 0; one that should be used only
   * if it is named has less.
   */
  int priority();

  /**
   * Opens a detector.
   *
   * @param settings what the caller asked for; the provider must refuse the settings that it cannot
   *     honour, see {@link DetectorSettings#requireOnly}
   * @throws io.unmask.error.DetectorException if it cannot be opened
   * @throws IllegalArgumentException if the provider cannot do what the caller asked for
   */
  Detector open(DetectorSettings settings);

  /**
   * Does ahead of time the slow part of {@link #open} that needs no model. Does nothing by default.
   */
  default void prepare(DetectorSettings settings) {}
}

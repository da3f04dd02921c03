package io.unmask;

/**
 * Opens detectors. Found with {@link java.util.ServiceLoader}: a jar that names an implementation
 * in {@code META-INF/services/io.unmask.DetectorProvider}, or whose module {@code provides} one,
 * makes {@link Detector#open()} open its detectors, in programs that do not know of it. Has to be
 * thread-safe.
 */
public interface DetectorProvider {

  /**
   * The name it is chosen by, with {@link DetectorBuilder#provider}, the system property {@code
   * unmask.provider} or the environment variable {@code UNMASK_PROVIDER}.
   */
  String name();

  /**
   * Of several providers that of the highest priority is chosen, unless one is named. The one of
   * this artifact has 0; one that is to be used only where it is named has less.
   */
  int priority();

  /**
   * Opens a detector.
   *
   * @param settings what the caller asked for; what the provider cannot heed it has to refuse, see
   *     {@link DetectorSettings#requireOnly}
   * @throws io.unmask.error.DetectorException if it cannot be opened
   * @throws IllegalArgumentException if it cannot be what the caller asked for
   */
  Detector open(DetectorSettings settings);

  /** Does ahead what {@link #open} would have to wait for and needs no model. */
  default void prepare(DetectorSettings settings) {}
}

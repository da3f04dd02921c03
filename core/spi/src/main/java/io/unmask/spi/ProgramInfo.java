package io.unmask.spi;

/**
 * Describes what really runs a network.
 *
 * @param backend the backend's name
 * @param engine the engine and its version, as the engine reports it
 * @param device the device that is used
 * @param threads the number of threads that work on one call
 * @param precision the precision that it is computed in, never {@link Precision#AUTO}
 */
public record ProgramInfo(
    String backend, String engine, String device, int threads, Precision precision) {

  /**
   * Checks the precision.
   *
   * @throws IllegalArgumentException if it is {@link Precision#AUTO}, which is not a precision to
   *     compute in
   */
  public ProgramInfo {
    if (precision == Precision.AUTO) {
      throw new IllegalArgumentException("a program runs in f32, bf16 or int8, not in 'auto'");
    }
  }

  /** Single precision. */
  public ProgramInfo(String backend, String engine, String device, int threads) {
    this(backend, engine, device, threads, Precision.F32);
  }
}

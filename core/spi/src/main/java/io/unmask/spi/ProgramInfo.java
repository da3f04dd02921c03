package io.unmask.spi;

/**
 * What really runs a network.
 *
 * @param backend the backend's name
 * @param engine the engine and its version, as the engine reports it
 * @param device the device that is used
 * @param threads the number of threads that work on one call
 */
public record ProgramInfo(String backend, String engine, String device, int threads) {}

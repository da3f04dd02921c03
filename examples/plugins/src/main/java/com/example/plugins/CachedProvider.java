package com.example.plugins;

import io.unmask.Detector;
import io.unmask.DetectorProvider;
import io.unmask.DetectorSettings;
import io.unmask.NetworkProvider;

/**
 * Opens Unmask's own detectors with a memory. A provider of a remote service has no more methods.
 */
public final class CachedProvider implements DetectorProvider {

  private final NetworkProvider network = new NetworkProvider();

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public CachedProvider() {}

  @Override
  public String name() {
    return "cached";
  }

  /** Below Unmask's own, so that it is used only where it is asked for. */
  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Detector open(DetectorSettings settings) {
    return new CachedDetector(network.open(settings));
  }

  @Override
  public void prepare(DetectorSettings settings) {
    network.prepare(settings);
  }
}

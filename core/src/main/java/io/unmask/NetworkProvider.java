package io.unmask;

/** Opens detectors that run networks on backends of this machine. */
public final class NetworkProvider implements DetectorProvider {

  /** Its name. */
  public static final String NAME = "network";

  /** Called by {@link java.util.ServiceLoader}; does nothing. */
  public NetworkProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Detector open(DetectorSettings settings) {
    return new DetectorOpener(settings).open();
  }

  @Override
  public void prepare(DetectorSettings settings) {
    new DetectorOpener(settings).prepare();
  }
}

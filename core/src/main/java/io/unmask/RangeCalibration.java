package io.unmask;

import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the ranges of the values inside a model, which {@link Precision#INT8} needs. To measure,
 * classify images with its {@link #detector}. A few hundred images of the kind that the model is
 * for are enough; whether they are fake does not matter much.
 *
 * <p>Everything is computed in single precision. Thread-safe; whoever opens it must close it.
 */
public final class RangeCalibration implements AutoCloseable {

  /**
   * The share of a layer's largest numbers that is left out: a few outliers would take steps from
   * all others. docs/performance.md has what that is worth.
   */
  private static final double SHARE = 1e-5;

  private final Detector detector;
  private final RangeRecorder recorder;

  private RangeCalibration(Detector detector, RangeRecorder recorder) {
    this.detector = detector;
    this.recorder = recorder;
  }

  /**
   * Opens a detector as the builder says, and records the values in its network.
   *
   * @throws IllegalArgumentException if a precision was set on the builder
   * @throws io.unmask.error.DetectorException as {@link DetectorBuilder#open}
   */
  public static RangeCalibration open(DetectorBuilder builder) {
    DetectorSettings settings = builder.precision(Precision.F32).settings();
    List<RangeRecorder> recorders = new ArrayList<>();
    DetectorOpener opening =
        new DetectorOpener(
            settings,
            (backend, network, options) -> {
              RangeRecorder recorder = RangeRecorder.compile(backend, network, options);
              recorders.add(recorder);
              return recorder;
            });
    Detector detector = opening.open();
    return new RangeCalibration(detector, recorders.get(0));
  }

  /** The detector whose values are measured. {@link #close} closes it. */
  public Detector detector() {
    return detector;
  }

  /**
   * The ranges of the values that were seen so far.
   *
   * @throws IllegalStateException if the network has seen no image
   */
  public ActivationRanges ranges() {
    return recorder.ranges(SHARE);
  }

  @Override
  public void close() {
    detector.close();
  }
}

package io.unmask;

import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures between which numbers the values of a model lie, which {@link Precision#INT8} needs: the
 * images that its detector is shown are the measure. A few hundred of the kind that the model is
 * for are enough; whether they are fake does not matter much.
 *
 * <p>All of it is done in single precision. Thread-safe; whoever opens it closes it.
 */
public final class RangeCalibration implements AutoCloseable {

  /**
   * Of a layer's largest numbers this share is left out: a few outliers would take steps from all
   * others. What that is worth is measured in docs/performance.md.
   */
  private static final double SHARE = 1e-5;

  private final Detector detector;
  private final RangeRecorder recorder;

  private RangeCalibration(Detector detector, RangeRecorder recorder) {
    this.detector = detector;
    this.recorder = recorder;
  }

  /**
   * Opens a detector as the builder says, and keeps account of what goes on in it.
   *
   * @throws IllegalStateException if the builder was told of a precision
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

  /** The detector whose values are measured. It is closed with this. */
  public Detector detector() {
    return detector;
  }

  /**
   * What was seen so far.
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

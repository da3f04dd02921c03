package io.unmask.keras;

import io.unmask.keras.hdf5.Half;
import io.unmask.network.Weights;

/** How exactly {@link KerasWriter} stores weights. Keras and {@link KerasReader} read both. */
public enum Precision {

  /** 32-bit floats, which is what weights are. */
  SINGLE,

  /**
   * 16-bit floats of IEEE 754, rounded to the nearest and among two to the even one: eleven
   * significant bits, at half the size. Vectors, such as biases and the statistics of batch
   * normalisation, stay in single precision, for they are small and a variance may be smaller than
   * any such float; and so does an array with a number above {@value Half#MAX}.
   */
  HALF;

  /** Whether an array is stored as 16-bit floats. */
  boolean halves(Weights weights) {
    if (this == SINGLE || weights.shape().rank() < 2) {
      return false;
    }
    for (float value : weights.toArray()) {
      if (!(Math.abs(value) <= Half.MAX)) {
        return false;
      }
    }
    return true;
  }
}

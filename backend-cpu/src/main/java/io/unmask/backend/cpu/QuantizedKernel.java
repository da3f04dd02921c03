package io.unmask.backend.cpu;

import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in 8-bit integers, each output channel with a scale of its own: the largest of its
 * weights counts for the highest integer. Thread-safe; the weights are read by whichever thread
 * needs them first.
 */
final class QuantizedKernel {

  private final Weights weights;
  private final int inputs;
  private final int channels;
  private final int highest;
  private float @Nullable [] values;
  private float[] steps = {};

  /**
   * A kernel.
   *
   * @param weights of shape {@code [height, width, input, output]}
   * @param highest what the largest weight becomes
   */
  QuantizedKernel(Weights weights, int highest) {
    this.weights = weights;
    this.inputs = weights.shape().extent(2);
    this.channels = weights.shape().extent(3);
    this.highest = highest;
  }

  /** Writes what 1 counts for in each channel. */
  void steps(ByteBuffer target) {
    read();
    target.order(ByteOrder.nativeOrder()).asFloatBuffer().put(steps);
  }

  /**
   * Writes the integers, in row-major order. What is rounded off at one place of a window is made
   * good at the next, so that the weights of an input channel keep their sum: neighbouring pixels
   * are much alike, and what such sums are wrong by would move the mean of a whole channel.
   */
  void integers(ByteBuffer target) {
    float[] values = read();
    int point = channels * inputs;
    byte[] integers = new byte[values.length];
    float[] carried = new float[point];
    for (int i = 0; i < values.length; i++) {
      float exact = values[i] / steps[i % channels] + carried[i % point];
      int rounded = Math.max(-highest, Math.min(highest, Math.round(exact)));
      carried[i % point] = exact - rounded;
      integers[i] = (byte) rounded;
    }
    target.put(integers);
  }

  private synchronized float[] read() {
    float[] read = values;
    if (read == null) {
      read = weights.toArray();
      steps = new float[channels];
      for (int i = 0; i < read.length; i++) {
        steps[i % channels] = Math.max(steps[i % channels], Math.abs(read[i]));
      }
      for (int channel = 0; channel < channels; channel++) {
        float step = steps[channel] / highest;
        steps[channel] = step < Float.MIN_NORMAL ? 1 : step; // all are 0
      }
      values = read;
    }
    return read;
  }
}

package io.unmask.backend.cpu;

import io.unmask.spi.ActivationRanges.Range;
import org.bytedeco.dnnl.memory;

/**
 * How real numbers are counted in 8-bit integers.
 *
 * @param type {@code u8} for numbers from 0 on, else {@code s8}
 * @param step what 1 counts for; 0 stands for 0
 */
record Scale(memory.data_type type, float step) {

  private static final float UNSIGNED = 255;
  private static final float SIGNED = 127;

  /** The finest that has the range in it. */
  static Scale of(Range range) {
    boolean signed = range.low() < 0;
    float greatest = Math.max(-range.low(), range.high());
    float step = greatest / (signed ? SIGNED : UNSIGNED);
    // A value that is always 0 may have any step.
    return new Scale(
        signed ? memory.data_type.s8 : memory.data_type.u8, step < Float.MIN_NORMAL ? 1 : step);
  }
}

package io.unmask.backend.cpu;

import io.unmask.network.Shape;
import org.bytedeco.dnnl.memory;

/**
 * What a step reads or writes: an array in a buffer, in a layout of the engine's choosing.
 *
 * @param shape the logical shape, without the batch
 * @param layout where each element lies in the buffer
 * @param buffer the number of the buffer; several values may lie in one, one after the other in
 *     time
 * @param step what 1 counts for in 8-bit integers; 1 for other numbers
 */
record Value(Shape shape, memory.desc layout, int buffer, float step) {

  /** The type of its numbers. */
  memory.data_type type() {
    return layout.get_data_type().intern(); // which comes as a new object each time
  }

  /** Whether its numbers are 8-bit integers. */
  boolean isQuantized() {
    return type() == memory.data_type.u8 || type() == memory.data_type.s8;
  }
}

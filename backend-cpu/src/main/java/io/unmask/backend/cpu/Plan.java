package io.unmask.backend.cpu;

import java.util.List;
import org.bytedeco.dnnl.engine;

/**
 * All that a lane needs to know to run a network.
 *
 * @param engine the engine that the primitives belong to
 * @param steps what is called, in order
 * @param arena where the values lie
 * @param input where the image goes, row-major
 * @param outputs where the results come from, row-major
 */
record Plan(engine engine, List<Step> steps, Arena arena, Value input, List<Value> outputs) {

  /** The size of the largest scratchpad in bytes. */
  long scratchpadSize() {
    return steps.stream().mapToLong(step -> step.scratchpad().get_size()).max().orElse(0);
  }
}

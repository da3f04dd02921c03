package io.unmask.backend.cpu;

import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/**
 * One call of the engine.
 *
 * @param label the node it computes, for messages
 * @param primitive what is called
 * @param values its arguments that change from call to call, by oneDNN's argument number
 * @param constants its arguments that do not
 * @param scratchpad what belongs under the scratchpad's argument number; its size may be 0
 * @param small whether one thread does it sooner than several, which must first meet
 */
record Step(
    String label,
    primitive primitive,
    Map<Integer, Value> values,
    Map<Integer, memory> constants,
    memory.desc scratchpad,
    boolean small) {}

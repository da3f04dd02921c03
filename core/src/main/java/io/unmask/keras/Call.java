package io.unmask.keras;

import java.util.List;

/**
 * A use of a layer.
 *
 * @param operands what it is called with
 * @param training whether it is called as in training
 */
record Call(List<Operand> operands, boolean training) {}

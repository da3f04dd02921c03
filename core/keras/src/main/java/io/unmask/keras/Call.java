package io.unmask.keras;

import io.unmask.json.Json;
import java.util.List;

/**
 * A use of a layer.
 *
 * @param operands what it is called with
 * @param training whether it is called as in training
 * @param arguments what it is called with as the file has it, for what is no operand
 */
record Call(List<Operand> operands, boolean training, Json arguments) {}

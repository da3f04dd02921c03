package io.unmask.keras.config;

import io.unmask.json.Json;
import java.util.List;

/**
 * A model as its config describes it.
 *
 * @param name its name
 * @param sequential whether each layer reads the one before it, so that no calls are given
 * @param config the config itself
 * @param layers its layers in the config's order
 * @param inputs the tensors that come in, of a functional model
 * @param outputs the tensors that come out, of a functional model
 */
public record ModelConfig(
    String name,
    boolean sequential,
    Json config,
    List<LayerConfig> layers,
    List<Operand.Tensor> inputs,
    List<Operand.Tensor> outputs) {}

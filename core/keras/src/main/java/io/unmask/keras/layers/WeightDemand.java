package io.unmask.keras.layers;

import io.unmask.keras.config.Generation;
import io.unmask.keras.config.LayerConfig;
import io.unmask.keras.config.ModelConfig;
import io.unmask.network.FloatSource;
import io.unmask.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What variables a model's layers ask for, which is found out by building it of ones. */
public final class WeightDemand implements WeightSource {

  private static final FloatSource ONES = Ones::new;

  private final Map<LayerConfig, List<Variable>> asked = new LinkedHashMap<>();

  private WeightDemand() {}

  /** What a model asks for, which is built with its weights later. */
  public static WeightDemand of(ModelConfig model, Generation generation) {
    WeightDemand demand = new WeightDemand();
    GraphBuilder.build(model, demand, () -> generation, null);
    return demand;
  }

  /** The layers that ask for any, and the parts of layers, in the order in which they are built. */
  public Map<LayerConfig, List<Variable>> variables() {
    return asked;
  }

  @Override
  public List<Weights> read(LayerConfig layer, List<Variable> variables) {
    if (!variables.isEmpty()) {
      asked.put(layer, List.copyOf(variables));
    }
    List<Weights> ones = new ArrayList<>();
    for (Variable variable : variables) {
      if (variable.read()) {
        ones.add(Weights.from(variable.shape(), ONES));
      }
    }
    return ones;
  }

  /** No array, however large the config says that it is, takes any memory. */
  private record Ones() implements FloatSource.Reader {

    @Override
    public void read(int index, ByteBuffer target) {
      while (target.hasRemaining()) {
        target.putFloat(1);
      }
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}

package io.unmask.testkit;

import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.Passes;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Backend;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between which numbers the feature maps of a network lie, for tests of int8. */
public final class MeasuredRanges {

  private MeasuredRanges() {}

  /** The ranges for some images, by a backend in single precision. */
  public static ActivationRanges of(Backend backend, Network network, float[]... images) {
    Network prepared = Passes.forInference().apply(network);
    Network.Builder builder = Network.builder(prepared.name());
    List<Integer> maps = new ArrayList<>(prepared.outputs());
    for (Node node : prepared.nodes()) {
      int index = builder.add(node.name(), node.layer(), node.inputs());
      if (node.shape().rank() == 3) {
        maps.add(index);
      }
    }
    Map<String, ActivationRanges.Range> ranges = new LinkedHashMap<>();
    try (Program program = backend.compile(builder.build(maps), ProgramOptions.DEFAULT)) {
      for (float[] image : images) {
        float[][] values = program.run(FloatBuffer.wrap(image), 1);
        for (int i = prepared.outputs().size(); i < values.length; i++) {
          ranges.merge(
              prepared.node(maps.get(i)).name(), range(values[i]), ActivationRanges.Range::with);
        }
      }
    }
    return ActivationRanges.of(ranges);
  }

  private static ActivationRanges.Range range(float[] values) {
    float low = values[0];
    float high = values[0];
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new ActivationRanges.Range(low, high);
  }
}

package io.unmask;

import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.pass.Passes;
import io.unmask.spi.ActivationRanges;
import io.unmask.spi.Backend;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that puts out what the network does and keeps account of the values inside it.
 *
 * <p>Feature maps are looked at, for what reads them are convolutions; the rest of a network stays
 * in single precision.
 */
final class RangeRecorder implements Program {

  private final Program program;
  private final int outputs;
  private final List<String> names = new ArrayList<>();
  private final List<ActivationHistogram> histograms = new ArrayList<>();

  private RangeRecorder(Program program, int outputs, List<String> names) {
    this.program = program;
    this.outputs = outputs;
    this.names.addAll(names);
    names.forEach(name -> histograms.add(new ActivationHistogram()));
  }

  static RangeRecorder compile(Backend backend, Network network, ProgramOptions options) {
    Network prepared = Passes.forInference().apply(network);
    Network.Builder builder = Network.builder(prepared.name());
    List<Integer> outputs = new ArrayList<>(prepared.outputs());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < prepared.nodes().size(); i++) {
      Node node = prepared.node(i);
      builder.add(node.name(), node.layer(), node.inputs());
      if (i != prepared.input() && node.shape().rank() == 3) {
        outputs.add(i);
        names.add(node.name());
      }
    }
    Program program = backend.compile(builder.build(outputs), options);
    return new RangeRecorder(program, prepared.outputs().size(), names);
  }

  @Override
  public float[][] run(FloatBuffer images, int count) {
    float[][] values = program.run(images, count);
    synchronized (this) {
      for (int i = 0; i < histograms.size(); i++) {
        histograms.get(i).add(values[outputs + i]);
      }
    }
    return Arrays.copyOf(values, outputs);
  }

  /**
   * What was seen.
   *
   * @param share how many of the largest numbers may lie outside
   */
  synchronized ActivationRanges ranges(double share) {
    Map<String, ActivationRanges.Range> ranges = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      ranges.put(names.get(i), histograms.get(i).allBut(share));
    }
    return ActivationRanges.of(ranges);
  }

  @Override
  public ProgramInfo info() {
    return program.info();
  }

  @Override
  public void close() {
    program.close();
  }
}

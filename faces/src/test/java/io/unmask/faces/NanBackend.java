package io.unmask.faces;

import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Puts out NaN for every number of every network. */
final class NanBackend implements Backend {

  @Override
  public String name() {
    return "nan";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public Availability probe(Device device) {
    return new Availability.Available("nan 1.0", "cpu");
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    return new Program() {
      @Override
      public float[][] run(FloatBuffer images, int count) {
        float[][] outputs = new float[network.outputs().size()][];
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = new float[network.outputShape(i).size() * count];
          Arrays.fill(outputs[i], Float.NaN);
        }
        return outputs;
      }

      @Override
      public ProgramInfo info() {
        return new ProgramInfo("nan", "nan 1.0", "cpu", 1, options.precision());
      }

      @Override
      public void close() {}
    };
  }
}

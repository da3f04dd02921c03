package io.unmask.testkit;

import io.unmask.network.Network;
import io.unmask.spi.Availability;
import io.unmask.spi.Backend;
import io.unmask.spi.Device;
import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import io.unmask.spi.ProgramOptions;
import java.nio.FloatBuffer;

/** The reference interpreter as a backend, for tests of all that lies above backends. */
public final class InterpreterBackend implements Backend {

  /** For {@link java.util.ServiceLoader}; does no work. */
  public InterpreterBackend() {}

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public int priority() {
    return -100;
  }

  @Override
  public Availability probe(Device device) {
    return device == Device.GPU
        ? new Availability.Unavailable("it is a program in Java", "use another backend")
        : new Availability.Available("interpreter", "cpu");
  }

  @Override
  public Program compile(Network network, ProgramOptions options) {
    return new Program() {
      @Override
      public float[][] run(FloatBuffer images, int count) {
        float[] image = new float[images.remaining() / count];
        FloatBuffer rest = images.duplicate();
        float[][] outputs = new float[network.outputs().size()][];
        for (int i = 0; i < count; i++) {
          rest.get(image);
          double[][] values = Interpreter.run(network, image);
          for (int o = 0; o < outputs.length; o++) {
            int size = values[o].length;
            outputs[o] = i == 0 ? new float[count * size] : outputs[o];
            for (int j = 0; j < size; j++) {
              outputs[o][i * size + j] = (float) values[o][j];
            }
          }
        }
        return outputs;
      }

      @Override
      public ProgramInfo info() {
        return new ProgramInfo("interpreter", "interpreter", "cpu", 1);
      }

      @Override
      public void close() {}
    };
  }
}

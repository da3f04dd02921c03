package io.unmask.spi;

import io.unmask.network.Interpreter;
import io.unmask.network.Network;
import java.nio.FloatBuffer;

/** The reference interpreter as a backend, for tests of all that lies above backends. */
public final class InterpreterBackend implements Backend {

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
        if (count != 1) {
          throw new UnsupportedOperationException("one image at a time");
        }
        float[] image = new float[images.remaining()];
        images.duplicate().get(image);
        double[][] values = Interpreter.run(network, image);
        float[][] outputs = new float[values.length][];
        for (int i = 0; i < outputs.length; i++) {
          outputs[i] = new float[values[i].length];
          for (int j = 0; j < outputs[i].length; j++) {
            outputs[i][j] = (float) values[i][j];
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

package io.unmask.benchmarks;

import io.unmask.spi.Program;
import io.unmask.spi.ProgramInfo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Several programs over the same images, one after the other: what remains to do with an engine
 * that runs one model a session.
 *
 * @param programs at least one; closed with this
 */
record SessionsInTurn(List<Program> programs) implements Program {

  @Override
  public float[][] run(FloatBuffer images, int count) {
    List<float[]> outputs = new ArrayList<>();
    for (Program program : programs) {
      outputs.addAll(List.of(program.run(images, count)));
    }
    return outputs.toArray(float[][]::new);
  }

  @Override
  public ProgramInfo info() {
    return programs.get(0).info();
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}

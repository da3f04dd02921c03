package io.unmask.benchmarks;

import io.unmask.network.Network;
import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A program whose answers have been checked, and different images that it runs in turn, so that
 * nothing is measured that could be remembered or is wrong. Not thread-safe.
 */
final class Rotation implements AutoCloseable {

  private static final int IMAGES = 8;

  /** How far engines may be apart for deep networks with random weights, in single precision. */
  static final double DEEP_TOLERANCE = 1e-3;

  private final Program program;
  private final FloatBuffer[] batches;
  private final int batch;
  private int next;

  private Rotation(Program program, FloatBuffer[] batches, int batch) {
    this.program = program;
    this.batches = batches;
    this.batch = batch;
  }

  /**
   * Compiles networks and compares each output for each image with what another engine answers.
   *
   * @param engine the name in {@link Engine}
   * @param networks one, or several that run together
   * @param threads how many work on one call
   * @param batch how many images are handed over in one call
   * @throws IllegalStateException if the engines differ by more than {@link Engine#tolerance}
   */
  static Rotation of(String engine, List<Network> networks, int threads, int batch) {
    return of(engine, networks, threads, batch, Engine.tolerance(engine));
  }

  /**
   * Likewise.
   *
   * @param tolerance how far probabilities may be apart
   */
  static Rotation of(
      String engine, List<Network> networks, int threads, int batch, double tolerance) {
    FloatBuffer[] images = Images.random(IMAGES, networks.get(0).inputShape());
    String other = engine.equals(Engine.CPU) ? Engine.PEER : Engine.CPU;
    float[][][] expected = new float[networks.size()][][];
    for (int i = 0; i < expected.length; i++) {
      try (Program check = Engine.compile(other, networks.get(i), threads)) {
        expected[i] = answers(check, images);
      }
    }
    Program program = Engine.compile(engine, networks, threads);
    float[][] actual = answers(program, images);
    for (int image = 0; image < IMAGES; image++) {
      for (int i = 0; i < expected.length; i++) {
        float said = expected[i][image][0];
        if (!(Math.abs(actual[image][i] - said) <= tolerance)) {
          program.close();
          throw new IllegalStateException(
              "image %d, network %d: %s says %s, %s says %s"
                  .formatted(image, i, engine, actual[image][i], other, said));
        }
      }
    }
    return new Rotation(program, Images.batches(images, batch), batch);
  }

  /** For each image the first element of each output. */
  private static float[][] answers(Program program, FloatBuffer[] images) {
    float[][] answers = new float[images.length][];
    for (int i = 0; i < images.length; i++) {
      float[][] outputs = program.run(images[i], 1);
      answers[i] = new float[outputs.length];
      for (int o = 0; o < outputs.length; o++) {
        answers[i][o] = outputs[o][0];
      }
    }
    return answers;
  }

  /** Runs the next images. */
  float[][] run() {
    next = (next + 1) % IMAGES;
    return program.run(batches[next], batch);
  }

  @Override
  public void close() {
    program.close();
  }
}

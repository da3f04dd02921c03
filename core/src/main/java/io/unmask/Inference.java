package io.unmask;

import io.unmask.spi.Program;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** From pixels to verdicts, until it is closed. Thread-safe. */
final class Inference implements AutoCloseable {

  /** The most floats in a batch of several images: 32 MiB, 55 images of 224 x 224. */
  private static final int MAX_BATCH_SIZE = (32 << 20) / Float.BYTES;

  private final Program program;
  private final Verdicts verdicts;
  private final int views;
  private final int batch;
  private final ImageBuffers batches;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /**
   * Takes a program over, to close it.
   *
   * @param imageSize the number of floats in one view of an image
   * @param views how many of each image there are; the network sees them as images of a batch
   */
  Inference(Program program, Verdicts verdicts, int imageSize, int views) {
    this.program = program;
    this.verdicts = verdicts;
    this.views = views;
    this.batch =
        Math.max(1, Math.min(program.preferredBatch(), MAX_BATCH_SIZE / imageSize) / views);
    this.batches = new ImageBuffers(batch * views * imageSize);
  }

  /** The most images that {@link #run} is to be given at once. */
  int batch() {
    return batch;
  }

  /** Classifies a photo. */
  Classification classify(Subject subject) {
    return classify(subject, runAll(subject.ready()));
  }

  /**
   * Classifies a photo whose first parts the network has seen. It is shown the others now.
   *
   * @param first what it says of the parts that were {@link Subject#ready}
   */
  Classification classify(Subject subject, List<RegionOutputs> first) {
    List<RegionOutputs> answers = new ArrayList<>(first);
    while (answers.size() < subject.parts()) {
      int end = Math.min(subject.parts(), answers.size() + Math.min(batch, Subject.AHEAD));
      List<Pixels> parts = new ArrayList<>();
      try {
        for (int i = answers.size(); i < end; i++) {
          parts.add(subject.sample(i));
        }
        answers.addAll(run(parts));
      } finally {
        parts.forEach(Pixels::close);
      }
    }
    return verdicts.decide(subject, answers);
  }

  /** Runs the network on any number of images, as many at once as it is to be given. */
  List<RegionOutputs> runAll(List<Pixels> images) {
    List<RegionOutputs> answers = new ArrayList<>();
    for (int start = 0; start < images.size(); start += batch) {
      answers.addAll(run(images.subList(start, Math.min(start + batch, images.size()))));
    }
    return answers;
  }

  /** Runs the network on one image, or on several at once. The answers are in their order. */
  private List<RegionOutputs> run(List<Pixels> images) {
    if (images.size() == 1) {
      return run(images, images.get(0).floats());
    }
    FloatBuffer together = batches.take();
    try {
      images.forEach(image -> together.put(image.floats().duplicate()));
      return run(images, together.flip());
    } finally {
      batches.give(together);
    }
  }

  private List<RegionOutputs> run(List<Pixels> images, FloatBuffer floats) {
    int count = images.size();
    long start = System.nanoTime();
    float[][] outputs = run(floats, count * views);
    long share = (System.nanoTime() - start) / count;
    List<RegionOutputs> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Pixels image = images.get(i);
      answers.add(new RegionOutputs(views(outputs, i, count), image.nanoseconds(), share));
    }
    return answers;
  }

  /** The most views of images that the network is to be given at once. */
  int most() {
    return batch * views;
  }

  /**
   * What the network puts out.
   *
   * @param floats images as it reads them
   * @param count how many
   * @throws IllegalStateException if this is closed
   */
  float[][] run(FloatBuffer floats, int count) {
    lock.readLock().lock();
    try {
      ensureOpen();
      return program.run(floats, count);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** One image's part of each output, by the views. */
  private List<List<float[]>> views(float[][] outputs, int image, int count) {
    List<List<float[]>> parts = new ArrayList<>();
    for (int view = 0; view < views; view++) {
      parts.add(part(outputs, image * views + view, count * views));
    }
    return parts;
  }

  /** One view's part of each output. */
  private static List<float[]> part(float[][] outputs, int view, int count) {
    List<float[]> parts = new ArrayList<>();
    for (float[] output : outputs) {
      int size = output.length / count;
      parts.add(Arrays.copyOfRange(output, view * size, (view + 1) * size));
    }
    return parts;
  }

  /**
   * Does nothing while this is open.
   *
   * @throws IllegalStateException if it is closed
   */
  void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
  }

  /** Closes the program behind the calls under way. May be called again without effect. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        batches.clear();
        program.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}

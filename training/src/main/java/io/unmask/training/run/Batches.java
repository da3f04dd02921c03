package io.unmask.training.run;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The batches of an epoch in their order, prepared ahead on other threads. Which thread prepares
 * what changes nothing. A batch is valid until the next one is asked for.
 */
final class Batches implements Iterator<Batches.Batch>, AutoCloseable {

  /** How many batches are prepared beside the one in use. */
  private static final int AHEAD = 2;

  /**
   * Some samples.
   *
   * @param samples {@code [count, ...]} floats
   * @param labels one a sample, 1 for fake
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied, and compared by identity
  record Batch(FloatBuffer samples, float[] labels) {}

  /** Writes one sample. */
  @FunctionalInterface
  interface Source {
    /** Writes it. */
    void read(Draw draw, FloatBuffer target);
  }

  private record Pending(FloatBuffer buffer, List<Draw> draws, List<Future<?>> work) {}

  private final Source source;
  private final int sampleSize;
  private final boolean[] fakes;
  private final Draws draws;
  private final int batch;
  private final ExecutorService threads;
  private final Deque<FloatBuffer> free = new ArrayDeque<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private FloatBuffer used;
  private int next;

  /**
   * Nothing is prepared before the first batch is asked for.
   *
   * @param sampleSize the number of floats of a sample
   * @param fakes for each image of the data set, whether it is fake
   * @param draws the images of this epoch, the last batch taking what is left
   * @param batch how many images a batch has
   * @param threads where samples are prepared
   */
  Batches(
      Source source,
      int sampleSize,
      boolean[] fakes,
      Draws draws,
      int batch,
      ExecutorService threads) {
    this.source = source;
    this.sampleSize = sampleSize;
    this.fakes = fakes;
    this.draws = draws;
    this.batch = batch;
    this.threads = threads;
    int size = Math.multiplyExact(Math.min(batch, draws.size()), sampleSize);
    for (int i = 0; i < AHEAD; i++) {
      free.add(FloatBuffer.allocate(size));
    }
    used = FloatBuffer.allocate(size);
  }

  /** How many batches there are. */
  static int count(int images, int batch) {
    return (images + batch - 1) / batch;
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty() || next < draws.size();
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    fill();
    Pending first = pending.remove();
    first.work().forEach(Interruptible::get);
    free.add(used);
    used = first.buffer();
    fill();
    float[] labels = new float[first.draws().size()];
    for (int i = 0; i < labels.length; i++) {
      Draw draw = first.draws().get(i);
      labels[i] = draw.remade() || fakes[draw.image()] ? 1 : 0;
    }
    return new Batch(used.slice(0, labels.length * sampleSize), labels);
  }

  private void fill() {
    while (next < draws.size() && !free.isEmpty()) {
      int count = Math.min(batch, draws.size() - next);
      List<Draw> taken = draws.draws().subList(next, next + count);
      next += count;
      FloatBuffer buffer = free.remove();
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Draw draw = taken.get(i);
        FloatBuffer target = buffer.slice(i * sampleSize, sampleSize);
        work.add(threads.submit(() -> source.read(draw, target)));
      }
      pending.add(new Pending(buffer, taken, work));
    }
  }

  /** Drops what is under way. */
  @Override
  public void close() {
    pending.forEach(batch -> batch.work().forEach(each -> each.cancel(false)));
    pending.clear();
    next = draws.size();
  }
}

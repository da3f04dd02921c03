package io.unmask.spark;

import io.unmask.error.InterruptionException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * A task's rows for threads that read ahead. Spark's rows come from an iterator that only the
 * task's own thread may use; so that thread takes them, never more than a fixed number beyond what
 * it was given back, and others wait for them here.
 */
final class RowFeed {

  private final Iterator<Row> rows;
  private final int ahead;
  private final BlockingQueue<Optional<Row>> queue = new LinkedBlockingQueue<>();
  private int out;
  private boolean ended;

  /**
   * Takes nothing yet.
   *
   * @param ahead how many rows may be on their way
   */
  RowFeed(Iterator<Row> rows, int ahead) {
    this.rows = rows;
    this.ahead = ahead;
  }

  /** Takes rows while fewer are on their way than may be. Called by the task's thread. */
  boolean fill() {
    while (!ended && out < ahead) {
      if (rows.hasNext()) {
        queue.add(Optional.of(rows.next()));
        out++;
      } else {
        queue.add(Optional.empty());
        ended = true;
      }
    }
    return out > 0;
  }

  /** One of the rows came back. Called by the task's thread. */
  void done() {
    out--;
  }

  /** The rows, for one other thread at a time. */
  Stream<Row> stream() {
    Iterable<Row> waiting = Waiting::new;
    return StreamSupport.stream(waiting.spliterator(), false);
  }

  private final class Waiting implements Iterator<Row> {
    private Optional<Row> next = Optional.empty();
    private boolean over;

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && !over) {
        try {
          next = queue.take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptionException("interrupted while waiting for rows", e);
        }
        over = next.isEmpty();
      }
      return next.isPresent();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next.orElseThrow();
      next = Optional.empty();
      return row;
    }
  }
}

package io.unmask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works on the elements of a source ahead of whoever takes the results, on other threads, and gives
 * the results in the source's order. At most a fixed number of elements is under way or waiting to
 * be taken; nothing is read before the first result is asked for, and no thread waits when nobody
 * asks for more.
 *
 * <p>The source is read by one thread at a time. Results are taken by one thread at a time; {@link
 * #close} may be called by any.
 */
final class ReadAhead<T, R> implements Iterator<R>, AutoCloseable {

  /** A result to come, empty behind the last one, and the task that stops if it is cancelled. */
  private record Pending<R>(CompletableFuture<Optional<R>> result, Future<?> task) {}

  private final Iterator<? extends T> source;
  private final Function<? super T, ? extends R> work;
  private final ExecutorService executor;
  private final int window;

  private final Object turn = new Object();
  private final Deque<CompletableFuture<Optional<R>>> unread = new ArrayDeque<>();
  private final Deque<Pending<R>> pending = new ArrayDeque<>();
  private Optional<R> next = Optional.empty();
  private volatile boolean ended;

  /**
   * Nothing happens before the first call.
   *
   * @param executor runs tasks in the order in which they are given to it
   * @param window how many elements may be under way or waiting to be taken
   */
  ReadAhead(
      Iterator<? extends T> source,
      Function<? super T, ? extends R> work,
      ExecutorService executor,
      int window) {
    this.source = source;
    this.work = work;
    this.executor = executor;
    this.window = window;
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      fill();
      CompletableFuture<Optional<R>> result = first();
      if (result == null) {
        return false;
      }
      next = await(result);
      if (next.isPresent()) {
        fill();
      } else {
        close();
      }
    }
    return next.isPresent();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    R taken = next.orElseThrow();
    next = Optional.empty();
    return taken;
  }

  /**
   * Takes the next result, for which it waits, and those behind it that are there already.
   *
   * @param limit the most results to take, at least 1
   * @return at least one result, or none behind the last
   */
  List<R> takeReady(int limit) {
    List<R> taken = new ArrayList<>();
    while (taken.size() < limit && (taken.isEmpty() || isReady()) && hasNext()) {
      taken.add(next());
    }
    return taken;
  }

  /** Stops the work. Afterwards there are no more results. */
  @Override
  public void close() {
    ended = true;
    synchronized (pending) {
      for (Pending<R> each : pending) {
        // In this order, so that what is interrupted is not taken for a result.
        each.result().complete(Optional.empty());
        each.task().cancel(true);
      }
      pending.clear();
    }
  }

  /** Whether the first result is there, and is neither an error nor the end. */
  private boolean isReady() {
    CompletableFuture<Optional<R>> result = first();
    return result != null
        && result.isDone()
        && !result.isCompletedExceptionally()
        && result.join().isPresent();
  }

  private @Nullable CompletableFuture<Optional<R>> first() {
    synchronized (pending) {
      Pending<R> first = pending.peekFirst();
      return first == null ? null : first.result();
    }
  }

  private Optional<R> await(CompletableFuture<Optional<R>> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      close();
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    } finally {
      synchronized (pending) {
        pending.pollFirst();
      }
    }
  }

  private void fill() {
    synchronized (pending) {
      while (!ended && pending.size() < window) {
        CompletableFuture<Optional<R>> result = new CompletableFuture<>();
        synchronized (unread) {
          unread.add(result);
        }
        pending.add(new Pending<>(result, start()));
      }
    }
  }

  /** Lets a thread work, or does it at once where none can be started. */
  private Future<?> start() {
    try {
      return executor.submit(this::step);
    } catch (OutOfMemoryError e) {
      FutureTask<?> task = new FutureTask<>(this::step, null);
      task.run();
      return task;
    }
  }

  /** Reads one element, and works on it. Whoever reads the first fills the first result. */
  private void step() {
    CompletableFuture<Optional<R>> result;
    T element;
    synchronized (turn) {
      synchronized (unread) {
        result = unread.remove();
      }
      try {
        if (ended || !source.hasNext()) {
          ended = true;
          result.complete(Optional.empty());
          return;
        }
        element = source.next();
      } catch (RuntimeException | Error e) {
        ended = true;
        result.completeExceptionally(e);
        return;
      }
    }
    try {
      result.complete(Optional.of(work.apply(element)));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }
}

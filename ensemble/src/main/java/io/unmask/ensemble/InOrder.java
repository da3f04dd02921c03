package io.unmask.ensemble;

import io.unmask.concurrent.Futures;
import io.unmask.error.InterruptionException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Work that is done side by side, and looks from outside as if it were done in turn. */
final class InOrder {

  private InOrder() {}

  /**
   * Hands out results in the order of the inputs. The first failure in that order is thrown, and
   * nothing behind it is handed out. Work that a thread gave up because somebody interrupted it is
   * done again by the caller, unless that is the one who was interrupted.
   */
  static <T, R> void map(List<T> inputs, Function<T, R> work, BiConsumer<T, R> results) {
    List<FutureTask<R>> tasks =
        inputs.stream().map(input -> new FutureTask<>(() -> work.apply(input))).toList();
    Threads.sideBySide(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      T input = inputs.get(i);
      results.accept(input, result(tasks.get(i), () -> work.apply(input)));
    }
  }

  private static <R> R result(FutureTask<R> task, Supplier<R> again) {
    try {
      return Futures.get(task);
    } catch (InterruptionException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return again.get();
    } catch (InterruptedException e) {
      throw new InterruptionException("the models", e);
    }
  }
}

package io.unmask.ensemble;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Work that is done side by side, and looks from outside as if it were done in turn. */
final class InOrder {

  private InOrder() {}

  /**
   * Hands out results in the order of the inputs. The first failure in that order is thrown, and
   * nothing behind it is handed out.
   */
  static <T, R> void map(List<T> inputs, Function<T, R> work, BiConsumer<T, R> results) {
    List<FutureTask<R>> tasks =
        inputs.stream().map(input -> new FutureTask<>(() -> work.apply(input))).toList();
    tasks.parallelStream().forEach(FutureTask::run);
    for (int i = 0; i < tasks.size(); i++) {
      results.accept(inputs.get(i), result(tasks.get(i)));
    }
  }

  private static <R> R result(FutureTask<R> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) { // cannot be: the task has run
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while models were read");
    }
  }
}

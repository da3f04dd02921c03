package io.unmask.spark;

import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on the photo that a task saw last. Where a query filters by a verdict and returns it
 * too, Spark works the function out twice for a row, one time right behind the other; the network
 * need not look twice.
 */
final class LastVerdict {

  private static final ThreadLocal<@Nullable LastVerdict> OF_TASK = new ThreadLocal<>();

  private final UnmaskSettings settings;
  private final byte[] content;
  private final Object verdict;

  private LastVerdict(UnmaskSettings settings, byte[] content, Object verdict) {
    this.settings = settings;
    this.content = content;
    this.verdict = verdict;
  }

  /** The verdict on these bytes, worked out unless it is known. */
  static Object of(UnmaskSettings settings, byte @Nullable [] content, Supplier<Object> work) {
    @Nullable TaskContext task = TaskContext.get();
    if (task == null || content == null) {
      return work.get();
    }
    @Nullable LastVerdict last = OF_TASK.get();
    if (last != null && last.settings.equals(settings) && Arrays.equals(last.content, content)) {
      return last.verdict;
    }
    Object verdict = work.get();
    if (last == null) {
      // The thread is used for other tasks, and need not hold the photo until then.
      task.addTaskCompletionListener((TaskCompletionListener) ended -> OF_TASK.remove());
    }
    OF_TASK.set(new LastVerdict(settings, content, verdict));
    return verdict;
  }
}

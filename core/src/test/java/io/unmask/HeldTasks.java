package io.unmask;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs as many tasks as it may, on the thread that submits them, and holds the others. */
final class HeldTasks extends AbstractExecutorService {

  private final Deque<Runnable> held = new ArrayDeque<>();
  private int allowed;

  HeldTasks(int allowed) {
    this.allowed = allowed;
  }

  /** Allows so many more. */
  void run(int more) {
    allowed += more;
    runAllowed();
  }

  @Override
  public void execute(Runnable task) {
    held.add(task);
    runAllowed();
  }

  private void runAllowed() {
    while (allowed > 0 && !held.isEmpty()) {
      allowed--;
      held.remove().run();
    }
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.copyOf(held);
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}

package io.unmask.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Throws away what a client still sends after it was refused, for a while. Were the connection
 * closed at once, the client, who is still sending, would see that and not the answer.
 */
final class Draining implements Runnable {

  private static final long LONGEST_MILLIS = 2000;

  private final Request request;
  private final Callback end;
  private final AtomicBoolean ended = new AtomicBoolean();
  private Scheduler.@Nullable Task limit;
  private long left;

  private Draining(Request request, Callback end, long most) {
    this.request = request;
    this.end = end;
    this.left = most;
  }

  static void start(Request request, Callback end, ServiceOptions options) {
    Draining draining = new Draining(request, end, 2L * options.maxBytes());
    draining.limit =
        request
            .getComponents()
            .getScheduler()
            .schedule(draining::end, LONGEST_MILLIS, TimeUnit.MILLISECONDS);
    draining.run();
  }

  @Override
  public void run() {
    while (!ended.get()) {
      Content.@Nullable Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        end();
        return;
      }
      left -= chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last || left < 0) {
        end();
      }
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      if (limit != null) {
        limit.cancel();
      }
      end.succeeded();
    }
  }
}

package io.unmask.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body, without holding a thread while nothing comes. The body must be complete
 * within the time limit, however steadily it drips.
 */
final class BodyReading implements Runnable {

  private final Request request;
  private final Body body;
  private final Consumer<byte[]> complete;
  private final Consumer<Problem> refused;
  private final AtomicBoolean ended = new AtomicBoolean();

  private BodyReading(
      Request request, Body body, Consumer<byte[]> complete, Consumer<Problem> refused) {
    this.request = request;
    this.body = body;
    this.complete = complete;
    this.refused = refused;
  }

  /**
   * Begins.
   *
   * @param complete what is done with the bytes, once they are there
   * @param refused what is done instead if they do not come, or not as they should
   */
  static void start(
      Request request,
      Memory memory,
      ServiceOptions options,
      Consumer<byte[]> complete,
      Consumer<Problem> refused) {
    long announced = request.getLength();
    if (announced > options.maxBytes()) {
      refused.accept(Problem.tooLarge(options.maxBytes()));
      return;
    }
    Body body = new Body(memory, options.maxBytes(), announced);
    BodyReading reading = new BodyReading(request, body, complete, refused);
    Scheduler.Task limit =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> reading.fail(Problem.tooSlow()),
                options.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
    Request.addCompletionListener(
        request,
        ignored -> {
          limit.cancel();
          body.close();
        });
    reading.run();
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
        fail(
            chunk.getFailure() instanceof TimeoutException
                ? Problem.tooSlow()
                : Problem.broken("the body ended before it was complete"));
        return;
      }
      boolean last = chunk.isLast();
      try {
        body.add(chunk.getByteBuffer());
      } catch (ProblemException e) {
        fail(e.problem());
      } catch (OutOfMemoryError e) {
        fail(Problem.busy(1));
      } finally {
        chunk.release();
      }
      if (last && ended.compareAndSet(false, true)) {
        complete.accept(body.bytes());
      }
    }
  }

  private void fail(Problem problem) {
    if (ended.compareAndSet(false, true)) {
      refused.accept(problem);
    }
  }
}

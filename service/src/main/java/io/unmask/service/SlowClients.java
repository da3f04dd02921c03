package io.unmask.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections over which no whole header of a request came within the time limit. Jetty's
 * own limit begins anew with each byte, so that a client who sends one now and then could stay for
 * ever.
 */
final class SlowClients implements Connection.Listener {

  private final Scheduler scheduler;
  private final Duration limit;

  SlowClients(Scheduler scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    watch(connection, -1, -1);
  }

  /**
   * Looks again when the time is over. A connection over which something was answered meanwhile is
   * kept, for the client may be about to send the next request.
   *
   * @param begunBefore how many requests had come when it was looked before
   * @param answeredBefore how many of them were answered then
   */
  private void watch(Connection connection, long begunBefore, long answeredBefore) {
    scheduler.schedule(
        () -> {
          if (!connection.getEndPoint().isOpen()) {
            return;
          }
          long begun = connection.getMessagesIn();
          long answered = connection.getMessagesOut();
          boolean still = begun == begunBefore && answered == answeredBefore;
          boolean nothing = begun == 0 || (still && begun == answered);
          if (nothing) {
            connection.getEndPoint().close();
          } else {
            watch(connection, begun, answered);
          }
        },
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}

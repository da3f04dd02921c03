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
    watch(connection, -1);
  }

  /**
   * Looks again when the time is over.
   *
   * @param before how many requests had come when it was looked before
   */
  private void watch(Connection connection, long before) {
    scheduler.schedule(
        () -> {
          if (!connection.getEndPoint().isOpen()) {
            return;
          }
          long begun = connection.getMessagesIn();
          boolean nothing = begun == 0 || (begun == before && begun == connection.getMessagesOut());
          if (nothing) {
            connection.getEndPoint().close();
          } else {
            watch(connection, begun);
          }
        },
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}

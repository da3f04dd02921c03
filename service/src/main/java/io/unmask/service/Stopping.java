package io.unmask.service;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** While the service stops, answers what is under way and refuses what comes. */
final class Stopping extends GracefulHandler {

  private final ServiceOptions options;

  Stopping(Routes routes, ServiceOptions options) {
    super(routes);
    this.options = options;
  }

  @Override
  protected void handleShutdownRejection(Request request, Response response, Callback callback) {
    response.getHeaders().put("Connection", "close");
    new Call(request, response, callback, options).refuse(Problem.stopping());
  }
}

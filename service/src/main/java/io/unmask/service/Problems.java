package io.unmask.service;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers with a problem where Jetty finds one itself: a malformed header, one that is too long.
 */
final class Problems extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Problem problem = of(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(problem.json()), callback);
    return true;
  }

  private static Problem of(int status) {
    String title = HttpStatus.getMessage(status);
    boolean failed = status >= 500 && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
    return failed ? Problem.failed() : Problem.http(status, title);
  }
}

package io.unmask.service;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request that is answered once, by whoever is first. Thread-safe. */
final class Call {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final ServiceOptions options;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile String outcome = "none";

  Call(Request request, Response response, Callback callback, ServiceOptions options) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.options = options;
  }

  Request request() {
    return request;
  }

  boolean isAnswered() {
    return answered.get();
  }

  /** Of which kind the answer is: {@code ok} or that of a problem. */
  String outcome() {
    return outcome;
  }

  /** Sets what a browser may do with the answer. */
  void policy(String policy) {
    response.getHeaders().put("Content-Security-Policy", policy);
  }

  /** Answers with a document. */
  void answer(int status, String contentType, byte[] body) {
    if (answered.compareAndSet(false, true)) {
      outcome = "ok";
      write(status, contentType, body, Map.of(), callback);
    }
  }

  /** Answers with a document that is JSON. */
  void json(byte[] body) {
    answer(200, "application/json", body);
  }

  /** Answers with a problem. What is still to come of the body is thrown away. */
  void refuse(Problem problem) {
    if (answered.compareAndSet(false, true)) {
      outcome = problem.kind();
      // Who waits to be told to go on will not send the body, and who was too slow had the time.
      boolean waits = request.getHeaders().contains(HttpHeader.EXPECT) || problem.status() == 408;
      if (waits) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      Callback end =
          waits ? callback : Callback.from(() -> Draining.start(request, callback, options));
      write(problem.status(), Problem.CONTENT_TYPE, problem.json(), problem.headers(), end);
    }
  }

  private void write(
      int status, String contentType, byte[] body, Map<String, String> headers, Callback end) {
    response.setStatus(status);
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
    if (status != 204) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    response.write(true, ByteBuffer.wrap(body), end);
  }
}

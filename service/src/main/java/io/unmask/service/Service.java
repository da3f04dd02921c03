package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unmask.Detector;
import io.unmask.service.json.ClassificationJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP service around a detector: photos in, verdicts out. It answers at
 *
 * <ul>
 *   <li>{@code POST /v1/classify} and {@code POST /v1/evidence}, which take a photo, or several as
 *       multipart/form-data,
 *   <li>{@code GET /v1/model}, {@code /healthz}, {@code /metrics} and {@code /openapi.json},
 *   <li>{@code GET /}, a page for people.
 * </ul>
 *
 * <p>Nothing of a photo is stored or logged. The detector stays the caller's, who closes it after
 * the service. Thread-safe.
 *
 * <pre>{@code
 * try (Detector detector = Detector.builder().threads(1).open();
 *     Service service = Service.start(detector, ServiceOptions.DEFAULT)) {
 *   service.join();
 * }
 * }</pre>
 */
public final class Service implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 2048;
  private static final int MOST_HEADER_BYTES = 16 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final Workers workers;
  private final Meters meters;
  private volatile boolean ready;

  private Service(Detector detector, ServiceOptions options) {
    workers = Workers.start(options.queue());
    Memory memory = Memory.forBodies(options.maxBytes());
    meters = new Meters(workers, memory, options);
    server = new Server(new QueuedThreadPool(16, 2));
    connector = connector(server, options);
    server.setErrorHandler(new Problems());
    ClassificationJson json = new ClassificationJson(detector.info());
    Judge classifying = new Classifying(detector, json, meters);
    Document model = new Document("application/json", ModelCard.of(detector.info()));
    Routes routes =
        new Routes(options, meters)
            .open("/", Page.read())
            .open("/healthz", new Health(() -> ready))
            .open("/openapi.json", new Document("application/json", openApi()))
            .getWithoutQuery("/v1/model", model)
            .get("/metrics", meters::answer)
            .post(
                "/v1/classify",
                new Photos(classifying, workers, memory, options, meters),
                Photos.EXPLAIN)
            .post("/v1/evidence", new Photos(new Evidencing(), workers, memory, options, meters));
    server.setHandler(new Stopping(routes, options));
    // Who was accepted gets an answer: each is judged within a time that the queue bounds.
    server.setStopTimeout(Duration.ofMinutes(2).toMillis());
  }

  private static ServerConnector connector(Server server, ServiceOptions options) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.timeout().toMillis());
    connector.setAcceptQueueSize(1024);
    connector.addBean(new SlowClients(connector.getScheduler(), options.timeout()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
    return connector;
  }

  private static byte[] openApi() {
    return Page.resource("openapi.json").getBytes(UTF_8);
  }

  /**
   * Starts to listen.
   *
   * @throws UncheckedIOException if it cannot, such as where another program has the port
   */
  public static Service start(Detector detector, ServiceOptions options) {
    Service service = new Service(detector, options);
    try {
      service.server.start();
      service.ready = true;
      return service;
    } catch (Exception e) {
      service.close();
      IOException cause = e instanceof IOException io ? io : new IOException(e);
      throw new UncheckedIOException(
          "%s:%d: cannot listen there: %s; name another --host or --port"
              .formatted(options.host(), options.port(), reason(e)),
          cause);
    }
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof UnresolvedAddressException
        ? "there is no such host"
        : String.valueOf(cause.getMessage());
  }

  /** Where it listens. */
  public URI uri() {
    String host = connector.getHost();
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + connector.getLocalPort() + "/");
  }

  /** Whether only programs on this machine can reach it. */
  public boolean isLoopback() {
    return Hosts.isLoopback(connector.getHost());
  }

  /**
   * Waits until it is closed.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * Takes no more requests, and returns when those that were accepted are answered. May be called
   * again without effect.
   */
  @Override
  public void close() {
    ready = false;
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop: " + e.getMessage(), e);
    } finally {
      workers.close();
      meters.close();
    }
  }
}

package io.unmask.cli;

import io.unmask.Detector;
import io.unmask.DetectorInfo;
import io.unmask.service.Service;
import io.unmask.service.ServiceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unmask serve}. */
@Command(
    name = "serve",
    description =
        "Answers over HTTP: a page for people at /, and for programs what /openapi.json says.",
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  /** Where the token may be, so that it need not be seen in a list of processes. */
  private static final String TOKEN = "UNMASK_TOKEN";

  private final Console console;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where to listen; else 127.0.0.1, where only this machine comes.")
  private String host = ServiceOptions.DEFAULT.host();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; else 8080; 0 for one that is free.")
  private int port = ServiceOptions.DEFAULT.port();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "The most bytes of a request; else 33554432.")
  private int maxBytes = ServiceOptions.DEFAULT.maxBytes();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "How many requests may wait; else 64. The next ones are told to come later.")
  private int queue = ServiceOptions.DEFAULT.queue();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "How many seconds a client may take to send a request; else 30.")
  private double timeout = ServiceOptions.DEFAULT.timeout().toSeconds();

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "What clients have to name, as 'Authorization: Bearer TOKEN'; else the environment variable "
              + TOKEN
              + ", and else nothing.")
  private @Nullable String token;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description =
          "Another site whose pages may ask, such as https://example.org; may be repeated; else"
              + " none.")
  private List<String> origins = new ArrayList<>();

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A name by which clients may call the server, such as that of a proxy before it; may be"
              + " repeated; '*' for any. Else at the loopback address localhost only, and"
              + " elsewhere any.")
  private List<String> hosts = new ArrayList<>();

  @Mixin private DetectorOptions detectorOptions = new DetectorOptions();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServiceOptions options = options();
    CountDownLatch closed = new CountDownLatch(1);
    try (Detector detector = detectorOptions.openForMany(console)) {
      Service service = Service.start(detector, options);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, closed), "unmask-stop"));
      DetectorInfo info = detector.info();
      console.complain(
          "listening at %s with model %s on backend %s"
              .formatted(service.uri(), info.model(), info.program().backend()));
      if (options.token().isEmpty() && !service.isLoopback()) {
        console.complain(
            "warning: everybody who reaches this address may use it; see --token and --host");
      }
      service.join();
    } finally {
      closed.countDown();
    }
    return ExitStatus.OK;
  }

  /** At SIGTERM and SIGINT: what was accepted is answered, then the detector closed. */
  private static void stop(Service service, CountDownLatch closed) {
    service.close();
    try {
      if (!closed.await(10, TimeUnit.SECONDS)) {
        return; // the process ends all the same
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ServiceOptions options() {
    ServiceOptions options =
        ServiceOptions.DEFAULT
            .withAddress(host, port)
            .withMaxBytes(maxBytes)
            .withQueue(queue)
            .withTimeout(Duration.ofMillis(Math.round(timeout * 1000)))
            .withOrigins(Set.copyOf(origins))
            .withHosts(Set.copyOf(hosts));
    if (token != null) {
      return options.withToken(token); // refused if it is empty, as an unset variable makes it
    }
    @Nullable String secret = System.getenv(TOKEN);
    return secret == null || secret.isEmpty() ? options : options.withToken(secret);
  }
}

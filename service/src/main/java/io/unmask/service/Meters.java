package io.unmask.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.unmask.Classification;
import io.unmask.FaceVerdict;
import java.time.Duration;

/** What is counted and measured. Thread-safe. */
final class Meters implements AutoCloseable {

  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer work =
      Timer.builder("unmask.work")
          .description("How long a worker takes for a request")
          .register(registry);

  Meters(Workers workers, Memory memory, ServiceOptions options) {
    new JvmMemoryMetrics().bindTo(registry);
    gauge("unmask.queue", "Requests that wait for a worker", workers::waiting);
    gauge("unmask.queue.places", "Requests that may wait", options::queue);
    gauge("unmask.working", "Requests that are worked on", workers::working);
    gauge("unmask.workers", "Requests that may be worked on at a time", workers::threads);
    gauge("unmask.body.bytes", "Memory that the bodies of requests hold", memory::taken);
  }

  private void gauge(String name, String description, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /**
   * A request was answered.
   *
   * @param address one of the service's, or {@code other}
   * @param outcome {@code ok} or the kind of the problem
   */
  void answered(String address, String outcome, long nanos) {
    Timer.builder("unmask.requests")
        .description("Requests from the first byte to the last of the answer")
        .tag("address", address)
        .tag("outcome", outcome)
        .register(registry)
        .record(Duration.ofNanos(nanos));
  }

  void worked(long nanos) {
    work.record(Duration.ofNanos(nanos));
  }

  /** How long a worker takes for a request, on average. */
  double secondsOfWork() {
    return work.mean(java.util.concurrent.TimeUnit.SECONDS);
  }

  void unreadable() {
    registry.counter("unmask.unreadable").increment();
  }

  void classified(Classification result) {
    registry.counter("unmask.photos", "label", result.label().name()).increment();
    for (FaceVerdict face : result.faces()) {
      Counter.builder("unmask.faces")
          .description("Faces that were judged or left out, by what was said of each")
          .tag("label", face.label().name())
          .register(registry)
          .increment();
    }
    stage("preprocessing", result.timings().preprocessing());
    stage("finding", result.timings().finding());
    stage("inference", result.timings().inference());
  }

  private void stage(String name, Duration duration) {
    Timer.builder("unmask.stage")
        .description("How long each part of a classification takes")
        .tag("stage", name)
        .register(registry)
        .record(duration);
  }

  /** As Prometheus reads it. */
  void answer(Call call) {
    call.answer(
        200, CONTENT_TYPE, registry.scrape().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    registry.close();
  }
}

package io.unmask.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** More requests than can be worked on. */
class LoadTest {

  private static final int WORKERS = Runtime.getRuntime().availableProcessors();

  @Test
  void whatFindsNoPlaceIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
    TestService.Gate gate = new TestService.Gate();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (TestService server = TestService.start(gate, TestService.OPTIONS.withQueue(3))) {
      List<CompletableFuture<HttpResponse<String>>> accepted = new ArrayList<>();
      for (int i = 0; i < WORKERS + 3; i++) {
        accepted.add(
            CompletableFuture.supplyAsync(
                () -> server.post("/v1/classify", TestService.PNG), callers));
        if (i == WORKERS - 1) { // before a worker has taken its own, that is in the queue too
          waitFor(server, "unmask_working " + WORKERS, "unmask_queue 0");
        }
      }
      waitFor(server, "unmask_working " + WORKERS, "unmask_queue 3");
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> refused = server.post("/v1/classify", TestService.PNG);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("urn:unmask:problem:busy");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
            .isBetween(1, 60);
      }
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      gate.allowed().release(100);
      for (CompletableFuture<HttpResponse<String>> call : accepted) {
        assertThat(call.get().statusCode()).isEqualTo(200);
      }
      waitFor(server, "unmask_body_bytes 0");
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void whatWasAcceptedIsAnsweredThoughTheServiceStops() throws Exception {
    TestService.Gate gate = new TestService.Gate();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (TestService server = TestService.start(gate, TestService.OPTIONS.withQueue(8))) {
      List<CompletableFuture<HttpResponse<String>>> accepted = new ArrayList<>();
      for (int i = 0; i < WORKERS + 5; i++) {
        accepted.add(
            CompletableFuture.supplyAsync(
                () -> server.post("/v1/classify", TestService.PNG), callers));
      }
      waitFor(server, "unmask_working " + WORKERS, "unmask_queue 5");
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(server.service::close, callers);
      Thread.sleep(200);
      assertThat(stopping).isNotDone();
      gate.allowed().release(100);
      for (CompletableFuture<HttpResponse<String>> call : accepted) {
        assertThat(call.get().statusCode()).isEqualTo(200);
      }
      stopping.get();
    } finally {
      callers.shutdown();
    }
  }

  /** The time limit is for clients, and not for the queue before the workers. */
  @Test
  void whatWaitsLongerThanTheTimeLimitIsAnsweredAllTheSame() throws Exception {
    TestService.Gate gate = new TestService.Gate();
    ServiceOptions hurried = TestService.OPTIONS.withTimeout(Duration.ofMillis(500));
    ExecutorService callers = Executors.newCachedThreadPool();
    try (TestService server = TestService.start(gate, hurried)) {
      CompletableFuture<HttpResponse<String>> slow =
          CompletableFuture.supplyAsync(
              () -> server.post("/v1/classify", TestService.PNG), callers);
      waitFor(server, "unmask_working 1");
      Thread.sleep(1800); // more than three times the limit
      gate.allowed().release(100);
      assertThat(slow.get().statusCode()).isEqualTo(200);
    } finally {
      gate.allowed().release(100);
      callers.shutdown();
    }
  }

  /** The answer comes between two looks at the connection, and the next request behind them. */
  @Test
  void aConnectionWhoseAnswerCameLateIsNotTakenForAnIdleOne() throws Exception {
    TestService.Gate gate = new TestService.Gate();
    ServiceOptions hurried = TestService.OPTIONS.withTimeout(Duration.ofSeconds(2));
    try (TestService server = TestService.start(gate, hurried);
        Socket socket = server.connect()) {
      byte[] head =
          ("POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + TestService.PNG.length
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1);
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write(head);
        socket.getOutputStream().write(TestService.PNG);
        if (i == 0) {
          Thread.sleep(3600); // it is looked at after 2 and 4 seconds
        }
        gate.allowed().release();
        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
            .isEqualTo("HTTP/1.1 200");
        Thread.sleep(800);
        socket.getInputStream().skipNBytes(socket.getInputStream().available());
      }
    }
  }

  private static void waitFor(TestService server, String... lines) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      List<String> metrics = server.get("/metrics").body().lines().toList();
      boolean all =
          List.of(lines).stream()
              .allMatch(line -> metrics.contains(line) || metrics.contains(line + ".0"));
      if (all) {
        return;
      }
      Thread.sleep(25);
    }
    throw new AssertionError(server.get("/metrics").body());
  }
}

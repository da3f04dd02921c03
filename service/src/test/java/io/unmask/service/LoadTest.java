package io.unmask.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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

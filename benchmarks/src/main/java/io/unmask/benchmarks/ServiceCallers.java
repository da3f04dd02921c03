package io.unmask.benchmarks;

import com.google.common.math.Quantiles;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers that each send the next photo as soon as the one before is answered. */
final class ServiceCallers {

  /**
   * A photo and what is to be answered.
   *
   * @param bytes the file
   * @param answer what {@code unmask classify} says of it, without what differs by the run
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody changes it
  record Question(byte[] bytes, String answer) {}

  /**
   * What came of it.
   *
   * @param seconds how long it went
   * @param answered how long each answer took, in ms
   * @param refused how many were told to come later
   * @param different how many answers were not those of {@code classify}
   * @param broken how many got no answer, or one of another kind
   * @param late how many of those without an answer had been sent after the service was told to end
   */
  record Result(
      double seconds, List<Double> answered, int refused, int different, int broken, int late) {

    double rate() {
      return answered.size() / seconds;
    }

    double percentile(int percent) {
      return answered.isEmpty()
          ? Double.NaN
          : Quantiles.percentiles().index(percent).compute(answered);
    }
  }

  private final ServiceProcess service;
  private final List<Question> questions;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Double> answered = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile long ending = Long.MAX_VALUE;

  ServiceCallers(ServiceProcess service, List<Question> questions) {
    this.service = service;
    this.questions = questions;
  }

  /** What is the same in every answer about a photo. */
  static String comparable(String json) {
    return json.strip()
        .replaceFirst("\"file\":\"[^\"]*\",?", "")
        .replaceAll(",\"milliseconds\":[0-9.]+", "");
  }

  /** Says that the service is about to be told to end. */
  void ending() {
    ending = System.nanoTime();
  }

  /** Calls for so long, and waits for the last answers. */
  Result run(int callers, Duration time) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Thread thread = new Thread(() -> call(end), "caller-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    List<Double> times = List.copyOf(answered);
    return new Result(
        (System.nanoTime() - start) / 1e9,
        times,
        refused.get(),
        different.get(),
        broken.get(),
        late.get());
  }

  private void call(long end) {
    try (HttpSocket socket = new HttpSocket(service.uri(), 180_000)) {
      while (System.nanoTime() < end) {
        Question question = questions.get(Math.floorMod(next.getAndIncrement(), questions.size()));
        long start = System.nanoTime();
        try {
          socket.connect();
        } catch (ConnectException e) {
          return; // it takes no more
        }
        try {
          note(question, socket.post("/v1/classify", question.bytes()), start);
        } catch (IOException e) {
          unanswered(start, e);
          socket.close();
        }
      }
    } catch (IOException e) {
      System.out.println("a connection does not close: " + e);
    }
  }

  private void unanswered(long sent, IOException reason) {
    if (System.nanoTime() > ending && sent > ending - Duration.ofMillis(100).toNanos()) {
      late.incrementAndGet();
      return;
    }
    broken.incrementAndGet();
    System.out.println("no answer: " + reason.getMessage());
  }

  private void note(Question question, HttpSocket.Answer answer, long start) {
    double milliseconds = (System.nanoTime() - start) / 1e6;
    switch (answer.status()) {
      case 200 -> {
        answered.add(milliseconds);
        if (!comparable(answer.body()).equals(question.answer())) {
          different.incrementAndGet();
          System.out.println(comparable(answer.body()) + " is not " + question.answer());
        }
      }
      case 503 -> {
        refused.incrementAndGet();
        pause();
      }
      default -> {
        broken.incrementAndGet();
        System.out.println(answer.status() + " " + answer.body());
      }
    }
  }

  /** A client that is told to come later does so. */
  private static void pause() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

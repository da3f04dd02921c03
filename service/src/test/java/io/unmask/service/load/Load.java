package io.unmask.service.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks a running service from many threads for a while: {@code Load URL CALLERS SECONDS PHOTO...}.
 * Says how many were answered in a second, how long that took, how many were refused, and whether
 * any answer about a photo was not the first one about it.
 */
public final class Load {

  private final URI address;
  private final List<byte[]> photos = new ArrayList<>();
  private final Map<Integer, String> answers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> answered = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger unreached = new AtomicInteger();
  private final AtomicInteger different = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();

  private Load(URI service, List<String> files) throws IOException {
    address = service.resolve("/v1/classify");
    for (String file : files) {
      photos.add(Files.readAllBytes(Path.of(file)));
    }
  }

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Load load = new Load(URI.create(args[0]), Arrays.asList(args).subList(3, args.length));
    int callers = Integer.parseInt(args[1]);
    load.run(callers, Duration.ofSeconds(Long.parseLong(args[2])));
    load.answers.forEach((photo, answer) -> System.out.println(args[3 + photo] + "\t" + answer));
  }

  private void run(int callers, Duration time) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Thread thread = new Thread(() -> call(end));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "callers %d: %.2f a second, p50 %.0f ms, p99 %.0f ms; refused %d, p99 %.0f ms; broken %d;"
            + " not reached %d; different answers %d%n",
        callers,
        answered.size() / seconds,
        percentile(answered, 50),
        percentile(answered, 99),
        refused.size(),
        percentile(refused, 99),
        broken.get(),
        unreached.get(),
        different.get());
  }

  private void call(long end) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (System.nanoTime() < end) {
      int photo = Math.floorMod(next.getAndIncrement(), photos.size());
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofMinutes(2))
              .POST(HttpRequest.BodyPublishers.ofByteArray(photos.get(photo)))
              .build();
      long start = System.nanoTime();
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        note(photo, response, System.nanoTime() - start);
        if (response.statusCode() == 503) {
          Thread.sleep(200);
        }
      } catch (ConnectException e) {
        unreached.incrementAndGet();
        return;
      } catch (IOException e) {
        broken.incrementAndGet();
        System.out.println(e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void note(int photo, HttpResponse<String> response, long nanos) {
    switch (response.statusCode()) {
      case 200 -> {
        answered.add(nanos);
        String answer = response.body().replaceAll(",\"milliseconds\":[0-9.]+", "");
        String first = answers.putIfAbsent(photo, answer);
        if (first != null && !first.equals(answer)) {
          different.incrementAndGet();
        }
      }
      case 503 -> refused.add(nanos);
      default -> {
        broken.incrementAndGet();
        System.out.println(response.statusCode() + " " + response.body());
      }
    }
  }

  private static double percentile(Iterable<Long> nanos, int percent) {
    List<Long> sorted = new ArrayList<>();
    nanos.forEach(sorted::add);
    sorted.sort(null);
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
  }
}

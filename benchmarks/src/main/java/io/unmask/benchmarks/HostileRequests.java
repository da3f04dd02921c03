package io.unmask.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends a service what no honest client does; the same for the same seed. */
final class HostileRequests {

  /** What is sent. */
  enum Kind {
    TRUNCATED_PHOTO,
    DAMAGED_PHOTO,
    NOISE,
    PIXEL_BOMB,
    BROKEN_OFF,
    TOO_SHORT,
    TOO_LONG,
    HUGE_LENGTH,
    TWO_LENGTHS,
    BAD_CHUNKS,
    NOT_HTTP,
    DAMAGED_HEADER,
    LONG_HEADER,
    OTHER_HOST,
    UNKNOWN_PARAMETER,
    MANY_PARTS,
    TORN_PARTS,
    PARTS_WITHIN_PARTS,
    LONG_PART_HEADER,
    SLOW_BODY,
    SLOW_HEADER;

    boolean slow() {
      return this == SLOW_BODY || this == SLOW_HEADER;
    }
  }

  /** How many connections there are at a time. Most of them wait, being slow ones. */
  private static final int CONNECTIONS = 32;

  private static final int DRIPS = 12;
  private static final long DRIP_MILLIS = 250;

  private final URI service;
  private final List<byte[]> photos;

  /** As many at a time as the processors have room for, so that none waits for another. */
  private final Semaphore quick = new Semaphore(Runtime.getRuntime().availableProcessors());

  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<Kind, Double> longest = new TreeMap<>();

  HostileRequests(URI service, List<byte[]> photos) {
    this.service = service;
    this.photos = photos;
  }

  /** Sends so many. */
  void run(int requests, long seed) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    for (int i = 0; i < requests; i++) {
      int number = i;
      threads.execute(() -> one(new Random(seed + number)));
    }
    threads.shutdown();
    if (!threads.awaitTermination(2, TimeUnit.HOURS)) {
      throw new IllegalStateException("not done within two hours");
    }
  }

  /** How often each kind was answered how, and the longest of each kind in ms. */
  synchronized List<String> report() {
    List<String> lines = new java.util.ArrayList<>();
    for (Kind kind : Kind.values()) {
      StringBuilder line = new StringBuilder(kind.name()).append(':');
      answers.forEach(
          (what, count) -> {
            if (what.startsWith(kind + " ")) {
              line.append(' ').append(what.substring(kind.name().length() + 1)).append(" x ");
              line.append(count).append(',');
            }
          });
      line.append(" longest %.0f ms".formatted(longest.getOrDefault(kind, Double.NaN)));
      lines.add(line.toString());
    }
    return lines;
  }

  /** The longest that any but a slow one took, in ms. */
  synchronized double longest() {
    return longest.entrySet().stream()
        .filter(entry -> !entry.getKey().slow())
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(Double.NaN);
  }

  /** How many were answered with a failure of the server's own. */
  synchronized int failures() {
    return answers.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(" 500"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private void one(Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    if (kind.slow()) {
      timed(kind, random);
      return;
    }
    quick.acquireUninterruptibly();
    try {
      timed(kind, random);
    } finally {
      quick.release();
    }
  }

  private void timed(Kind kind, Random random) {
    long start = System.nanoTime();
    String answer;
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(60_000);
      answer = exchange(socket, kind, random);
    } catch (IOException e) {
      answer = "closed";
    }
    double milliseconds = (System.nanoTime() - start) / 1e6;
    synchronized (this) {
      answers.merge(kind + " " + answer, 1, Integer::sum);
      longest.merge(kind, milliseconds, Math::max);
    }
  }

  private String exchange(Socket socket, Kind kind, Random random) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] photo = photos.get(random.nextInt(photos.size()));
    byte[] cut = Arrays.copyOf(photo, 1 + random.nextInt(photo.length - 1));
    switch (kind) {
      case TRUNCATED_PHOTO -> send(out, length(cut.length), cut);
      case DAMAGED_PHOTO -> send(out, length(photo.length), damaged(photo, random));
      case NOISE -> send(out, length(5000), noise(5000, random));
      case PIXEL_BOMB -> send(out, length(BOMB.length), BOMB);
      case BROKEN_OFF -> {
        send(out, length(photo.length), cut);
        return "not waited for";
      }
      case TOO_SHORT -> {
        send(out, length(photo.length + 1 + random.nextInt(1000)), photo);
        socket.shutdownOutput();
      }
      case TOO_LONG -> send(out, length(cut.length / 2), cut);
      case HUGE_LENGTH -> send(out, "Content-Length: 99999999999999\r\n", new byte[10]);
      case TWO_LENGTHS -> send(out, length(cut.length) + length(3), cut);
      case BAD_CHUNKS -> {
        send(out, "Transfer-Encoding: chunked\r\n", damaged(chunked(cut), random));
        socket.shutdownOutput();
      }
      case NOT_HTTP -> {
        out.write(noise(200, random));
        out.write("\r\n\r\n".getBytes(ISO_8859_1));
        socket.shutdownOutput();
      }
      case DAMAGED_HEADER -> {
        out.write(damaged(head(length(0)).getBytes(ISO_8859_1), random));
        socket.shutdownOutput();
      }
      case LONG_HEADER -> send(out, "X: " + "a".repeat(1 << 16) + "\r\n", new byte[0]);
      case OTHER_HOST ->
          out.write(
              "POST /v1/classify HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(ISO_8859_1));
      case UNKNOWN_PARAMETER ->
          out.write(
              head(length(0)).replace("/classify", "/classify?threshold=0.1").getBytes(ISO_8859_1));
      case MANY_PARTS -> send(out, part("1\r\n".getBytes(UTF_8)), 2000);
      case TORN_PARTS -> send(out, part(cut), 1);
      case PARTS_WITHIN_PARTS -> send(out, part(part(part(cut))), 60);
      case LONG_PART_HEADER -> {
        byte[] header = ("--b\r\nX-" + "a".repeat(1 << 20)).getBytes(UTF_8);
        send(out, MULTIPART + length(header.length), header);
      }
      case SLOW_BODY -> {
        send(out, length(photo.length), new byte[0]);
        drip(out, photo);
      }
      case SLOW_HEADER -> drip(out, head(length(0)).getBytes(ISO_8859_1));
    }
    byte[] answer = socket.getInputStream().readNBytes(12);
    return answer.length < 12 ? "closed" : new String(answer, 9, 3, ISO_8859_1);
  }

  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";

  /** A PNG that says that it has 60,000 by 60,000 pixels. */
  private static final byte[] BOMB = {
    (byte) 0x89,
    'P',
    'N',
    'G',
    '\r',
    '\n',
    0x1a,
    '\n',
    0,
    0,
    0,
    13,
    'I',
    'H',
    'D',
    'R',
    0,
    0,
    (byte) 0xea,
    0x60,
    0,
    0,
    (byte) 0xea,
    0x60,
    8,
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private static String length(int bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private String head(String more) {
    return "POST /v1/classify HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n%s\r\n"
        .formatted(service.getHost(), service.getPort(), more);
  }

  private void send(OutputStream out, String more, byte[] body) throws IOException {
    out.write(head(more).getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** Parts that never end. */
  private void send(OutputStream out, byte[] part, int count) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      body.writeBytes(part);
    }
    send(out, MULTIPART + length(body.size()), body.toByteArray());
  }

  private static byte[] part(byte[] content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".getBytes(UTF_8));
    part.writeBytes(content);
    return part.toByteArray();
  }

  private static void drip(OutputStream out, byte[] bytes) throws IOException {
    for (int i = 0; i < DRIPS; i++) {
      out.write(
          Arrays.copyOfRange(bytes, i * bytes.length / DRIPS, (i + 1) * bytes.length / DRIPS));
      out.flush();
      try {
        Thread.sleep(DRIP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static byte[] chunked(byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
    all.writeBytes(body);
    all.writeBytes("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
    return all.toByteArray();
  }

  private static byte[] noise(int count, Random random) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      bytes[random.nextInt(Math.min(bytes.length, 2000))] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}

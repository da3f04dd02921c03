package io.unmask.service.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends a running service what no honest client does: {@code Hostility URL REQUESTS SEED PHOTO}.
 * Says what was answered to each kind, and how long the longest took; it is the same for the same
 * seed.
 */
public final class Hostility {

  private enum Kind {
    TRUNCATED_PHOTO,
    DAMAGED_PHOTO,
    NOISE,
    BROKEN_OFF,
    TOO_SHORT,
    TOO_LONG,
    NOT_HTTP,
    DAMAGED_HEADER,
    MANY_PARTS,
    TORN_PARTS,
    BAD_CHUNKS,
    HUGE_LENGTH
  }

  private final URI service;
  private final byte[] photo;
  private final Map<String, Integer> counts = new TreeMap<>();
  private long longest;

  private Hostility(URI service, byte[] photo) {
    this.service = service;
    this.photo = photo;
  }

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Hostility hostility = new Hostility(URI.create(args[0]), Files.readAllBytes(Path.of(args[3])));
    int requests = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < requests; i++) {
      int number = i;
      threads.execute(() -> hostility.one(new Random(seed + number)));
    }
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
      throw new IllegalStateException("not done within an hour");
    }
    hostility.counts.forEach((what, count) -> System.out.println(what + " " + count));
    System.out.printf("longest %.0f ms%n", hostility.longest / 1e6);
  }

  private void one(Random random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    long start = System.nanoTime();
    String answer;
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(60_000);
      answer = exchange(socket, kind, random);
    } catch (IOException e) {
      answer = "closed";
    }
    note(kind + " " + answer, System.nanoTime() - start);
  }

  private synchronized void note(String what, long nanos) {
    counts.merge(what, 1, Integer::sum);
    longest = Math.max(longest, nanos);
  }

  private String exchange(Socket socket, Kind kind, Random random) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] cut = Arrays.copyOf(photo, 1 + random.nextInt(photo.length - 1));
    switch (kind) {
      case TRUNCATED_PHOTO -> send(out, length(cut.length), cut);
      case DAMAGED_PHOTO -> send(out, length(photo.length), damaged(photo, random));
      case NOISE -> send(out, length(5000), noise(5000, random));
      case BROKEN_OFF -> {
        send(out, length(photo.length), cut);
        return "not waited for";
      }
      case TOO_SHORT -> {
        send(out, length(photo.length + 1 + random.nextInt(1000)), photo);
        socket.shutdownOutput();
      }
      case TOO_LONG -> send(out, length(cut.length / 2), cut);
      case NOT_HTTP -> {
        out.write(noise(200, random));
        out.write("\r\n\r\n".getBytes(ISO_8859_1));
        socket.shutdownOutput();
      }
      case DAMAGED_HEADER -> {
        out.write(damaged(head(length(0)).getBytes(ISO_8859_1), random));
        socket.shutdownOutput();
      }
      case MANY_PARTS -> {
        byte[] parts =
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
                .repeat(2000)
                .getBytes(UTF_8);
        send(out, MULTIPART + length(parts.length), parts);
      }
      case TORN_PARTS -> {
        byte[] part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".getBytes(UTF_8);
        byte[] torn = Arrays.copyOf(part, part.length + cut.length);
        System.arraycopy(cut, 0, torn, part.length, cut.length);
        send(out, MULTIPART + length(torn.length), torn);
      }
      case BAD_CHUNKS -> {
        send(out, "Transfer-Encoding: chunked\r\n", damaged(chunked(cut), random));
        socket.shutdownOutput();
      }
      case HUGE_LENGTH -> send(out, "Content-Length: 99999999999999\r\n", new byte[10]);
    }
    byte[] answer = socket.getInputStream().readNBytes(12);
    return answer.length < 12 ? "closed" : new String(answer, 9, 3, ISO_8859_1);
  }

  private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b\r\n";

  private static String length(int bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private static String head(String more) {
    return "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n";
  }

  private static void send(OutputStream out, String more, byte[] body) throws IOException {
    out.write(head(more).getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static byte[] chunked(byte[] body) {
    byte[] head = (Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1);
    byte[] tail = "\r\n0\r\n\r\n".getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + body.length + tail.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    System.arraycopy(tail, 0, all, head.length + body.length, tail.length);
    return all;
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

package io.unmask.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 that costs next to no time of the processor, which the service that is
 * measured needs. Not thread-safe.
 */
final class HttpSocket implements AutoCloseable {

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param body the text
   */
  record Answer(int status, String body) {}

  private final URI service;
  private final int timeoutMillis;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  HttpSocket(URI service, int timeoutMillis) {
    this.service = service;
    this.timeoutMillis = timeoutMillis;
  }

  /** Connects, unless it is connected. */
  Socket connect() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(service.getHost(), service.getPort());
      open.setSoTimeout(timeoutMillis);
      open.setTcpNoDelay(true);
      socket = open;
      in = new BufferedInputStream(open.getInputStream());
    }
    return open;
  }

  /** Posts a photo, and waits for the answer. */
  Answer post(String path, byte[] body) throws IOException {
    OutputStream out = connect().getOutputStream();
    String head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, service.getHost(), service.getPort(), body.length);
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
    return read();
  }

  /** Asks for a document. */
  Answer get(String path) throws IOException {
    connect()
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s:%d\r\n\r\n"
                .formatted(path, service.getHost(), service.getPort())
                .getBytes(ISO_8859_1));
    return read();
  }

  /** Reads an answer, of which nothing was read before. */
  Answer read() throws IOException {
    String start = line();
    if (!start.matches("HTTP/1\\.1 \\d{3}.*")) {
      throw new IOException("the answer begins with '" + start + "'");
    }
    int status = Integer.parseInt(start.substring(9, 12));
    int length = 0;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    byte[] body = input().readNBytes(length);
    if (body.length < length) {
      throw new IOException("the answer ends after %d of %d bytes".formatted(body.length, length));
    }
    if (last) {
      close();
    }
    return new Answer(status, new String(body, UTF_8));
  }

  private InputStream input() throws IOException {
    connect();
    InputStream open = in;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = input().read(); b != '\n'; b = input().read()) {
      if (b < 0) {
        throw new IOException("the connection ended without an answer");
      }
      bytes.write(b);
    }
    return bytes.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}

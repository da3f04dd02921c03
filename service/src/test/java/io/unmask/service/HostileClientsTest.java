package io.unmask.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.image.ImageOptions;
import io.unmask.image.JavaPreprocessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that are slow, broken or mean. */
class HostileClientsTest {

  private static final ServiceOptions SHORT =
      TestService.OPTIONS.withTimeout(Duration.ofMillis(400)).withMaxBytes(100_000);

  private static String head(String... more) {
    return "POST /v1/classify HTTP/1.1\r\nHost: localhost\r\n" + String.join("", more) + "\r\n";
  }

  /** Sends what is given and returns all that comes until the server closes the connection. */
  private static String exchange(TestService server, String head, byte[] body) throws IOException {
    try (Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void stillAnswers(TestService server) {
    assertThat(server.post("/v1/classify", TestService.PNG).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatDoesNotComeIsWaitedForAsLongAsAllowed() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      String answer = exchange(server, head("Content-Length: 50000\r\n"), new byte[100]);
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("urn:unmask:problem:too-slow");
      stillAnswers(server);
    }
  }

  @Test
  void aBodyThatDripsIsNotWaitedForAnyLonger() throws Exception {
    try (TestService server = TestService.start(SHORT);
        Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Length: 50000\r\n").getBytes(ISO_8859_1));
      String answer = drip(socket, 1);
      assertThat(answer).startsWith("HTTP/1.1 408 ");
      stillAnswers(server);
    }
  }

  @Test
  void aHeaderThatDripsEndsTheConnection() throws Exception {
    try (TestService server = TestService.start(SHORT);
        Socket socket = server.connect()) {
      socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
      drip(socket, 'a');
      stillAnswers(server);
    }
  }

  /** Sends a byte now and then until the server ends it. Returns what it said. */
  private static String drip(Socket socket, int value) throws Exception {
    Thread dripping =
        new Thread(
            () -> {
              try {
                while (true) {
                  socket.getOutputStream().write(value);
                  Thread.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                // The server has closed the connection, which is what the test waits for.
              }
            });
    dripping.start();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (java.net.SocketException e) {
      // It was reset.
    } finally {
      dripping.interrupt();
      dripping.join();
    }
    return answer.toString(UTF_8);
  }

  @Test
  void slowClientsHoldNobodyUp() throws IOException {
    try (TestService server = TestService.start(TestService.OPTIONS)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Socket socket = server.connect();
        slow.add(socket);
        String head = i % 2 == 0 ? head("Content-Length: 500\r\n") : "POST /v1/cl";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      }
      stillAnswers(server);
      for (Socket socket : slow) {
        socket.close();
      }
      stillAnswers(server);
    }
  }

  @Test
  void tooManyBytesAreRefusedAnnouncedOrNot() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      assertThat(server.post("/v1/classify", new byte[100_001]).statusCode()).isEqualTo(413);
      String announced =
          exchange(server, head("Content-Length: 999999999999\r\nConnection: close\r\n"), PART);
      assertThat(announced).startsWith("HTTP/1.1 413 ").contains("urn:unmask:problem:too-large");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      String chunked =
          exchange(
              server,
              head("Transfer-Encoding: chunked\r\nConnection: close\r\n"),
              (chunk + chunk + "0\r\n\r\n").getBytes(ISO_8859_1));
      assertThat(chunked).startsWith("HTTP/1.1 413 ");
      stillAnswers(server);
    }
  }

  private static final byte[] PART = new byte[10];

  @Test
  void whoAsksFirstIsToldBeforeSending() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      String answer =
          exchange(server, head("Content-Length: 100001\r\nExpect: 100-continue\r\n"), new byte[0]);
      assertThat(answer).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aClientThatBreaksOffHarmsNobody() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      for (int i = 0; i < 50; i++) {
        try (Socket socket = server.connect()) {
          socket.setSoLinger(true, 0);
          socket.getOutputStream().write(head("Content-Length: 5000\r\n").getBytes(ISO_8859_1));
          socket.getOutputStream().write(PART);
        }
      }
      stillAnswers(server);
      assertThat(server.get("/metrics").body()).contains("unmask_body_bytes");
    }
  }

  @Test
  void malformedRequestsAreRefused() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      for (String request :
          List.of(
              "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
              "GET\r\n\r\n",
              "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
              "GET / HTTP/1.1\r\n\r\n",
              "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
              "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
              head("Content-Length: -5\r\n"),
              head("Content-Length: 5\r\nContent-Length: 6\r\n") + "123456",
              head("Transfer-Encoding: chunked\r\n") + "zz\r\nabc\r\n0\r\n\r\n",
              head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n")) {
        String answer = exchange(server, request, new byte[0]);
        assertThat(answer).as(request).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
        assertThat(answer).as(request).doesNotContain("problem:failed");
        assertThat(answer).as(request).doesNotContain("jetty", "Exception", "\tat ");
      }
      stillAnswers(server);
    }
  }

  @Test
  void multipartBombsAreRefused() throws IOException {
    try (TestService server = TestService.start(SHORT)) {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        many.append("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n");
      }
      many.append("--b--\r\n");
      String longHeader =
          "--b\r\nContent-Disposition: form-data; name=\""
              + "x".repeat(50_000)
              + "\"\r\n\r\n1\r\n--b--\r\n";
      byte[] torn = TestService.multipart("a.png", TestService.PNG);
      for (byte[] body :
          List.of(
              many.toString().getBytes(UTF_8),
              longHeader.getBytes(UTF_8),
              java.util.Arrays.copyOf(torn, torn.length - 8),
              "--b".repeat(30_000).getBytes(UTF_8))) {
        assertThat(server.postMultipart("/v1/classify", body).statusCode()).isEqualTo(400);
      }
      stillAnswers(server);
    }
  }

  @Test
  void aPhotoOfTooManyPixelsIsRefusedByItsHeader() {
    JavaPreprocessor small = JavaPreprocessor.withOptions(ImageOptions.DEFAULT.withMaxPixels(1000));
    try (TestService server = TestService.start(small, SHORT)) {
      var response = server.post("/v1/classify", TestService.PNG);
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.body()).contains("40x30 pixels, expected at most 1000");
    }
  }
}

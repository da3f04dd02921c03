package io.unmask.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of {@code benchmarks/load} that need no service. */
class ServiceLoadTest {

  @Test
  void argumentsAreReadAndChecked() {
    assertThat(ServiceLoadArguments.parse("--callers", "2,4", "--seconds", "3"))
        .isEqualTo(new ServiceLoadArguments("xception", List.of(2, 4), 3, 10_000, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceLoadArguments.parse("--model", "vgg"))
        .withMessageContaining("'vgg'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceLoadArguments.parse("--callers"))
        .withMessageContaining("lacks its value");
  }

  @Test
  void onlyTheNameAndTheTimeOfAnAnswerMayDiffer() {
    String one = "{\"file\":\"a.jpg\",\"label\":\"FAKE\",\"probability\":0.9,\"milliseconds\":1.5}";
    String same = "{\"label\":\"FAKE\",\"probability\":0.9,\"milliseconds\":7}\n";
    String other = "{\"label\":\"FAKE\",\"probability\":0.8,\"milliseconds\":7}";
    assertThat(ServiceCallers.comparable(same)).isEqualTo(ServiceCallers.comparable(one));
    assertThat(ServiceCallers.comparable(other)).isNotEqualTo(ServiceCallers.comparable(one));
  }

  @Test
  void anAnswerIsReadAndItsAbsenceNoticed() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (HttpSocket socket = new HttpSocket(uri, 10_000)) {
      for (int i = 0; i < 2; i++) {
        assertThat(socket.post("/", new byte[] {'a', 'b'}))
            .isEqualTo(new HttpSocket.Answer(503, "ab"));
      }
      server.stop(0);
      assertThatIOException().isThrownBy(() -> socket.get("/"));
    }
  }
}

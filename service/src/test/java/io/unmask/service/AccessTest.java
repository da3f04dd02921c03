package io.unmask.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what. */
class AccessTest {

  private static HttpResponse<String> post(TestService server, String header, String value) {
    return server.send(
        server
            .request("/v1/classify")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofByteArray(TestService.PNG))
            .build());
  }

  @Test
  void whoDoesNotNameTheTokenIsRefused() {
    try (TestService server = TestService.start(TestService.OPTIONS.withToken("s3cret"))) {
      HttpResponse<String> none = server.post("/v1/classify", TestService.PNG);
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(none.body()).doesNotContain("s3cret");
      assertThat(server.get("/v1/model").statusCode()).isEqualTo(401);
      assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(post(server, "Authorization", "Bearer s3cre").statusCode()).isEqualTo(401);
      assertThat(post(server, "Authorization", "s3cret").statusCode()).isEqualTo(401);
      assertThat(post(server, "Authorization", "Basic s3cret").statusCode()).isEqualTo(401);
      assertThat(post(server, "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
      assertThat(post(server, "Authorization", "bearer s3cret").statusCode()).isEqualTo(200);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(server.get("/").statusCode()).isEqualTo(200);
    }
  }

  /** The start of the answer to a request that names a host. */
  private static String named(TestService server, String host) throws IOException {
    try (Socket socket = server.connect()) {
      socket
          .getOutputStream()
          .write(
              ("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void atTheLoopbackAddressNamesOfOtherSitesAreRefused() throws IOException {
    try (TestService server = TestService.start()) {
      for (String own :
          List.of("localhost", "127.0.0.1:8080", "LocalHost:1", "[::1]", "127.1.2.3")) {
        assertThat(named(server, own)).as(own).startsWith("HTTP/1.1 200 ");
      }
      for (String other :
          List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1")) {
        assertThat(named(server, other))
            .as(other)
            .startsWith("HTTP/1.1 403 ")
            .contains("urn:unmask:problem:host", "--allow-host");
      }
    }
    Set<String> proxy = Set.of("photos.example.org");
    try (TestService server = TestService.start(TestService.OPTIONS.withHosts(proxy))) {
      assertThat(named(server, "Photos.example.org")).startsWith("HTTP/1.1 200 ");
      assertThat(named(server, "localhost")).startsWith("HTTP/1.1 200 ");
      assertThat(named(server, "evil.example")).startsWith("HTTP/1.1 403 ");
    }
    try (TestService server = TestService.start(TestService.OPTIONS.withHosts(Set.of("*")))) {
      assertThat(named(server, "evil.example")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "Photos.Example:443", "https://photos.example", "a b"})
  void whatNoRequestCanNameIsNoHost(String name) {
    assertThatThrownBy(() -> TestService.OPTIONS.withHosts(Set.of(name)))
        .hasMessageContaining("'" + name + "' is no host; name one such as photos.example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "photos", "photos.example.org", "10.0.0.7", "::1", "[fe80::1]"})
  void namesAndAddressesAreHosts(String name) {
    assertThat(TestService.OPTIONS.withHosts(Set.of(name)).hosts()).containsExactly(name);
  }

  @Test
  void anEmptyTokenIsNone() {
    assertThatThrownBy(() -> TestService.OPTIONS.withToken(""))
        .hasMessageContaining("at least one");
  }

  @Test
  void elsewhereAnyNameWillDoUnlessSomeAreGiven() {
    ServiceOptions everywhere = TestService.OPTIONS.withAddress("0.0.0.0", 0);
    assertThat(Hosts.of(everywhere).includes("photos.example.org")).isTrue();
    Hosts named = Hosts.of(everywhere.withHosts(Set.of("photos.example.org")));
    assertThat(named.includes("photos.example.org")).isTrue();
    assertThat(named.includes("evil.example")).isFalse();
  }

  @Test
  void aPageOfAnotherSiteIsRefusedUnlessItIsNamed() {
    try (TestService server = TestService.start()) {
      HttpResponse<String> other = post(server, "Origin", "https://example.org");
      assertThat(other.statusCode()).isEqualTo(403);
      assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(post(server, "Origin", "null").statusCode()).isEqualTo(403);
      String own = server.service.uri().toString().replaceAll("/$", "");
      assertThat(post(server, "Origin", own).statusCode()).isEqualTo(200);
    }
    Set<String> named = Set.of("https://example.org");
    try (TestService server = TestService.start(TestService.OPTIONS.withOrigins(named))) {
      HttpResponse<String> response = post(server, "Origin", "https://example.org");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
          .hasValue("https://example.org");
      assertThat(post(server, "Origin", "https://example.com").statusCode()).isEqualTo(403);
      HttpResponse<String> before =
          server.send(
              server
                  .request("/v1/classify")
                  .header("Origin", "https://example.org")
                  .header("Access-Control-Request-Method", "POST")
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(before.statusCode()).isEqualTo(204);
      assertThat(before.headers().firstValue("Access-Control-Allow-Headers"))
          .hasValue("Authorization, Content-Type");
    }
  }
}

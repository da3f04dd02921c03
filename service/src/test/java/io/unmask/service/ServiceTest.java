package io.unmask.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.unmask.Heatmap;
import io.unmask.json.Json;
import io.unmask.service.json.ClassificationJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is answered. */
class ServiceTest {

  private static TestService server;

  @BeforeAll
  static void start() {
    server = TestService.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Json json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(UTF_8));
  }

  /** Without the one field that is another each time. */
  private static String timeless(String json) {
    return json.replaceAll("\"milliseconds\":[0-9.]+", "");
  }

  @Test
  void aPhotoIsAnsweredAsTheCommandDoes() {
    HttpResponse<String> response = server.post("/v1/classify", TestService.PNG);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    var result = server.detector.classify(TestService.PNG);
    String expected =
        new String(
            JsonBytes.object(
                json ->
                    new ClassificationJson(server.detector.info()).write(json, "image", result)),
            UTF_8);
    assertThat(timeless(response.body())).isEqualTo(timeless(expected));
  }

  @Test
  void anEmptyFileKeepsItsPlaceAmongOthers() {
    byte[] body = TestService.multipart("empty.png", new byte[0], "photo.png", TestService.PNG);
    HttpResponse<String> response = server.postMultipart("/v1/classify", body);
    assertThat(response.statusCode()).isEqualTo(200);
    var answers = json(response).elements();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).get("file").string()).isEqualTo("empty.png");
    assertThat(answers.get(0).get("error").string()).contains("empty");
    assertThat(answers.get(1).get("file").string()).isEqualTo("photo.png");
    assertThat(answers.get(1).has("label")).isTrue();
  }

  @Test
  void severalPhotosAreAnsweredInTheirOrderAndABrokenOneIsOneOfThem() {
    byte[] body =
        TestService.multipart(
            "a.png", TestService.PNG, "b.txt", "text".getBytes(UTF_8), "c.jpg", TestService.JPEG);
    HttpResponse<String> response = server.postMultipart("/v1/classify", body);
    assertThat(response.statusCode()).isEqualTo(200);
    var answers = json(response).elements();
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).get("file").string()).isEqualTo("a.png");
    assertThat(answers.get(0).get("probability").number()).isBetween(0.0, 1.0);
    assertThat(answers.get(1).get("file").string()).isEqualTo("b.txt");
    assertThat(answers.get(1).get("error").string()).doesNotStartWith("image: ").isNotEmpty();
    assertThat(answers.get(2).has("label")).isTrue();
  }

  @Test
  void aListOfOneIsAList() {
    HttpResponse<String> response =
        server.postMultipart(
            "/v1/classify", TestService.multipart("a b\u00e9.png", TestService.PNG));
    assertThat(json(response).elements()).hasSize(1);
    assertThat(json(response).elements().get(0).get("file").string()).isEqualTo("a b\u00e9.png");
  }

  @Test
  void whoAsksForItIsToldWhereTheEvidenceLies() throws IOException {
    assertThat(json(server.post("/v1/classify", TestService.PNG)).has("maps")).isFalse();
    Json answer = json(server.post("/v1/classify?explain=true", TestService.PNG));
    assertThat(answer.get("label").string()).isIn("FAKE", "REAL");
    Json map = answer.get("maps").elements().get(0);
    Heatmap expected = server.detector.explain(TestService.PNG).heatmaps().get(0);
    assertThat(map.get("logit").number()).isEqualTo(expected.logit());
    assertThat(map.get("region").elements().get(2).integer()).isEqualTo(40);
    BufferedImage png =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(map.get("png").string())));
    assertThat(png.getWidth()).isEqualTo(expected.columns());
    assertThat(png.getHeight()).isEqualTo(expected.rows());
    for (int row = 0; row < expected.rows(); row++) {
      for (int column = 0; column < expected.columns(); column++) {
        int pixel = png.getRGB(column, row);
        if (pixel >>> 24 != 0) {
          boolean red = (pixel >> 16 & 0xff) > (pixel & 0xff);
          assertThat(red).isEqualTo(expected.contribution(row, column) > 0);
        }
      }
    }
  }

  @Test
  void evidenceIsAnsweredWithoutDecoding() {
    HttpResponse<String> response = server.post("/v1/evidence", TestService.PNG);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"file\":\"image\",\"evidence\":[]}");
    problem(server.post("/v1/evidence", "text".getBytes(UTF_8)), 422, "image");
  }

  @Test
  void theModelIsDescribed() {
    Json model = json(server.get("/v1/model"));
    assertThat(model.get("model").string()).contains("sequential_cnn");
    assertThat(model.get("backend").string()).isEqualTo("interpreter");
    assertThat(model.get("threshold").number()).isEqualTo(0.5);
    assertThat(server.get("/v1/model").body())
        .doesNotContain(TestService.MODEL.getParent().toString());
  }

  @Test
  void itSaysThatItIsReady() {
    HttpResponse<String> response = server.get("/healthz");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"live\":true,\"ready\":true}");
  }

  @Test
  void whatWasDoneIsCounted() {
    server.post("/v1/classify", TestService.PNG);
    server.post("/v1/classify", "text".getBytes(UTF_8));
    assertThat(server.get("/metrics").body())
        .contains("unmask_photos_total{label=")
        .contains("unmask_stage_seconds_count{stage=\"inference\"}")
        .contains("unmask_requests_seconds_count{address=\"/v1/classify\",outcome=\"ok\"}")
        .contains("unmask_requests_seconds_count{address=\"/v1/classify\",outcome=\"image\"}")
        .contains("unmask_queue_places 64")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void problemsSayWhatIsWrong() {
    problem(server.post("/v1/classify", new byte[0]), 400, "broken");
    Json noImage = problem(server.post("/v1/classify", "text".getBytes(UTF_8)), 422, "image");
    assertThat(noImage.get("detail").string()).doesNotStartWith("image: ");
    problem(server.get("/nothing"), 404, "not-found");
    HttpResponse<String> method = server.get("/v1/classify");
    problem(method, 405, "method");
    assertThat(method.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
    problem(server.post("/healthz", TestService.PNG), 405, "method");
    problem(server.postMultipart("/v1/classify", "no parts".getBytes(UTF_8)), 400, "broken");
    problem(server.postMultipart("/v1/classify", TestService.multipart()), 400, "broken");
    problem(
        server.send(
            server
                .request("/v1/classify")
                .header("Content-Type", "multipart/form-data")
                .POST(HttpRequest.BodyPublishers.ofByteArray(TestService.PNG))
                .build()),
        400,
        "broken");
  }

  /** An answer that is a problem. */
  private static Json problem(HttpResponse<String> response, int status, String kind) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    Json problem = json(response);
    assertThat(problem.get("type").string()).isEqualTo("urn:unmask:problem:" + kind);
    assertThat(problem.get("status").integer()).isEqualTo(status);
    assertThat(problem.get("title").string()).isNotEmpty();
    return problem;
  }

  @Test
  void parametersThatDoNotExistAreNotIgnored() {
    HttpResponse<String> threshold = server.post("/v1/classify?threshold=0.9", TestService.PNG);
    assertThat(threshold.statusCode()).isEqualTo(400);
    assertThat(threshold.body())
        .contains("urn:unmask:problem:parameter", "'threshold': there is explain;");
    assertThat(server.post("/v1/classify?explain=true&Explain=true", TestService.PNG).body())
        .contains("'Explain': there is explain;");
    assertThat(server.post("/v1/evidence?explain=true", TestService.PNG).body())
        .contains("'explain': there is none here");
    assertThat(server.get("/v1/model?explain=true").body())
        .contains("'explain': there is none here");
    assertThat(server.get("/metrics?x=1").statusCode()).isEqualTo(200);
    assertThat(server.post("/v1/classify?explain=yes", TestService.PNG).body())
        .contains("explain is 'yes', expected true or false");
    assertThat(server.post("/v1/classify?explain=true&explain=false", TestService.PNG).body())
        .contains("explain is named more than once");
    assertThat(server.post("/v1/classify?%22%3Cb%3E=1", TestService.PNG).body())
        .contains("'\\\"<b>': there is explain;");
    assertThat(server.post("/v1/classify?", TestService.PNG).statusCode()).isEqualTo(200);
    assertThat(server.post("/v1/classify?explain=false", TestService.PNG).body())
        .doesNotContain("maps");
    assertThat(server.get("/?utm_source=x").statusCode()).isEqualTo(200);
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (String path : Set.of("/", "/v1/model", "/nothing", "/healthz")) {
      var headers = server.get(path).headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Server")).isEmpty();
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void whoAsksForTheHeaderGetsTheHeader() {
    HttpResponse<String> head =
        server.send(
            server.request("/healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()).build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() {
    ServiceOptions taken =
        ServiceOptions.DEFAULT.withAddress("127.0.0.1", server.service.uri().getPort());
    assertThatThrownBy(() -> Service.start(server.detector, taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(taken.port() + ": cannot listen there: ")
        .hasMessageContaining("--port");
  }

  @Test
  void aHostThatIsNotThereIsSaidNotToBe() {
    ServiceOptions nowhere = ServiceOptions.DEFAULT.withAddress("nowhere.invalid", 0);
    assertThatThrownBy(() -> Service.start(server.detector, nowhere))
        .hasMessageContaining("cannot listen there: there is no such host; name another --host");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> ServiceOptions.DEFAULT.withMaxBytes(0))
        .hasMessage("a request may have from 1 to 268435456 bytes, not 0");
    assertThatThrownBy(() -> ServiceOptions.DEFAULT.withAddress("x", 70_000))
        .hasMessage("port must be in 0..65535: 70000");
    assertThatThrownBy(() -> ServiceOptions.DEFAULT.withQueue(-1)).hasMessageContaining("queue");
    assertThatThrownBy(() -> ServiceOptions.DEFAULT.withTimeout(Duration.ZERO))
        .hasMessage("a client has from 0.1 to 3600 seconds to send a request, not 0.0");
    for (String origin :
        List.of("example.org", "https://example.org/", "https://Example.org", "null", "")) {
      assertThatThrownBy(() -> ServiceOptions.DEFAULT.withOrigins(Set.of(origin)))
          .hasMessageStartingWith("'" + origin + "' is no origin; name a site as browsers do");
    }
    assertThat(
            ServiceOptions.DEFAULT
                .withOrigins(Set.of("*", "http://localhost:3000", "app://x"))
                .origins())
        .hasSize(3);
    assertThatThrownBy(() -> ServiceOptions.DEFAULT.withToken("a b"))
        .hasMessageContaining("visible ASCII");
    assertThat(ServiceOptions.DEFAULT.withToken("secret").toString()).doesNotContain("secret");
  }
}

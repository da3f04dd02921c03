package io.unmask.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.Detector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The example, over HTTP. */
class ExampleApplicationTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext context;
  private static String log;

  @BeforeAll
  static void start() {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      context = SpringApplication.run(ExampleApplication.class, "--server.port=0");
    } finally {
      System.setOut(out);
      log = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static HttpRequest.Builder request(String path) {
    return request(context, path);
  }

  private static HttpRequest.Builder request(ConfigurableApplicationContext of, String path) {
    String port = of.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(HttpRequest.BodyPublisher photo) throws Exception {
    return CLIENT.send(
        request("/verdict").header("Content-Type", "application/octet-stream").POST(photo).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aPhotoGetsTheVerdictOfTheBean() throws Exception {
    Path portrait = Path.of("../../../examples/data/portrait.jpg");
    HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofFile(portrait));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String label = context.getBean(Detector.class).classify(portrait).label().name();
    assertThat(answer.body()).startsWith("{\"label\":\"" + label + "\",\"faces\":[\"");
    assertThat(get("/actuator/metrics/unmask.classify?tag=outcome:ok&tag=label:" + label).body())
        .contains("\"statistic\":\"COUNT\"", "\"tag\":\"backend\",\"values\":[\"cpu\"]");
  }

  @Test
  void whatIsNoPhotoIsTheClientsMistake() throws Exception {
    HttpResponse<String> answer = post(HttpRequest.BodyPublishers.ofString("no photo"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(get("/actuator/metrics/unmask.classify?tag=outcome:image&tag=label:none").body())
        .contains("\"statistic\":\"COUNT\"");
  }

  @Test
  void theHealthSaysWhatDecides() throws Exception {
    HttpResponse<String> health = get("/actuator/health/unmask");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("\"status\":\"UP\"", "\"model\":\"default\"", "\"backend\":\"cpu\"");
  }

  @Test
  void aDetectorThatDoesNotAnswerIsDown() throws Exception {
    Class<?>[] sources = {ExampleApplication.class, BrokenDetector.class};
    try (ConfigurableApplicationContext broken =
        SpringApplication.run(sources, new String[] {"--server.port=0"})) {
      HttpResponse<String> health =
          CLIENT.send(
              request(broken, "/actuator/health/unmask").build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("\"status\":\"DOWN\"", "the engine is broken");
    }
  }

  /** In the place of the detector. It is no configuration, so that it is not found by scanning. */
  static class BrokenDetector {
    @Bean
    Detector broken() {
      return (Detector)
          Proxy.newProxyInstance(
              Detector.class.getClassLoader(),
              new Class<?>[] {Detector.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("classify")) {
                  throw new IllegalStateException("the engine is broken");
                }
                return method.getName().equals("toString") ? "broken" : null;
              });
    }
  }

  @Test
  void theLogSaysSoInOneLine() {
    assertThat(log.lines().filter(line -> line.toLowerCase(Locale.ROOT).contains("hdf"))).isEmpty();
    assertThat(log.lines().filter(line -> line.contains("unmask.spring"))).hasSize(1);
    assertThat(log).contains("Unmask: model default on backend cpu (");
    assertThat(log.lines()).hasSizeLessThan(40);
  }
}

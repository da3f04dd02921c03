package io.unmask.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description for programs is valid and true. */
class OpenApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestService server;
  private static String document;

  @BeforeAll
  static void start() {
    server = TestService.start();
    document = server.get("/openapi.json").body();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void itIsValidOpenApi31() throws IOException {
    assertThat(messages(document)).isEmpty();
    assertThat(JSON.readTree(document).get("openapi").asText()).startsWith("3.1.");
    // So that the check is known to find something.
    assertThat(messages(document.replace("\"responses\"", "\"answers\""))).isNotEmpty();
  }

  private static java.util.List<String> messages(String text) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, options);
    return result.getMessages();
  }

  @Test
  void itDescribesEveryAddressAndNoOther() throws IOException {
    TreeSet<String> described = new TreeSet<>();
    JSON.readTree(document).get("paths").fieldNames().forEachRemaining(described::add);
    assertThat(described)
        .containsExactly(
            "/",
            "/healthz",
            "/metrics",
            "/openapi.json",
            "/v1/classify",
            "/v1/evidence",
            "/v1/model");
    for (String path : described) {
      assertThat(server.get(path).statusCode()).as(path).isIn(200, 405);
    }
  }

  @Test
  void whatIsAnsweredFitsTheSchemas() throws IOException {
    byte[] several = TestService.multipart("a.png", TestService.PNG, "b.png", new byte[] {1, 2, 3});
    fits(server.get("/v1/model"), "Model");
    fits(server.get("/healthz"), "Health");
    fits(server.get("/nothing"), "Problem");
    fits(server.post("/v1/classify", TestService.PNG), "Classification");
    fits(server.post("/v1/classify?explain=true", TestService.PNG), "Classification");
    fits(server.post("/v1/evidence", TestService.PNG), "Claims");
    JsonNode answers = JSON.readTree(server.postMultipart("/v1/classify", several).body());
    assertThat(errors(answers.get(0), "Classification")).isEmpty();
    assertThat(errors(answers.get(1), "Failure")).isEmpty();
    assertThat(errors(answers.get(1), "Classification")).isNotEmpty();
  }

  private static void fits(HttpResponse<String> response, String schema) throws IOException {
    JsonNode answer = JSON.readTree(response.body());
    assertThat(errors(answer, schema)).as(response.body()).isEmpty();
    // Nothing is answered that is not described.
    JsonNode properties =
        JSON.readTree(document).at("/components/schemas/" + schema + "/properties");
    answer
        .fieldNames()
        .forEachRemaining(name -> assertThat(properties.has(name)).as(name).isTrue());
  }

  private static java.util.Set<?> errors(JsonNode answer, String schema) throws IOException {
    String text = document.replace("#/components/schemas/", "#/$defs/");
    JsonNode schemas = JSON.readTree(text).at("/components/schemas");
    var root = JSON.createObjectNode();
    root.put("$ref", "#/$defs/" + schema);
    root.set("$defs", schemas);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(root)
        .validate(answer);
  }
}

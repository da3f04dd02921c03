package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.unmask.evaluation.DecisionRule;
import io.unmask.model.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a decision rule into the manifest of a model that is there, and leaves the rest of it. */
public final class ManifestDecision {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String EMPTY = "{\"version\": 1}";

  private final DecisionRule rule;
  private final JsonGenerator json;

  private ManifestDecision(DecisionRule rule, JsonGenerator json) {
    this.rule = rule;
    this.json = json;
  }

  /**
   * Writes threshold and band in place of those that were there: for the models of a folder
   * together, or for one file.
   *
   * @param model a folder of models, or a model file
   * @return the manifest, which was made if there was none
   * @throws java.io.UncheckedIOException if it cannot be read or written; it is then as before
   */
  public static Path write(DecisionRule rule, Path model) {
    boolean folder = Files.isDirectory(model);
    Path file =
        folder ? model.resolve(Manifest.FILE_NAME) : model.resolveSibling(Manifest.FILE_NAME);
    List<String> path = folder ? List.of() : List.of("models", String.valueOf(model.getFileName()));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      byte[] before =
          Files.exists(file) ? Files.readAllBytes(file) : EMPTY.getBytes(StandardCharsets.UTF_8);
      json.useDefaultPrettyPrinter();
      try (JsonParser parser = JSON.createParser(before)) {
        parser.nextToken();
        new ManifestDecision(rule, json).edit(parser, path);
      }
    } catch (IOException e) {
      throw RunFolder.failure(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
    RunFolder.write(file, text::writeTo);
    return file;
  }

  /**
   * Copies an object, whose beginning was just read, with the rule in the object at a path.
   *
   * @param parser null if there was no such object
   */
  private void edit(@Nullable JsonParser parser, List<String> path) throws IOException {
    boolean here = path.isEmpty();
    boolean done = false;
    json.writeStartObject();
    while (parser != null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      if (here && (key.equals("threshold") || key.equals("band"))) {
        parser.skipChildren();
      } else if (here && key.equals("figures") && parser.isExpectedStartObjectToken()) {
        figures(parser);
        done = true;
      } else if (!here && key.equals(path.get(0)) && parser.isExpectedStartObjectToken()) {
        json.writeFieldName(key);
        edit(parser, path.subList(1, path.size()));
        done = true;
      } else {
        json.writeFieldName(key);
        json.copyCurrentStructure(parser);
      }
    }
    if (here) {
      DecisionJson.settings(rule, json);
    }
    if (here && !done) {
      figures(null);
    } else if (!done) {
      json.writeFieldName(path.get(0));
      edit(null, path.subList(1, path.size()));
    }
    json.writeEndObject();
  }

  private void figures(@Nullable JsonParser parser) throws IOException {
    json.writeObjectFieldStart("figures");
    while (parser != null && parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      if (key.equals("decision")) {
        parser.skipChildren();
      } else {
        json.writeFieldName(key);
        json.copyCurrentStructure(parser);
      }
    }
    DecisionJson.figures(rule, json);
    json.writeEndObject();
  }
}

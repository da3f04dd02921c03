package io.unmask.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.unmask.files.FileFault;
import io.unmask.training.data.FaceSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a training was begun with, so that it is only gone on with if that is the same.
 *
 * @param facts settings as text by name
 * @param images the SHA-256 of each image's bytes, by its path
 */
record RunRecord(Map<String, String> facts, Map<String, String> images) {

  RunRecord {
    facts = ImmutableMap.copyOf(facts); // which keeps the order
    images = ImmutableMap.copyOf(images);
  }

  /**
   * Reads all images of a data set.
   *
   * @throws java.io.UncheckedIOException if one cannot be read
   */
  static RunRecord of(Map<String, String> facts, FaceSet faces) {
    List<Path> files =
        faces.images().stream()
            .flatMap(image -> Stream.concat(Stream.of(image.file()), image.remade().stream()))
            .toList();
    List<String> sums = files.parallelStream().map(RunRecord::sum).toList();
    Map<String, String> images = new LinkedHashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      images.put(files.get(i).toString(), sums.get(i));
    }
    return new RunRecord(facts, images);
  }

  /** The SHA-256 of a file's bytes, in hexadecimal digits. */
  static String sum(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw RunFolder.failure(file + ": cannot be read (" + FileFault.reason(e) + ")", e);
    }
  }

  /** The SHA-256 of everything in here. */
  String sum() {
    return Hashing.sha256().hashString(facts + "\n" + images, StandardCharsets.UTF_8).toString();
  }

  /**
   * Keeps this record in a folder without one.
   *
   * @throws java.io.UncheckedIOException if the folder has another record, or models of unknown
   *     origin
   */
  void claim(RunFolder folder) {
    Path file = folder.hidden("run.json");
    Optional<RunRecord> earlier = read(file);
    if (earlier.isPresent()) {
      @Nullable String difference = differenceTo(earlier.get());
      if (difference != null) {
        throw RunFolder.failure(
            folder.folder()
                + ": holds a training that was begun otherwise: "
                + difference
                + "; go on with it as it was begun, or choose another folder with --out",
            null);
      }
      return;
    }
    List<Path> models = folder.models();
    if (!models.isEmpty()) {
      throw RunFolder.failure(
          folder.folder()
              + ": already holds "
              + models.get(0).getFileName()
              + ", which this training would replace; choose another folder with --out",
          null);
    }
    RunFolder.write(file, this::write);
  }

  /** What is not as it was, or null if everything is. */
  private @Nullable String differenceTo(RunRecord earlier) {
    for (Map.Entry<String, String> fact : earlier.facts.entrySet()) {
      String now = facts.getOrDefault(fact.getKey(), "none");
      if (!now.equals(fact.getValue())) {
        return "%s was '%s' and is '%s'".formatted(fact.getKey(), fact.getValue(), now);
      }
    }
    for (String name : facts.keySet()) {
      if (!earlier.facts.containsKey(name)) {
        return "%s was not set and is '%s'".formatted(name, facts.get(name));
      }
    }
    for (Map.Entry<String, String> image : earlier.images.entrySet()) {
      String now = images.get(image.getKey());
      if (now == null) {
        return image.getKey() + " is gone or cannot be decoded any more";
      }
      if (!now.equals(image.getValue())) {
        return image.getKey() + " has changed";
      }
    }
    for (String image : images.keySet()) {
      if (!earlier.images.containsKey(image)) {
        return image + " was not there";
      }
    }
    return null;
  }

  private void write(OutputStream stream) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(stream);
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    write("facts", facts, json);
    write("images", images, json);
    json.writeEndObject();
    json.flush();
  }

  private static void write(String name, Map<String, String> map, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static Optional<RunRecord> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file));
        JsonParser json = new JsonFactory().createParser(stream)) {
      Map<String, String> facts = Map.of();
      Map<String, String> images = Map.of();
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        expect(json, json.currentToken(), JsonToken.FIELD_NAME);
        String name = json.currentName();
        Map<String, String> strings = strings(json);
        facts = name.equals("facts") ? strings : facts;
        images = name.equals("images") ? strings : images;
      }
      return Optional.of(new RunRecord(facts, images));
    } catch (IOException e) {
      throw RunFolder.failure(
          file + ": cannot be read (" + e.getMessage() + "); choose another folder with --out", e);
    }
  }

  /** An object of strings, of any size: a line an image. */
  private static Map<String, String> strings(JsonParser json) throws IOException {
    Map<String, String> strings = new LinkedHashMap<>();
    expect(json, json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json, json.currentToken(), JsonToken.FIELD_NAME);
      String key = json.currentName();
      expect(json, json.nextToken(), JsonToken.VALUE_STRING);
      strings.put(key, json.getText());
    }
    return strings;
  }

  private static void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new IOException(
          "expected %s and found %s in line %d"
              .formatted(wanted, found, json.currentLocation().getLineNr()));
    }
  }
}

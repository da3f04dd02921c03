package io.unmask.benchmarks;

import io.unmask.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reference's own way, {@code keras_peer.py}, where Python has Keras and TensorFlow.
 *
 * @param python the interpreter
 * @param script the script
 */
record KerasScript(String python, Path script) {

  /** The name that reports show. */
  static final String ENGINE = "keras";

  /** The environment variable that names the interpreter. */
  private static final String VARIABLE = "UNMASK_PYTHON";

  /**
   * Looks for a Python that has what it takes: the one that the environment variable {@code
   * UNMASK_PYTHON} names, or else one on the path.
   *
   * @param benchmarks the folder of the script
   * @param log is told why one does not do
   */
  static Optional<KerasScript> find(Path benchmarks, PrintStream log) throws InterruptedException {
    @Nullable String named = System.getenv(VARIABLE);
    for (String python : named == null ? List.of("python3", "python") : List.of(named)) {
      try {
        Child.run(List.of(python, "-c", "import tensorflow, keras"));
        return Optional.of(new KerasScript(python, benchmarks.resolve("keras_peer.py")));
      } catch (IOException e) {
        log.println("Without Keras, by " + python + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** The command that loads models and classifies an image once. */
  List<String> command(Path image, List<Path> models) {
    List<String> command = new ArrayList<>(List.of(python, script.toString(), image.toString()));
    models.forEach(model -> command.add(model.toString()));
    return List.copyOf(command);
  }

  /** How long it takes to classify an image again and again, in milliseconds. */
  double[] classify(Path image, Path model, int times) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command(image, List.of(model)));
    command.addAll(List.of("--repeat", Integer.toString(times)));
    Json answer = Json.parse(Child.run(command).output().getBytes(StandardCharsets.UTF_8));
    return answer.get("milliseconds").elements().stream().mapToDouble(Json::number).toArray();
  }
}

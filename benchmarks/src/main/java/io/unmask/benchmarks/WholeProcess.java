package io.unmask.benchmarks;

import io.unmask.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The command and the Keras script as processes of their own, from their start to their end, with
 * one verdict between: how long that takes and how much memory it needs. In rounds, too.
 *
 * @param command the {@code unmask} script
 * @param keras the peer, if there is one
 * @param log says what is being done
 */
record WholeProcess(Path command, Optional<KerasScript> keras, PrintStream log) {

  private static final int SIDE = 256;

  private static final class Subject {
    final String engine;
    final String models;
    final List<String> command;
    final ListStatistics milliseconds = new ListStatistics();
    final ListStatistics megabytes = new ListStatistics();

    Subject(String engine, String models, List<String> command) {
      this.engine = engine;
      this.models = models;
      this.command = command;
    }

    void run() throws IOException, InterruptedException {
      Child child = Child.run(command);
      double probability =
          Json.parse(child.output().getBytes(StandardCharsets.UTF_8)).get("probability").number();
      if (!(probability >= 0 && probability <= 1)) {
        throw new IOException(command + " says that the probability is " + probability);
      }
      milliseconds.addValue(child.milliseconds());
      child.residentMegabytes().ifPresent(megabytes::addValue);
    }

    Row row() {
      return new Row(
          Row.FIRST_VERDICT,
          engine,
          Map.of("models", models, Row.THREADS, processors()),
          Timing.of(milliseconds),
          megabytes.getN() == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(megabytes.getPercentile(50)));
    }
  }

  private static String processors() {
    return Integer.toString(Runtime.getRuntime().availableProcessors());
  }

  /** Measures with one model, and with five that have the same trunk. */
  List<Row> run(int rounds) throws IOException, InterruptedException {
    Path image = Files.createTempFile("unmask-benchmark", ".jpg");
    try (SampleModels one = SampleModels.keras(SampleModels.ONE);
        SampleModels five = SampleModels.keras(SampleModels.SHARED)) {
      Files.write(image, Images.encoded(Images.picture(0, SIDE, SIDE), "jpg"));
      List<Subject> subjects = new ArrayList<>();
      for (SampleModels models : List.of(one, five)) {
        String name = models.files().size() == 1 ? SampleModels.ONE : SampleModels.SHARED;
        subjects.add(new Subject(Engine.CPU, name, command(image, models.files())));
        keras.ifPresent(
            script ->
                subjects.add(
                    new Subject(KerasScript.ENGINE, name, script.command(image, models.files()))));
      }
      List<Row> rows = new ArrayList<>(measure(subjects, rounds));
      if (keras.isPresent()) {
        log.println("Keras classifies one image again and again");
        double[] times = keras.get().classify(image, one.files().get(0), 20 * rounds);
        rows.add(
            new Row(
                Row.CLASSIFY,
                KerasScript.ENGINE,
                Map.of(Row.THREADS, processors()),
                Timing.of(new ListStatistics(times)),
                OptionalDouble.empty()));
      }
      return rows;
    } finally {
      Files.delete(image);
    }
  }

  private List<Row> measure(List<Subject> subjects, int rounds)
      throws IOException, InterruptedException {
    for (Subject subject : subjects) {
      log.println("Trying " + subject.engine + ", " + subject.models);
      Child.run(subject.command);
    }
    for (int round = 1; round <= rounds; round++) {
      log.println("Whole processes, round %d of %d".formatted(round, rounds));
      for (Subject subject : subjects) {
        subject.run();
      }
    }
    return subjects.stream().map(Subject::row).toList();
  }

  private List<String> command(Path image, List<Path> models) {
    List<String> line = new ArrayList<>(List.of(command.toString(), "classify"));
    line.addAll(List.of("--format", "json"));
    models.forEach(model -> line.addAll(List.of("--model", model.toString())));
    line.add(image.toString());
    return List.copyOf(line);
  }
}

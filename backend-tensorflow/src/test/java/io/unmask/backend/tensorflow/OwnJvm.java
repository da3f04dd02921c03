package io.unmask.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs {@link OpenDetector}, or another program, in a JVM of its own. */
final class OwnJvm {

  static final Path EXAMPLES = Path.of(System.getProperty("unmask.examples"));

  static final Path TEST_CLASSES =
      Path.of(OpenDetector.class.getProtectionDomain().getCodeSource().getLocation().getPath());

  private final List<Path> classPath;
  private final List<String> before = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Path home = Path.of(System.getProperty("java.home"));
  private String module = "";
  private Class<?> program = OpenDetector.class;
  private Path image = EXAMPLES.resolve("data/astronaut.jpg");

  /** With a class path to which the test classes are added. */
  OwnJvm(List<Path> classPath) {
    this.classPath = Stream.concat(classPath.stream(), Stream.of(TEST_CLASSES)).toList();
  }

  /** Adds an option of Java's. */
  OwnJvm option(String option) {
    options.add(option);
    return this;
  }

  /** Adds a variable to the environment. */
  OwnJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs another command, which is given that of Java as its last arguments. */
  OwnJvm before(String... command) {
    before.addAll(List.of(command));
    return this;
  }

  /** Takes another JDK than the one that the tests run on. */
  OwnJvm home(Path jdk) {
    this.home = jdk;
    return this;
  }

  /** Runs a module of the module path in place of a program of the class path. */
  OwnJvm module(String main) {
    this.module = main;
    return this;
  }

  /** Runs another program, with the same first two arguments. */
  OwnJvm program(Class<?> main) {
    this.program = main;
    return this;
  }

  /** Classifies another image. */
  OwnJvm image(Path file) {
    this.image = file;
    return this;
  }

  /** What the program writes to standard output. */
  String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(home.resolve("bin/java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    if (module.isEmpty()) {
      command.add("-cp");
      command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
      command.add(program.getName());
    } else {
      command.add("-m");
      command.add(module);
    }
    command.add(EXAMPLES.resolve("data/untrained.keras").toString());
    command.add(image.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("UNMASK_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit status of %s", command).isZero();
    return output.strip();
  }
}

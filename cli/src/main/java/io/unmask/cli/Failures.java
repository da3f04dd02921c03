package io.unmask.cli;

import io.unmask.error.DetectorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;

/**
 * What is said when a command fails.
 *
 * @param console where
 */
record Failures(Console console)
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    Optional<String> file = Arrays.stream(args).filter(Failures::isFile).findFirst();
    console.complain(
        file.isPresent()
            ? "%s is a file, but names that begin with - are taken for options; put -- before them: %s -- %s"
                .formatted(file.get(), command, file.get())
            : e.getMessage()
                + Correction.of(e).map(name -> "; did you mean '" + name + "'?").orElse("")
                + " (see '"
                + command
                + " -h')");
    return ExitStatus.NOTHING_RAN;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    return report(
        e, parsed.subcommand() != null && parsed.subcommand().hasMatchedOption("--verbose"));
  }

  /**
   * What went wrong, without the name that the message begins with.
   *
   * @param named how the message may begin, such as {@code face.jpg: }
   */
  static String reason(DetectorException error, String named) {
    String message = String.valueOf(error.getMessage());
    return message.startsWith(named) ? message.substring(named.length()) : message;
  }

  private static boolean isFile(String argument) {
    try {
      return argument.startsWith("-") && Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Says on one line what went wrong, and with the trace if asked for. Returns the exit status. */
  int report(Throwable e, boolean verbose) {
    boolean expected =
        e instanceof DetectorException
            || e instanceof IllegalArgumentException
            || e instanceof UncheckedIOException;
    console.complain(expected ? String.valueOf(e.getMessage()) : e.toString());
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      console.err().print(trace);
    }
    return ExitStatus.NOTHING_RAN;
  }
}

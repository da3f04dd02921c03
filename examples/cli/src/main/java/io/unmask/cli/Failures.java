package io.unmask.cli;

import io.unmask.error.DetectorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
    console.complain(
        e.getMessage() + " (see '" + e.getCommandLine().getCommandSpec().qualifiedName() + " -h')");
    return ExitStatus.NOTHING_RAN;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    return report(
        e, parsed.subcommand() != null && parsed.subcommand().hasMatchedOption("--verbose"));
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

package io.unmask.cli;

import io.unmask.error.DetectorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** The {@code unmask} command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    // Images are drawn upon, but never shown.
    System.setProperty("java.awt.headless", "true");
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs the command. Returns the exit status. */
  static int run(Console console, String... args) {
    CommandLine command =
        new CommandLine(new UnmaskCommand(), new Factory(console))
            .setOut(console.out())
            .setErr(console.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(false)
            .setParameterExceptionHandler((e, given) -> usage(console, e))
            .setExecutionExceptionHandler((e, line, parsed) -> failure(console, e, given(parsed)));
    int status;
    try {
      status = command.execute(args);
    } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
      status = failure(console, e, false);
    }
    console.out().flush();
    console.err().flush();
    return status;
  }

  private static boolean given(CommandLine.ParseResult parsed) {
    return parsed.subcommand() != null && parsed.subcommand().hasMatchedOption("--verbose");
  }

  private static int usage(Console console, CommandLine.ParameterException e) {
    console.complain(
        e.getMessage() + " (see '" + e.getCommandLine().getCommandSpec().qualifiedName() + " -h')");
    return ExitStatus.NOTHING_RAN;
  }

  private static int failure(Console console, Throwable e, boolean verbose) {
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

  /** Hands the console to the commands, which picocli makes. */
  private record Factory(Console console) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ClassifyCommand.class) {
        return type.cast(new ClassifyCommand(console));
      }
      if (type == EvaluateCommand.class) {
        return type.cast(new EvaluateCommand(console));
      }
      if (type == TrainCommand.class) {
        return type.cast(new TrainCommand(console));
      }
      if (type == InspectCommand.class) {
        return type.cast(new InspectCommand(console));
      }
      if (type == ExportCommand.class) {
        return type.cast(new ExportCommand(console));
      }
      if (type == BackendsCommand.class) {
        return type.cast(new BackendsCommand(console));
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}

package io.unmask.cli;

import io.unmask.spi.EngineFailure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The {@code unmask} command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    // Programs read the output too: numbers look the same everywhere.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    // Images are drawn upon, but never shown.
    System.setProperty("java.awt.headless", "true");
    EngineAhead.start(List.of(args));
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs the command. Returns the exit status. */
  static int run(Console console, String... args) {
    CommandLine command = command(console, args.length == 0 ? "" : args[0]);
    Failures failures = new Failures(console);
    command
        .setOut(console.out())
        .setErr(console.err())
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    int status;
    try {
      status = command.execute(args);
    } catch (OutOfMemoryError e) {
      status = failures.report(EngineFailure.of("the command cannot go on", e), false);
    } catch (LinkageError | StackOverflowError e) {
      status = failures.report(e, false);
    }
    if (console.out().checkError() && status == ExitStatus.OK) {
      console.complain("standard output cannot be written to");
      status = ExitStatus.NOTHING_RAN;
    }
    console.err().flush();
    return status;
  }

  /** The command with the subcommand of a name, or with all if it is none of theirs. */
  static CommandLine command(Console console, String name) {
    CommandLine command = new CommandLine(new UnmaskCommand());
    subcommands(name, console).forEach(command::addSubcommand);
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a file may be called @home.jpg
        .registerConverter(Path.class, Main::path)
        .registerConverter(Double.class, argument -> number(argument, Double::valueOf))
        .registerConverter(Integer.class, argument -> number(argument, Integer::valueOf))
        .registerConverter(Long.class, argument -> number(argument, Long::valueOf));
  }

  private static <T> T number(String argument, Function<String, T> parser) {
    try {
      return parser.apply(argument);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is not such a number".formatted(argument));
    }
  }

  /** Java takes an empty path for the folder it was started in, which nobody means. */
  private static Path path(String argument) {
    if (argument.isEmpty()) {
      throw new TypeConversionException("the path is empty");
    }
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'%s' is not a valid path".formatted(argument));
    }
  }

  /**
   * The subcommand of a name, or all of them if it is none of theirs: the help lists them, and a
   * mistyped one is corrected. To look at the options of all would take longer than to look at the
   * image.
   */
  private static List<Object> subcommands(String name, Console console) {
    return switch (name) {
      case "classify" -> List.of(new ClassifyCommand(console));
      case "train" -> List.of(new TrainCommand(console));
      case "evidence" -> List.of(new EvidenceCommand(console));
      case "evaluate" -> List.of(new EvaluateCommand(console));
      case "inspect" -> List.of(new InspectCommand(console));
      case "serve" -> List.of(new ServeCommand(console));
      case "export" -> List.of(new ExportCommand(console));
      case "quantize" -> List.of(new QuantizeCommand(console));
      case "backends" -> List.of(new BackendsCommand(console));
      default ->
          List.of(
              new ClassifyCommand(console),
              new EvidenceCommand(console),
              new ServeCommand(console),
              new TrainCommand(console),
              new EvaluateCommand(console),
              new InspectCommand(console),
              new ExportCommand(console),
              new QuantizeCommand(console),
              new BackendsCommand(console));
    };
  }
}

package io.unmask.cli;

import io.unmask.Backends;
import io.unmask.spi.Availability;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code unmask backends}. */
@Command(
    name = "backends",
    description = "Lists the backends on the class path, the preferred one first.")
final class BackendsCommand implements Callable<Integer> {

  private final Console console;

  BackendsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Backends backends = Backends.find();
    for (Backends.Entry entry : backends.entries()) {
      String state =
          entry.availability() instanceof Availability.Available available
              ? "available: " + available.engine() + " on " + available.device()
              : entry.availability() instanceof Availability.Unavailable no
                  ? "unavailable: " + no.reason() + "; " + no.remedy()
                  : "";
      String line = "%s (priority %d, from %s)".formatted(state, entry.priority(), entry.origin());
      console.out().printf("%-12s %s%n", Console.printable(entry.name()), Console.printable(line));
    }
    for (String fault : backends.faults()) {
      console.out().println(Console.printable("broken: " + fault));
    }
    if (backends.entries().isEmpty()) {
      console.complain(
          "the class path offers no backend; add the Maven dependency"
              + " io.unmask:unmask-backend-cpu, and see that the META-INF/services files were"
              + " merged if it is inside a merged jar");
      return ExitStatus.NOTHING_RAN;
    }
    return ExitStatus.OK;
  }
}

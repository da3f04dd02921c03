package io.unmask.cli;

import io.unmask.training.data.Fold;
import io.unmask.training.report.History;
import io.unmask.training.run.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells people on standard error how a training goes: a bar on a terminal, and a line an epoch
 * everywhere, with the time that is left of the whole training.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {

  private final Console console;
  private final LongSupplier nanos;
  private TimeLeft left = TimeLeft.unknown();
  private String toCome = "";
  private long begun;
  private @Nullable Progress bar;
  private String epoch = "";

  TrainingProgress(Console console) {
    this(console, System::nanoTime);
  }

  /** Takes the clock. */
  TrainingProgress(Console console, LongSupplier nanos) {
    this.console = console;
    this.nanos = nanos;
  }

  /** Has the time that is left of the whole training shown. */
  void plan(List<Integer> epochs, int folds, boolean refit) {
    left = new TimeLeft(epochs, folds, refit);
  }

  @Override
  public void begins(String work, int steps) {
    close();
    bar = Progress.onTerminal(console, work, steps);
    if (!console.errIsTerminal()) {
      print(work);
    }
  }

  /** Of data that is read on many threads, so it may be called by any. */
  @Override
  public synchronized void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void ends() {
    close();
  }

  @Override
  public void epochBegins(Position position, int steps) {
    close();
    epoch =
        "%s, phase %d, epoch %d/%d"
            .formatted(
                position.fold() == Fold.NONE ? "all images" : "fold " + position.fold(),
                position.phase(),
                position.number(),
                position.of());
    begun = nanos.getAsLong();
    bar = Progress.onTerminal(console, epoch, steps);
  }

  @Override
  public void progress(double loss, double accuracy) {
    if (bar != null) {
      bar.say(String.format(Locale.ROOT, "loss %.4f accuracy %.4f%s", loss, accuracy, toCome));
    }
  }

  @Override
  public void epochEnds(Position position, History.Epoch result, boolean best) {
    close();
    left.took(position, nanos.getAsLong() - begun);
    toCome = left.behind(position).map(time -> ", " + time + " left of all").orElse("");
    print(
        epoch
            + String.format(
                Locale.ROOT,
                ": loss %.4f accuracy %.4f, %srate %.3g%s%s",
                result.loss(),
                result.accuracy(),
                position.fold() == Fold.NONE ? "" : validation(result),
                result.learningRate(),
                best ? ", best" : "",
                toCome));
  }

  private static String validation(History.Epoch result) {
    return String.format(
        Locale.ROOT,
        "validation loss %.4f accuracy %.4f, ",
        result.validationLoss(),
        result.validationAccuracy());
  }

  @Override
  public void notes(String message) {
    print(message);
  }

  private void print(String line) {
    console.err().println(line);
    console.err().flush();
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}

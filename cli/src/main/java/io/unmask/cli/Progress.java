package io.unmask.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error with count and time left, if a person looks at it and there is much to
 * do.
 */
final class Progress implements AutoCloseable {

  private static final int MANY = 10;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** None, for work of which nobody knows how much there is. */
  static Progress none() {
    return new Progress(null);
  }

  /** A bar for work whose results are printed one by one; none if they go to the same terminal. */
  static Progress besideResults(Console console, String task, int files) {
    return console.outIsTerminal() ? new Progress(null) : onTerminal(console, task, files);
  }

  /** A bar for work whose results are printed at its end. */
  static Progress onTerminal(Console console, String task, int files) {
    boolean shown = console.errIsTerminal() && files >= MANY;
    return new Progress(
        shown
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(files)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null);
  }

  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  /** Shows a text behind the bar. */
  void say(String text) {
    if (bar != null) {
      bar.setExtraMessage(text);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

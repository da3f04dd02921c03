package io.unmask.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar on standard error, if a person looks at it, there is much to do, and the results go
 * elsewhere.
 */
final class Progress implements AutoCloseable {

  private static final int MANY = 10;

  private final @Nullable ProgressBar bar;

  Progress(Console console, int files) {
    boolean shown = console.errIsTerminal() && !console.outIsTerminal() && files >= MANY;
    this.bar =
        shown
            ? new ProgressBarBuilder()
                .setTaskName("classify")
                .setInitialMax(files)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

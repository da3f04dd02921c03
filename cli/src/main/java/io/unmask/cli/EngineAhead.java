package io.unmask.cli;

import io.unmask.Detector;
import java.util.List;

/** Loads the engine while the command line is being understood, which takes about as long. */
final class EngineAhead extends Thread {

  private EngineAhead() {
    super("unmask-ahead");
    setDaemon(true);
  }

  /** Begins, if it is plain from the arguments that the default engine will be used. */
  static void start(List<String> args) {
    if (args.size() < 2 || !(args.get(0).equals("classify") || args.get(0).equals("evaluate"))) {
      return;
    }
    for (String arg : args) {
      if (arg.startsWith("--backend") || arg.startsWith("--device")) {
        return;
      }
    }
    try {
      new EngineAhead().start();
    } catch (OutOfMemoryError e) {
      // There may be no more threads. The engine is loaded where it is needed.
    }
  }

  @Override
  public void run() {
    try {
      Detector.builder().prepare();
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // It fails again, and is reported, when the detector is opened.
    }
  }
}

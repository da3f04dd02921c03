package io.unmask.benchmarks;

/**
 * What was typed behind {@code benchmarks/soak}.
 *
 * @param backend the backend's name
 * @param calls how many images are classified under load
 * @param threads from how many threads
 * @param opens how many times a detector is opened and closed
 */
record SoakArguments(String backend, int calls, int threads, int opens) {

  static final String USAGE =
      """
      Usage: benchmarks/soak [--backend cpu|tensorflow] [--calls N] [--threads N] [--opens N]
      Classifies many images from many threads, and says whether every answer is the serial
      one, bit for bit, and whether memory stays as it is. Ends with status 1 if not.
        --backend NAME  else both, one after the other
        --calls N       else 10000
        --threads N     else 8
        --opens N       how many times a detector is opened and closed; else 200""";

  SoakArguments {
    if (calls < Soak.SLICES || threads < 1 || opens < 1) {
      throw new IllegalArgumentException(
          "there must be a thread, an opening and %d calls".formatted(Soak.SLICES));
    }
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they cannot be followed; the message says why
   */
  static SoakArguments parse(String... arguments) {
    String backend = "cpu";
    int calls = 10_000;
    int threads = 8;
    int opens = 200;
    for (int i = 0; i < arguments.length; i++) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("'" + arguments[i] + "' is unknown, or lacks its value");
      }
      switch (arguments[i]) {
        case "--backend" -> backend = arguments[++i];
        case "--calls" -> calls = number(arguments[++i]);
        case "--threads" -> threads = number(arguments[++i]);
        case "--opens" -> opens = number(arguments[++i]);
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    return new SoakArguments(backend, calls, threads, opens);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
  }
}

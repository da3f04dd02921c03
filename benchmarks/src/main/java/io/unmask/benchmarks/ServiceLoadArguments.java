package io.unmask.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What was typed behind {@code benchmarks/load}.
 *
 * @param model {@code xception} or {@code default}
 * @param callers how many callers at a time, one run for each
 * @param seconds how long each run goes
 * @param hostile how many hostile requests
 * @param seed of these
 */
record ServiceLoadArguments(
    String model, List<Integer> callers, int seconds, int hostile, long seed) {

  static final String XCEPTION = "xception";

  static final String USAGE =
      """
      Usage: benchmarks/load [--model xception|default] [--callers N,N...] [--seconds N]
                             [--hostile N] [--seed N]
      Starts 'unmask serve' and has it asked: whether each answer is that of 'unmask classify', how
      many a second, how long they take, what the service holds. Then hostile requests, and SIGTERM
      under load. Ends with status 1 if anything is wrong.
        --model NAME     xception, of which ONNX Runtime's bare throughput is measured beside it, and the
                         engine's own (else), or default, the bundled model
        --callers N,...  else 1,8,64,256
        --seconds N      for each of them; else 120
        --hostile N      how many hostile requests, 0 for none; else 10000
        --seed N         of these; else 1""";

  ServiceLoadArguments {
    callers = List.copyOf(callers);
    if (!List.of(XCEPTION, "default").contains(model)) {
      throw new IllegalArgumentException("there is no model '" + model + "'");
    }
    if (seconds < 1 || hostile < 0 || callers.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("there must be a second and a caller");
    }
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they cannot be followed; the message says why
   */
  static ServiceLoadArguments parse(String... arguments) {
    String model = XCEPTION;
    List<Integer> callers = List.of(1, 8, 64, 256);
    int seconds = 120;
    int hostile = 10_000;
    long seed = 1;
    for (int i = 0; i < arguments.length; i++) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("'" + arguments[i] + "' is unknown, or lacks its value");
      }
      switch (arguments[i]) {
        case "--model" -> model = arguments[++i];
        case "--callers" ->
            callers =
                Arrays.stream(arguments[++i].split(",", -1))
                    .map(ServiceLoadArguments::number)
                    .toList();
        case "--seconds" -> seconds = number(arguments[++i]);
        case "--hostile" -> hostile = number(arguments[++i]);
        case "--seed" -> seed = number(arguments[++i]);
        default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'");
      }
    }
    return new ServiceLoadArguments(model, callers, seconds, hostile, seed);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
  }
}

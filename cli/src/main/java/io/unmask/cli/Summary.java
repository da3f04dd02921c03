package io.unmask.cli;

import io.unmask.Backends;
import io.unmask.error.BackendException;
import io.unmask.model.ModelLocation;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Weights;
import io.unmask.spi.Backend;
import io.unmask.spi.Calibration;
import io.unmask.spi.Convention;
import io.unmask.spi.Expectation;
import io.unmask.spi.InputFormat;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import io.unmask.spi.Precision;
import io.unmask.spi.Uncertainty;
import io.unmask.spi.Views;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a model consists of, much as Keras's {@code summary()} prints it.
 *
 * @param file where it comes from
 * @param model the model
 * @param notes what its manifest says to people
 */
record Summary(ModelLocation file, Model model, Map<String, String> notes) {

  /** Prints it, with every layer or with how many of each kind there are. */
  void print(PrintWriter out, boolean everyLayer) {
    Network network = model.network();
    String version =
        file.folder()
            .kerasVersion(file.name())
            .map(number -> ", saved by Keras " + number)
            .orElse("");
    out.println(Console.printable(file + ": " + network.name() + version));
    (everyLayer ? layers(network) : kinds(network)).print(out);
    long total = network.parameters();
    out.printf(
        "%d layers, %s parameters (%s bytes)%n",
        network.nodes().size(), grouped(total), grouped(total * Float.BYTES));
    out.println("Reads  " + input());
    out.println("Means  " + output());
    views(model).ifPresent(views -> out.println("Looks at  " + views));
    precision(model).ifPresent(precision -> out.println("Computes  " + precision));
    if (!model.ranges().isEmpty()) {
      out.println("Has ranges of %d values for int8".formatted(model.ranges().byNode().size()));
    }
    expected(model.expectation()).ifPresent(images -> out.println("Is for  " + images));
    undecided(model.uncertainty()).forEach(line -> out.println("Leaves undecided  " + line));
    notes.forEach((key, note) -> out.println(note(key, note)));
    conventions(model.conventions(), out);
  }

  /** What holds of input and outputs, and how each is known. */
  private static void conventions(List<Convention> conventions, PrintWriter out) {
    if (conventions.isEmpty()) {
      return;
    }
    out.println("Conventions in force:");
    conventions.forEach(each -> out.println("  " + Console.printable(each.toString())));
  }

  private static Table layers(Network network) {
    Table table = new Table("Layer (type)", "Output shape", "Parameters");
    for (Node node : network.nodes()) {
      table.row(
          node.name() + " (" + kind(node) + ")",
          node.shape().toString(),
          grouped(parameters(node)));
    }
    return table;
  }

  /** In the order in which they first come. */
  private static Table kinds(Network network) {
    Map<String, List<Node>> kinds =
        network.nodes().stream()
            .collect(Collectors.groupingBy(Summary::kind, LinkedHashMap::new, Collectors.toList()));
    Table table = new Table("Type of layer", "Layers", "Parameters");
    kinds.forEach(
        (kind, nodes) ->
            table.row(
                kind,
                grouped(nodes.size()),
                grouped(nodes.stream().mapToLong(Summary::parameters).sum())));
    return table;
  }

  private static String kind(Node node) {
    return node.layer().getClass().getSimpleName();
  }

  private static long parameters(Node node) {
    return node.layer().weights().stream().mapToLong(Weights::size).sum();
  }

  /** One of a manifest's words to people. */
  static String note(String key, String text) {
    return Console.printable(key) + "  " + Console.printable(text);
  }

  /** What images a model is for, if it says so. */
  static Optional<String> expected(Expectation expectation) {
    if (expectation.equals(Expectation.NONE)) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    words.add(Console.printable(expectation.images().orElse("images")));
    expectation.minSide().ifPresent(side -> words.add("at least " + side + " pixels a side"));
    expectation.maxSide().ifPresent(side -> words.add("at most " + side + " pixels a side"));
    expectation
        .aspect()
        .ifPresent(
            aspect ->
                words.add(
                    "%s to %s times as wide as high"
                        .formatted(number(aspect.least()), number(aspect.greatest()))));
    expectation
        .minQuality()
        .ifPresent(quality -> words.add("JPEG of quality " + quality + " or more"));
    return Optional.of(String.join(", ", words));
  }

  /** Which images get no verdict, a line each. */
  static List<String> undecided(Uncertainty uncertainty) {
    List<String> lines = new ArrayList<>();
    uncertainty
        .band()
        .ifPresent(
            band ->
                lines.add(
                    "probabilities from %s to %s: UNCERTAIN"
                        .formatted(number(band.low()), number(band.high()))));
    uncertainty.maxSpread().ifPresent(spread -> lines.add("a spread above " + number(spread)));
    return lines;
  }

  /** How it looks at an image, where that is not simply as it is. */
  static Optional<String> views(Model model) {
    List<String> words = new ArrayList<>();
    if (!model.views().equals(Views.WHOLE_IMAGE)) {
      words.add(model.views().toString());
    }
    if (model.mirrored()) {
      words.add("each image as it is and mirrored, and takes the mean");
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  /** The numbers it is computed with, and which that is here, where it is not single precision. */
  static Optional<String> precision(Model model) {
    if (model.precision() == Precision.F32) {
      return Optional.empty();
    }
    String here;
    try {
      Backend backend = Backends.find().best();
      here =
          "%s here, on backend %s".formatted(backend.precision(model.precision()), backend.name());
    } catch (BackendException e) {
      here = "no backend can be used here";
    }
    return Optional.of("in precision " + model.precision() + ": " + here);
  }

  private String input() {
    InputFormat format = model.input();
    return "%d x %d pixels (height x width), %s, %s"
        .formatted(format.height(), format.width(), format.order(), format.scaling());
  }

  private String output() {
    Member member = model.members().get(0);
    int outputs = model.network().outputShape(0).size();
    String probability;
    if (outputs == 1) {
      probability = member.fakeClass() == 1 ? "p" : "1 - p";
    } else {
      probability = "output " + member.fakeClass() + " of " + outputs;
    }
    String calibrated =
        model.calibration().equals(Calibration.NONE)
            ? ""
            : ", calibrated to " + model.calibration();
    return "class %d is fake: the probability of fake is %s%s, and above %s the verdict is FAKE"
        .formatted(member.fakeClass(), probability, calibrated, number(model.threshold()));
  }

  private static String number(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}

package io.unmask.cli;

import io.unmask.network.Node;
import io.unmask.spi.Calibration;
import io.unmask.spi.Member;
import io.unmask.spi.Model;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What several models are together: which they are, what they share and how they decide.
 *
 * @param name what they are called together
 * @param model all of them, merged
 */
record TogetherSummary(String name, Model model) {

  void print(PrintWriter out) {
    List<Member> members = model.members();
    boolean byView = members.stream().noneMatch(member -> member.images().isEmpty());
    out.println(
        Console.printable(
            "%s: %d %s together"
                .formatted(name, members.size(), byView ? "outputs that judge views," : "models")));
    Table table =
        new Table(
            byView ? "Output" : "Model",
            "Parameters",
            "Layers of its own",
            "Parameters of its own");
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      List<Node> own = own(i);
      table.row(
          Console.printable(member.name()),
          grouped(member.parameters()),
          grouped(own.size()),
          grouped(parameters(own)));
    }
    table.print(out);
    long total = members.stream().mapToLong(Member::parameters).sum();
    long shared = model.sharedParameters();
    out.printf(
        Locale.ROOT,
        "%d layers, %s parameters instead of %s: %s (%.1f %%) are shared%n",
        model.network().nodes().size(),
        grouped(model.network().parameters()),
        grouped(total),
        grouped(shared),
        100.0 * shared / total);
    String calibrated =
        model.calibration().equals(Calibration.NONE)
            ? ""
            : ", calibrates to " + model.calibration();
    Summary.views(model).ifPresent(views -> out.println("Looks at  " + views));
    Summary.precision(model).ifPresent(precision -> out.println("Computes  " + precision));
    out.println(
        "Fuses  by %s%s, above %s is FAKE"
            .formatted(model.fusion().name(), calibrated, model.threshold()));
    Summary.expected(model.expectation()).ifPresent(images -> out.println("Is for  " + images));
    Summary.undecided(model.uncertainty())
        .forEach(line -> out.println("Leaves undecided  " + line));
  }

  /** The nodes that only the member's output needs. */
  private List<Node> own(int member) {
    boolean[] byOthers = new boolean[model.network().nodes().size()];
    for (int i = 0; i < model.members().size(); i++) {
      if (i != member) {
        mark(i, byOthers);
      }
    }
    boolean[] byIt = new boolean[byOthers.length];
    mark(member, byIt);
    List<Node> own = new ArrayList<>();
    for (int i = 0; i < byIt.length; i++) {
      if (byIt[i] && !byOthers[i]) {
        own.add(model.network().node(i));
      }
    }
    return own;
  }

  private void mark(int output, boolean[] needed) {
    needed[model.network().outputs().get(output)] = true;
    for (int i = needed.length - 1; i >= 0; i--) {
      if (needed[i]) {
        model.network().node(i).inputs().forEach(read -> needed[read] = true);
      }
    }
  }

  private static long parameters(List<Node> nodes) {
    return nodes.stream()
        .flatMap(node -> node.layer().weights().stream())
        .mapToLong(weights -> weights.size())
        .sum();
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}

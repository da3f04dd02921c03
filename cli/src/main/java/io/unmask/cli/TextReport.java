package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.FaceVerdict;
import io.unmask.Label;
import io.unmask.image.provenance.Evidence;
import io.unmask.spi.Face;
import java.util.List;
import java.util.stream.Collectors;

/** For people: {@code FAKE 0.9294 face.jpg}; failures and warnings go to standard error. */
record TextReport(Console console, boolean summary) implements Report {

  private static final String INDENT = "    ";

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  @Override
  public void classified(String file, Classification result) {
    String verdict = result.toString();
    if (console.colours()) {
      verdict = colour(result.label()) + verdict + PLAIN;
    }
    console
        .out()
        .println(verdict + "  " + Console.printable(file) + faces(result) + claims(result));
    if (summary) {
      console.out().println(INDENT + Console.printable(result.summary()));
    }
    List<FaceVerdict> faces = result.faces();
    for (int i = 0; i < faces.size(); i++) {
      String subject = file + place(faces, i);
      faces
          .get(i)
          .reason()
          .ifPresent(reason -> console.complain("note: " + subject + ": " + reason));
    }
    for (Classification.Warning warning : result.warnings()) {
      console.complain("warning: " + file + ": " + warning.text());
    }
  }

  /** Which face of several is meant, by its number in the result and by where its box begins. */
  private static String place(List<FaceVerdict> faces, int index) {
    if (faces.size() == 1) {
      return "";
    }
    Face.Box box = faces.get(index).face().box();
    return ", face %d of %d, at %d,%d"
        .formatted(index + 1, faces.size(), Math.round(box.left()), Math.round(box.top()));
  }

  /** How many there are and how many are fake, where a verdict on the photo does not say it. */
  private static String faces(Classification result) {
    int count = result.faces().size();
    if (count < 2) {
      return "";
    }
    long fakes = result.faces().stream().filter(face -> face.label() == Label.FAKE).count();
    return "  (%d faces, %d fake)".formatted(count, fakes);
  }

  /** What the file claims about itself, briefly; {@code unmask evidence} says all of it. */
  private static String claims(Classification result) {
    return result.evidence().isEmpty()
        ? ""
        : result.evidence().stream()
            .map(Evidence::brief)
            .distinct()
            .collect(Collectors.joining(", ", "  claims: ", ""));
  }

  private static String colour(Label label) {
    return switch (label) {
      case REAL -> GREEN;
      case FAKE -> RED;
      case UNCERTAIN -> YELLOW;
      case NO_FACE -> PLAIN;
    };
  }

  @Override
  public void failed(String file, String reason) {
    console.complain(file + ": " + reason);
  }
}

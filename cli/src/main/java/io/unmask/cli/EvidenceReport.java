package io.unmask.cli;

import io.unmask.image.provenance.Evidence;
import io.unmask.image.provenance.Provenance;
import io.unmask.service.json.ClassificationJson;
import io.unmask.service.json.EvidenceJson;
import java.util.List;

/** Prints what files claim about themselves. */
interface EvidenceReport {

  /** A file was read. */
  void found(String file, List<Evidence> evidence);

  /**
   * A file could not be read.
   *
   * @param reason why, without the file's name
   */
  void failed(String file, String reason);

  static EvidenceReport of(Format format, Console console) {
    return switch (format) {
      case TEXT -> new Text(console);
      case JSON -> new Lines(new JsonLines(console.out()));
      case CSV -> Csv.withHeader(new CsvLines(console.out()));
    };
  }

  /** For people: a sentence a line, behind the file's name; failures go to standard error. */
  record Text(Console console) implements EvidenceReport {

    @Override
    public void found(String file, List<Evidence> evidence) {
      for (Evidence one : evidence) {
        line(file, one.toString());
      }
      if (evidence.isEmpty()) {
        line(file, Provenance.NOTHING_FOUND);
      }
    }

    private void line(String file, String sentence) {
      console.out().println(Console.printable(file + ": " + sentence));
      console.out().flush();
    }

    @Override
    public void failed(String file, String reason) {
      console.complain(file + ": " + reason);
    }
  }

  /** For programs: one JSON object a line, with the field that {@code classify} has. */
  record Lines(JsonLines lines) implements EvidenceReport {

    @Override
    public void found(String file, List<Evidence> evidence) {
      lines.print(
          line -> {
            line.writeStringField("file", file);
            EvidenceJson.write(line, evidence);
          });
    }

    @Override
    public void failed(String file, String reason) {
      lines.print(line -> ClassificationJson.writeFailure(line, file, reason));
    }
  }

  /** For spreadsheets: a line for each piece of evidence, and one for a file without any. */
  record Csv(CsvLines lines) implements EvidenceReport {

    static Csv withHeader(CsvLines lines) {
      lines.print("file", "source", "claim", "generator", "detail", "verified", "error");
      return new Csv(lines);
    }

    @Override
    public void found(String file, List<Evidence> evidence) {
      for (Evidence one : evidence) {
        lines.print(
            file,
            one.source().key(),
            one.claim().key(),
            one.generator().orElse(""),
            one.detail(),
            one.verified().key(),
            "");
      }
      if (evidence.isEmpty()) {
        lines.print(file, "", "", "", Provenance.NOTHING_FOUND, "", "");
      }
    }

    @Override
    public void failed(String file, String reason) {
      lines.print(file, "", "", "", "", "", reason);
    }
  }
}

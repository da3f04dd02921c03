package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.Evidence.Verified;
import io.unmask.image.provenance.c2pa.ManifestReport;
import io.unmask.image.provenance.c2pa.ManifestReport.Action;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import io.unmask.image.provenance.container.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the active manifest of C2PA says, as evidence. */
final class C2paReader {

  /** What begins a picture from nothing. */
  private static final String CREATED = "c2pa.created";

  /** What begins with another picture. */
  private static final Set<String> BEGINS_WITH_ANOTHER = Set.of("c2pa.opened", "c2pa.placed");

  /** What changes nothing that is seen, or only how it is stored. */
  private static final Set<String> CHANGES_NOTHING =
      Set.of(
          CREATED,
          "c2pa.opened",
          "c2pa.converted",
          "c2pa.transcoded",
          "c2pa.repackaged",
          "c2pa.published",
          "c2pa.watermarked",
          "c2pa.watermarked.bound",
          "c2pa.unknown",
          "");

  /**
   * What an action claims.
   *
   * @param action the action
   * @param claim what it says of the whole picture
   */
  private record Said(Action action, Claim claim) {}

  private static final int MOST_WORDS = 4;

  private C2paReader() {}

  static void read(Piece store, FileBytes file, Consumer<Evidence> found) throws DamagedException {
    if (file.has(0, "\u00FF\u00D8") && ofAnother(store.bytes())) {
      return;
    }
    ManifestReport report = ManifestReport.of(store, file);
    List<Said> said = said(report);
    Claim claim = said.isEmpty() ? Claim.UNSPECIFIED : said.get(0).claim;
    if (report.saysGenerated() && claim != Claim.AI_EDITED) {
      claim = Claim.AI_GENERATED;
    }
    Optional<String> generator =
        said.stream().findFirst().flatMap(first -> first.action.agent()).or(report::generator);
    found.accept(
        new Evidence(Source.C2PA, claim, generator, detail(report, said), verified(report)));
  }

  /** Whether the bytes are JUMBF of another kind, as a JPEG may have several of. */
  private static boolean ofAnother(FileBytes bytes) throws DamagedException {
    return bytes.has(4, "jumb") && bytes.has(12, "jumd") && !bytes.has(16, "c2pa");
  }

  /** What is said of the whole picture, what an AI did first, then what was done by hand. */
  private static List<Said> said(ManifestReport report) {
    boolean another =
        report.actions().stream().anyMatch(action -> BEGINS_WITH_ANOTHER.contains(action.name()));
    return report.actions().stream()
        .map(action -> new Said(action, claim(action, another)))
        .filter(said -> said.claim != Claim.UNSPECIFIED)
        .sorted(Comparator.comparing(said -> order(said.claim)))
        .toList();
  }

  private static int order(Claim claim) {
    return switch (claim) {
      case AI_GENERATED -> 0;
      case AI_EDITED -> 1;
      case EDITED -> 2;
      default -> 3;
    };
  }

  private static Claim claim(Action action, boolean another) {
    if (action.sourceType().isEmpty()) {
      return CHANGES_NOTHING.contains(action.name()) ? Claim.UNSPECIFIED : Claim.EDITED;
    }
    Claim claim = SourceTypes.claim(SourceTypes.name(action.sourceType().get()));
    boolean part = another && !action.name().equals(CREATED);
    return part && claim == Claim.AI_GENERATED ? Claim.AI_EDITED : claim;
  }

  private static String detail(ManifestReport report, List<Said> said) {
    List<String> details = new ArrayList<>();
    said.stream().map(C2paReader::words).distinct().limit(MOST_WORDS).forEach(details::add);
    if (said.isEmpty() && report.saysGenerated()) {
      details.add("c2pa.ai_generated_content");
    }
    report.watermarks().stream()
        .distinct()
        .limit(MOST_WORDS)
        .forEach(
            kind ->
                details.add(
                    "a watermark of " + Texts.quoted(kind, 100) + ", which was not looked for"));
    report
        .signer()
        .ifPresent(name -> details.add("signed in the name of " + Texts.quoted(name, 200)));
    report
        .issuer()
        .filter(name -> !Optional.of(name).equals(report.signer()))
        .ifPresent(
            name -> details.add("certificate issued in the name of " + Texts.quoted(name, 200)));
    if (!report.check().reason().isEmpty()) {
      details.add(report.check().reason());
    }
    return String.join(", ", details);
  }

  private static String words(Said said) {
    String type =
        said.action
            .sourceType()
            .map(uri -> SourceTypes.shown(SourceTypes.name(uri)) + " of ")
            .orElse("");
    String action = said.action.name();
    return type + (action.matches("[\\w.]{1,80}") ? action : Texts.quoted(action, 80));
  }

  private static Verified verified(ManifestReport report) {
    return switch (report.check().state()) {
      case VALID -> Verified.SIGNATURE_VALID;
      case INVALID -> Verified.SIGNATURE_INVALID;
      case UNCHECKED -> Verified.SIGNATURE_UNCHECKED;
      case UNSIGNED -> Verified.UNSIGNED;
    };
  }
}

package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** XMP: IPTC's digital source type and AI system, Adobe's tool and credit, China's label. */
final class XmpReader {

  private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";
  private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
  private static final String DUBLIN_CORE_TERMS = "http://purl.org/dc/terms/";
  private static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";

  /** What programs write into a field that has to have something in it. */
  private static final Set<String> NONE = Set.of("none", "n/a", "na", "no", "null", "-", "0");

  private XmpReader() {}

  static void read(FileBytes packet, Consumer<Evidence> found) throws DamagedException {
    XmpProperties properties = XmpProperties.parse(Texts.of(packet));
    Optional<String> system =
        properties.find(IPTC, "AISystemUsed").filter(name -> !NONE.contains(lower(name)));
    List<String> types = properties.all(IPTC, "DigitalSourceType");
    Optional<String> tool = properties.find(XMP, "CreatorTool");
    for (String type : types) {
      String name = SourceTypes.name(type);
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP,
              SourceTypes.claim(name),
              system.isPresent() ? system : maker(SourceTypes.claim(name), tool),
              "DigitalSourceType " + SourceTypes.shown(name)));
    }
    if (types.isEmpty() && system.isPresent()) {
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP,
              Claim.AI_GENERATED,
              system,
              "AISystemUsed " + Texts.quoted(system.get(), 100)));
    }
    Optional<Claim> program = Programs.claim(tool.orElse(""));
    if (program.isPresent()) {
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP,
              program.get(),
              tool,
              "CreatorTool " + Texts.quoted(tool.orElse(""), 100)));
    }
    IimReader.credit(properties.find(PHOTOSHOP, "Credit").orElse(""), found);
    remoteManifest(properties.find(DUBLIN_CORE_TERMS, "provenance").orElse(""), found);
    Optional<String> label = properties.find(TC260, "AIGC");
    if (label.isPresent()) {
      try {
        Tc260.read(label.get(), found);
      } catch (DamagedException e) {
        found.accept(Evidence.unreadable(Source.TC260, e.reason()));
      }
    }
    if (properties.damage().isPresent()) {
      throw new DamagedException(properties.damage().get());
    }
  }

  /** The tool is what wrote the file last, which made the picture only if an AI did. */
  private static Optional<String> maker(Claim claim, Optional<String> tool) {
    boolean ai = claim == Claim.AI_GENERATED || claim == Claim.AI_EDITED;
    return ai ? tool : Optional.empty();
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /** C2PA's manifest may lie elsewhere, and XMP says where (C2PA's specification, section 11.4). */
  private static void remoteManifest(String uri, Consumer<Evidence> found) {
    if (uri.startsWith("http://") || uri.startsWith("https://")) {
      found.accept(
          Evidence.unreadable(
              Source.C2PA,
              "its manifest lies at " + Texts.quoted(uri, 200) + ", where nothing is asked for"));
    }
  }
}

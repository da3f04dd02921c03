package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Claim;
import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.FileBytes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** XMP: IPTC's digital source type and AI system, Adobe's tool and credit, China's label. */
final class XmpReader {

  private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";
  private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
  private static final String DUBLIN_CORE_TERMS = "http://purl.org/dc/terms/";
  private static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";

  private XmpReader() {}

  static void read(FileBytes packet, Consumer<Evidence> found) throws DamagedException {
    XmpProperties properties = XmpProperties.parse(Texts.of(packet));
    Optional<String> system = properties.find(IPTC, "AISystemUsed");
    List<String> types = properties.all(IPTC, "DigitalSourceType");
    Optional<String> tool = properties.find(XMP, "CreatorTool");
    for (String type : types) {
      String name = SourceTypes.name(type);
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP,
              SourceTypes.claim(name),
              system.isPresent() ? system : tool,
              "DigitalSourceType " + name));
    }
    if (types.isEmpty() && system.isPresent()) {
      found.accept(
          Evidence.unsigned(
              Source.IPTC_XMP, Claim.AI_GENERATED, system, "AISystemUsed " + system.get()));
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

  /** C2PA's manifest may lie elsewhere, and XMP says where (C2PA's specification, section 11.4). */
  private static void remoteManifest(String uri, Consumer<Evidence> found) {
    if (uri.startsWith("http://") || uri.startsWith("https://")) {
      found.accept(
          Evidence.unreadable(
              Source.C2PA, "its manifest lies at " + uri + ", where nothing is asked for"));
    }
  }
}

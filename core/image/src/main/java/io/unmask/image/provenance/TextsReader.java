package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.Piece;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The texts of a PNG, which mean something together. */
final class TextsReader {

  private static final int MOST_TEXTS = 200;

  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Takes a text. */
  void add(Piece piece) throws DamagedException {
    if (texts.size() < MOST_TEXTS && !texts.containsKey(piece.name())) {
      texts.put(piece.name(), Texts.of(piece.bytes()));
    }
  }

  /** Reads all that were taken. */
  void read(Consumer<Evidence> found) {
    if (texts.isEmpty()) {
      return;
    }
    if (texts.containsKey("AIGC")) {
      try {
        Tc260.read(texts.get("AIGC"), found);
      } catch (DamagedException e) {
        found.accept(Evidence.unreadable(Source.TC260, e.reason()));
      }
    }
    GeneratorTexts.read(texts, found);
  }
}

package io.unmask.image.provenance;

import io.unmask.image.provenance.Evidence.Source;
import io.unmask.image.provenance.container.DamagedException;
import io.unmask.image.provenance.container.Piece;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The texts of a PNG, which mean something together. */
final class TextsReader {

  private static final int MOST_TEXTS = 200;

  /** What generators write much under. */
  private static final Set<String> LONG =
      Set.of("parameters", "prompt", "workflow", "Description", "Comment");

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> cut = new LinkedHashSet<>();

  /** Takes a text. */
  void add(Piece piece) throws DamagedException {
    if (texts.size() < MOST_TEXTS && !texts.containsKey(piece.name())) {
      texts.put(piece.name(), Texts.of(piece.bytes()));
      if (piece.bytes().size() > Texts.MOST_BYTES && LONG.contains(piece.name())) {
        cut.add(piece.name());
      }
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
    for (String name : cut) {
      found.accept(
          Evidence.unreadable(
              Source.GENERATOR_TEXT,
              name + " has more than 1 MiB, of which only the first was looked at"));
    }
  }
}

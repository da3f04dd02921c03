package io.unmask.image.provenance.container;

import java.util.ArrayList;
import java.util.List;

/** Takes the pieces that are found in a file, as many as a photo's may have. */
final class Finds {

  private static final int MOST = 1000;

  private final List<Piece> pieces = new ArrayList<>();

  void add(Piece piece) throws DamagedException {
    if (pieces.size() >= MOST) {
      throw new DamagedException("there are more than %,d pieces of it".formatted(MOST));
    }
    pieces.add(piece);
  }

  List<Piece> all() {
    return pieces;
  }
}

package io.unmask;

import io.unmask.Classification.Warning;
import io.unmask.spi.Photo;
import java.util.ArrayList;
import java.util.List;

/** What a file says about its picture that the verdict does not take into account. */
final class FileWarnings {

  private FileWarnings() {}

  static List<Warning> of(Photo.Facts facts) {
    List<Warning> warnings = new ArrayList<>();
    if (facts.needsTurning()) {
      warnings.add(
          new Warning(
              Warning.Kind.STORED_TURNED,
              ("it is stored %s (EXIF orientation %d) and was judged like that, so that the"
                      + " probability may mean little; have it turned upright with --exif, or with"
                      + " DetectorBuilder.upright(true) in Java")
                  .formatted(stored(facts.orientation()), facts.orientation())));
    }
    if (facts.frames() > 1) {
      warnings.add(
          new Warning(
              Warning.Kind.FIRST_FRAME,
              ("the %s is animated, and only the first of its %d frames was judged; save another"
                      + " one as an image of its own to have it judged")
                  .formatted(facts.format(), facts.frames())));
    }
    return warnings;
  }

  private static String stored(int orientation) {
    return switch (orientation) {
      case 2 -> "mirrored";
      case 3 -> "upside down";
      case 4 -> "upside down and mirrored";
      case 5, 7 -> "on its side and mirrored";
      default -> "on its side";
    };
  }
}

package io.unmask;

import io.unmask.Classification.Warning;
import io.unmask.spi.Expectation;
import io.unmask.spi.ImageSize;
import io.unmask.spi.Photo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Says of images that a model is not for them. Immutable.
 *
 * @param expectation what images it is for
 */
record Warnings(Expectation expectation) {

  /** What there is to say of a picture. */
  List<Warning> of(Picture picture) {
    List<Warning> warnings = ofSize(picture.size());
    picture.facts().ifPresent(facts -> warnings.addAll(FileWarnings.of(facts)));
    return warnings;
  }

  /** Why nothing is decided about a picture, if so. */
  Optional<String> undecided(Picture picture) {
    OptionalInt quality = picture.facts().map(Photo.Facts::quality).orElse(OptionalInt.empty());
    if (quality.isEmpty()
        || expectation.minQuality().isEmpty()
        || quality.getAsInt() >= expectation.minQuality().getAsInt()) {
      return Optional.empty();
    }
    return Optional.of(
        "the photo was compressed to a JPEG quality of about %d, and the model needs %d"
            .formatted(quality.getAsInt(), expectation.minQuality().getAsInt()));
  }

  private List<Warning> ofSize(ImageSize size) {
    List<Warning> warnings = new ArrayList<>();
    expectation
        .minSide()
        .ifPresent(
            least -> {
              if (Math.min(size.height(), size.width()) < least) {
                String wanted = "of at least %d pixels a side".formatted(least);
                String remedy = "use a larger original, not an enlarged one";
                warnings.add(new Warning(Warning.Kind.TOO_SMALL, text(size, wanted, remedy)));
              }
            });
    expectation
        .maxSide()
        .ifPresent(
            most -> {
              if (Math.max(size.height(), size.width()) > most) {
                String wanted = "of at most %d pixels a side".formatted(most);
                String remedy = "scale it down, or crop it to the face";
                warnings.add(new Warning(Warning.Kind.TOO_LARGE, text(size, wanted, remedy)));
              }
            });
    expectation
        .aspect()
        .ifPresent(
            aspect -> {
              if (!aspect.contains(size)) {
                String wanted =
                    aspect.least() == aspect.greatest()
                        ? aspect.least() + " times as wide as high"
                        : "%s to %s times as wide as high"
                            .formatted(aspect.least(), aspect.greatest());
                String remedy = "crop it to the face";
                warnings.add(new Warning(Warning.Kind.OTHER_ASPECT, text(size, wanted, remedy)));
              }
            });
    return warnings;
  }

  private String text(ImageSize size, String wanted, String remedy) {
    String images = expectation.images().map(words -> " (" + words + ")").orElse("");
    return "%s pixels, but the model is for images%s %s, so that the probability may mean little; %s"
        .formatted(size, images, wanted, remedy);
  }
}

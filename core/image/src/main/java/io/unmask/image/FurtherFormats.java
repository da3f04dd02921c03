package io.unmask.image;

import io.unmask.discovery.Providers;
import io.unmask.spi.Availability;
import io.unmask.spi.ImageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of formats that are not read here. They are looked for when the first file comes
 * that needs one, so that nobody waits for them who has none. Thread-safe.
 */
final class FurtherFormats {

  private volatile @Nullable Providers<ImageDecoder> providers; // null until they are needed

  private FurtherFormats(@Nullable Providers<ImageDecoder> providers) {
    this.providers = providers;
  }

  /** Those that the class path offers. */
  static FurtherFormats ofClassPath() {
    return new FurtherFormats(null);
  }

  /** These and no others. */
  static FurtherFormats of(List<ImageDecoder> decoders) {
    return new FurtherFormats(
        new Providers<>(
            decoders.stream()
                .map(each -> new Providers.Found<>(each.name(), each, "the program"))
                .toList(),
            List.of()));
  }

  /**
   * What there is for a file.
   *
   * @param format with the first decoder that can read it, or that could
   * @param hindrance why it cannot, if no decoder can
   * @param faults of broken decoders, one sentence each
   */
  record Answer(
      Optional<FurtherFormat> format,
      Optional<Availability.Unavailable> hindrance,
      List<String> faults) {

    /** The faults as a part of a message, empty if there are none. */
    String describeFaults() {
      return faults.isEmpty() ? "" : "; broken: " + String.join("; ", faults);
    }
  }

  /** Asks for a file that begins so. */
  Answer ask(byte[] beginning) {
    Providers<ImageDecoder> all = providers();
    List<String> faults = new ArrayList<>(all.faults());
    Optional<FurtherFormat> hindered = Optional.empty();
    Optional<Availability.Unavailable> hindrance = Optional.empty();
    for (Providers.Found<ImageDecoder> found : all.found()) {
      ImageDecoder decoder = found.provider();
      try {
        Optional<FurtherFormat> format =
            decoder.format(beginning).map(title -> new FurtherFormat(title, decoder));
        if (format.isPresent()) {
          var hinders = decoder.hindrance(format.get().title());
          if (hinders.isEmpty()) {
            return new Answer(format, Optional.empty(), faults);
          }
          if (hindered.isEmpty()) {
            hindered = format;
            hindrance = hinders;
          }
        }
      } catch (RuntimeException | LinkageError e) {
        // Providers must not throw here, but a broken one should not hide the others.
        faults.add("decoder '%s' of %s (%s)".formatted(found.name(), found.origin(), oneLine(e)));
      }
    }
    return new Answer(hindered, hindrance, faults);
  }

  private Providers<ImageDecoder> providers() {
    Providers<ImageDecoder> known = providers;
    if (known == null) {
      known = Providers.find(ImageDecoder.class, ImageDecoder::name);
      known.warn();
      providers = known;
    }
    return known;
  }

  private static String oneLine(Throwable failure) {
    return failure.toString().replaceAll("\\s+", " ");
  }
}

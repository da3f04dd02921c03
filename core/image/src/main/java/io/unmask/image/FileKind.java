package io.unmask.image;

import java.util.Optional;

/**
 * What kind of file one is, told by its first bytes and never by its name. Immutable.
 *
 * @param title what people call it, such as {@code JPEG} or {@code a PDF document}
 * @param readable whether it is an image that {@link JavaPreprocessor} reads
 */
public record FileKind(String title, boolean readable) {

  /** How many bytes of a file {@link #of} looks at, at most. */
  public static final int BYTES = 1024;

  /**
   * The kind of a file, or empty if it is not known. The decoders that the class path offers are
   * asked too; of a file that one of them cannot read here and now the title says why.
   *
   * @param beginning the first bytes of the file, all if it has fewer than {@link #BYTES}
   */
  public static Optional<FileKind> of(byte[] beginning) {
    return of(beginning, FurtherFormats.ofClassPath());
  }

  /** The same, where the decoders are known. */
  static Optional<FileKind> of(byte[] beginning, FurtherFormats further) {
    Optional<ImageFormat> known = ImageFormat.of(beginning);
    if (known.isPresent()) {
      return known.map(format -> new FileKind(format.title(), true));
    }
    FurtherFormats.Answer answer = further.ask(beginning);
    Optional<FileKind> foreign =
        ForeignFormat.of(beginning).map(format -> new FileKind(format.title(), false));
    if (answer.format().isEmpty()) {
      return foreign;
    }
    String title = answer.format().get().title();
    return Optional.of(
        answer
            .hindrance()
            .map(
                hindrance ->
                    new FileKind(
                        "%s (%s; %s)"
                            .formatted(
                                foreign.map(FileKind::title).orElse(title),
                                hindrance.reason(),
                                hindrance.remedy()),
                        false))
            .orElse(new FileKind(title, true)));
  }
}

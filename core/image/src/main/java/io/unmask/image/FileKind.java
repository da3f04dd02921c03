package io.unmask.image;

import java.util.Optional;

/**
 * The kind of a file, which its first bytes decide and never its name. Immutable.
 *
 * @param title what people call the kind, such as {@code JPEG} or {@code a PDF document}
 * @param readable whether {@link JavaPreprocessor} reads files of this kind
 */
public record FileKind(String title, boolean readable) {

  /** The largest number of bytes of a file that {@link #of} looks at. */
  public static final int BYTES = 1024;

  /**
   * Returns the kind of a file, or empty if it is not known. The decoders on the class path are
   * asked too; if one of them knows the format but cannot read it here and now, the title says why.
   *
   * @param beginning the first {@link #BYTES} bytes of the file, or all if it has fewer
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

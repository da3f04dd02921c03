package io.unmask.cli;

import io.unmask.Classification;
import io.unmask.Detector;
import io.unmask.ExplainedPhoto;
import io.unmask.error.DetectorException;
import io.unmask.error.ImageException;
import io.unmask.files.FileFault;
import io.unmask.image.ImageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the pictures that {@code unmask classify} is asked for beside its results. */
final class Pictures {

  /** The bytes of an image. */
  interface Bytes {
    byte[] read() throws IOException;
  }

  private final Detector detector;
  private final @Nullable Annotator annotated;
  private final @Nullable Annotator explained;

  /**
   * Writes into folders that are there.
   *
   * @param annotate for copies with verdicts, or null for none
   * @param explain for copies with maps, or null for none
   */
  Pictures(
      Detector detector, ImageOptions options, @Nullable Path annotate, @Nullable Path explain) {
    this.detector = detector;
    this.annotated = annotate == null ? null : Annotator.into(annotate, options, detector.info());
    this.explained = explain == null ? null : Annotator.into(explain, options, detector.info());
  }

  /**
   * Writes the pictures of an image.
   *
   * @return why not all of them could be written, if so
   */
  Optional<String> write(Path file, Bytes bytes, Classification result) {
    if (annotated == null && explained == null) {
      return Optional.empty();
    }
    try {
      byte[] encoded = bytes.read();
      if (annotated != null) {
        annotated.annotate(file, encoded, result);
      }
      if (explained != null) {
        ExplainedPhoto photo;
        try {
          photo = detector.explain(encoded);
        } catch (DetectorException e) {
          return Optional.of(file + ": cannot be explained: " + e.getMessage());
        }
        explained.explain(file, encoded, photo);
      }
      return Optional.empty();
    } catch (ImageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of(file + ": a copy of it cannot be written: " + FileFault.reason(e));
    }
  }
}

package io.unmask.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request for a model: the files and the user's settings for them.
 *
 * @param paths model files, or folders of them; none for the bundled default
 * @param fakeClass the class that means fake, if the user set it; it overrides the manifest's
 * @param fusion the name of the fusion rule, if the user set one
 * @param conventions what the user says about how a photo becomes numbers and about the classes'
 *     names; it overrides the manifest's
 * @param architecture the architecture whose weights the files contain, if the user set one: its
 *     name, or a {@code .json} file that Keras wrote; it overrides the manifest's
 */
public record ModelRequest(
    List<Path> paths,
    OptionalInt fakeClass,
    Optional<String> fusion,
    Conventions conventions,
    Optional<String> architecture) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is an architecture and no file whose weights would be
   *     of it
   */
  public ModelRequest {
    paths = List.copyOf(paths);
    if (paths.isEmpty() && architecture.isPresent()) {
      throw new IllegalArgumentException(
          "architecture '%s' says whose weights a model's file holds, but no model is named; name one"
              .formatted(architecture.get()));
    }
  }

  /** A request without an architecture. */
  public ModelRequest(
      List<Path> paths, OptionalInt fakeClass, Optional<String> fusion, Conventions conventions) {
    this(paths, fakeClass, fusion, conventions, Optional.empty());
  }

  /** A request without an architecture and conventions. */
  public ModelRequest(List<Path> paths, OptionalInt fakeClass, Optional<String> fusion) {
    this(paths, fakeClass, fusion, Conventions.NONE);
  }
}

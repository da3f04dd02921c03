package io.unmask.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which model a detector is to use.
 *
 * @param paths model files, or folders of them; none for the bundled default
 * @param fakeClass the class that means fake, if the user said so; it goes before a manifest's
 * @param fusion the name of the rule that makes one probability of several, if the user said so
 * @param conventions what the user says of how a photo becomes numbers and of the classes' names;
 *     it goes before a manifest's
 * @param architecture whose weights the files hold, if the user said so: the name of an
 *     architecture, or a {@code .json} file that Keras wrote; it goes before a manifest's
 */
public record ModelRequest(
    List<Path> paths,
    OptionalInt fakeClass,
    Optional<String> fusion,
    Conventions conventions,
    Optional<String> architecture) {

  /** Copies the list. */
  public ModelRequest {
    paths = List.copyOf(paths);
  }

  /** A request that says nothing of an architecture. */
  public ModelRequest(
      List<Path> paths, OptionalInt fakeClass, Optional<String> fusion, Conventions conventions) {
    this(paths, fakeClass, fusion, conventions, Optional.empty());
  }

  /** A request that says nothing of conventions. */
  public ModelRequest(List<Path> paths, OptionalInt fakeClass, Optional<String> fusion) {
    this(paths, fakeClass, fusion, Conventions.NONE);
  }
}

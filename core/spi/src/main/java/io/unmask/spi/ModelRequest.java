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
 */
public record ModelRequest(List<Path> paths, OptionalInt fakeClass, Optional<String> fusion) {

  /** Copies the list. */
  public ModelRequest {
    paths = List.copyOf(paths);
  }
}

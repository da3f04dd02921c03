package io.unmask.model;

import io.unmask.spi.Conventions;
import io.unmask.spi.ModelRequest;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user says about a model; it goes before its manifest.
 *
 * @param fakeClass the class that means fake, if the user said so
 * @param conventions how a photo becomes numbers, and what the classes are called
 * @param architecture whose weights the file holds: a name of {@link
 *     io.unmask.keras.KerasArchitecture}, or a {@code .json} file
 */
public record Asked(OptionalInt fakeClass, Conventions conventions, Optional<String> architecture) {

  /** A word about the class and the conventions, and none about the architecture. */
  public Asked(OptionalInt fakeClass, Conventions conventions) {
    this(fakeClass, conventions, Optional.empty());
  }

  /** Nothing. */
  public static final Asked NOTHING = new Asked(OptionalInt.empty(), Conventions.NONE);

  /** What a request says. */
  public static Asked of(ModelRequest request) {
    return new Asked(request.fakeClass(), request.conventions(), request.architecture());
  }
}

package io.unmask.model;

import io.unmask.spi.Conventions;
import io.unmask.spi.ModelRequest;
import java.util.OptionalInt;

/**
 * What a user says about a model; it goes before its manifest.
 *
 * @param fakeClass the class that means fake, if the user said so
 * @param conventions how a photo becomes numbers, and what the classes are called
 */
public record Asked(OptionalInt fakeClass, Conventions conventions) {

  /** Nothing. */
  public static final Asked NOTHING = new Asked(OptionalInt.empty(), Conventions.NONE);

  /** What a request says. */
  public static Asked of(ModelRequest request) {
    return new Asked(request.fakeClass(), request.conventions());
  }
}

package io.unmask.spi;

import java.util.List;

/**
 * A member of an ensemble: how one output of a network is read as the result of one model.
 *
 * <p>An output with one element is the probability {@code p} of class 1, as from a sigmoid: the
 * probability of fake is {@code p} if class 1 means fake, and {@code 1 - p} if class 0 does. An
 * output with several elements has one probability for each class, as from a softmax.
 *
 * @param name the model's name in messages and results, such as its file's name
 * @param fakeClass the class that means fake
 * @param parameters the number of weights that the model had on its own
 * @param images the images of a face or picture that the output judges, counted from 0 in the order
 *     of {@link Views}; empty if it judges all
 */
public record Member(String name, int fakeClass, long parameters, List<Integer> images) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the class or an image is negative
   */
  public Member {
    images = List.copyOf(images);
    if (images.stream().anyMatch(image -> image < 0)) {
      throw new IllegalArgumentException("images are counted from 0, not " + images);
    }
    if (fakeClass < 0) {
      throw new IllegalArgumentException("classes are counted from 0, not " + fakeClass);
    }
  }

  /**
   * A member that judges all images.
   *
   * @throws IllegalArgumentException if the class is negative
   */
  public Member(String name, int fakeClass, long parameters) {
    this(name, fakeClass, parameters, List.of());
  }

  /**
   * Returns the probability of fake. 32-bit values are widened before anything is computed.
   *
   * @param output the output's elements for one image
   */
  public double probabilityOfFake(float[] output) {
    if (output.length == 1) {
      return fakeClass == 1 ? output[0] : 1.0 - output[0];
    }
    return output[fakeClass];
  }
}

package io.unmask.spi;

/**
 * How one output of a network is read as the opinion of one model.
 *
 * <p>An output of one element is the probability {@code p} of class 1, as a sigmoid gives it: the
 * probability of fake is {@code p} if class 1 means fake and {@code 1 - p} if class 0 does. An
 * output of several elements has one probability for each class, as a softmax gives them.
 *
 * @param name what the model is called in messages and results, such as its file's name
 * @param fakeClass the class that means fake
 * @param parameters the number of weights that the model had on its own
 */
public record Member(String name, int fakeClass, long parameters) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the class is negative
   */
  public Member {
    if (fakeClass < 0) {
      throw new IllegalArgumentException("classes are counted from 0, not " + fakeClass);
    }
  }

  /**
   * The probability of fake. 32-bit values are widened before anything is computed.
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

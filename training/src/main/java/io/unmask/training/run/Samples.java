package io.unmask.training.run;

import java.nio.FloatBuffer;

/** What a network is trained with, image by image. Thread-safe. */
interface Samples {

  /** The number of floats of one sample. */
  int size();

  /**
   * A sample as it is used in training.
   *
   * @param image the number of the image in the data set
   * @param round how often the training took the image before, through all phases; decides what
   *     becomes of it
   * @param target receives the floats
   */
  void augmented(int image, int round, FloatBuffer target);

  /** A sample as it is used to validate. */
  void plain(int image, FloatBuffer target);
}

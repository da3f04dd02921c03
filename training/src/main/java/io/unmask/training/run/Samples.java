package io.unmask.training.run;

import java.nio.FloatBuffer;

/** What a network is trained with, image by image. Thread-safe. */
interface Samples {

  /** The number of floats of one sample. */
  int size();

  /**
   * A sample as it is used in training.
   *
   * @param draw which image, and for the how-manieth time
   * @param target receives the floats
   */
  void augmented(Draw draw, FloatBuffer target);

  /** A sample as it is used to validate. */
  void plain(int image, FloatBuffer target);
}

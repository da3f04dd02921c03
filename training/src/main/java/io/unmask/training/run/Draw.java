package io.unmask.training.run;

/**
 * An image that an epoch takes.
 *
 * @param image the number of the image in the data set
 * @param round how often the training took it before, through all phases; decides what becomes of
 *     it
 * @param remade whether what was made of the photograph is taken instead of it, as a fake; it
 *     undergoes what the photograph itself does in the same round
 */
record Draw(int image, int round, boolean remade) {

  /** The image itself. */
  static Draw of(int image, int round) {
    return new Draw(image, round, false);
  }

  /** What was made of the same photograph. */
  Draw twin() {
    return new Draw(image, round, true);
  }
}

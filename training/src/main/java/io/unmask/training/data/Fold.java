package io.unmask.training.data;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One split of a data set, as indices into it. Immutable.
 *
 * <p>Both lists ascend, as scikit-learn's do.
 */
public final class Fold {

  /** The number where all images train. */
  public static final int NONE = 0;

  private final int number;
  private final int[] training;
  private final int[] validation;

  private Fold(int number, int[] training, int[] validation) {
    this.number = number;
    this.training = training;
    this.validation = validation;
  }

  /**
   * All folds of a data set.
   *
   * @param foldOfImage for each image, the number of the fold that validates with it, from 1
   */
  static List<Fold> all(int folds, int[] foldOfImage) {
    return IntStream.rangeClosed(1, folds)
        .mapToObj(
            number ->
                new Fold(
                    number,
                    indices(foldOfImage, fold -> fold != number),
                    indices(foldOfImage, fold -> fold == number)))
        .toList();
  }

  /** No fold at all: all images train, none validates. Its number is {@value #NONE}. */
  public static Fold allImages(int images) {
    return new Fold(NONE, IntStream.range(0, images).toArray(), new int[0]);
  }

  /** The number of the fold, counted from 1 as in the names of its files. */
  public int number() {
    return number;
  }

  /** The indices of the images to train with, ascending. A copy. */
  public int[] training() {
    return training.clone();
  }

  /** The indices of the images to validate with, ascending. A copy. */
  public int[] validation() {
    return validation.clone();
  }

  /** Number and sizes. */
  @Override
  public String toString() {
    return "Fold[%d: %d to train, %d to validate]"
        .formatted(number, training.length, validation.length);
  }

  private static int[] indices(int[] foldOfImage, IntPredicate wanted) {
    return IntStream.range(0, foldOfImage.length)
        .filter(i -> wanted.test(foldOfImage[i]))
        .toArray();
  }
}

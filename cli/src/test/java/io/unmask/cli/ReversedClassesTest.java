package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.evaluation.Metrics;
import io.unmask.evaluation.Predictions;
import org.junit.jupiter.api.Test;

class ReversedClassesTest {

  /** Of each class so many, all fakes below all photographs but for a share. */
  private static Metrics metrics(int each, double right) {
    double[] probabilities = new double[2 * each];
    boolean[] fakes = new boolean[2 * each];
    for (int i = 0; i < each; i++) {
      boolean inOrder = i < right * each;
      probabilities[i] = 0.5;
      probabilities[each + i] = inOrder ? 0.9 : 0.1;
      fakes[each + i] = true;
    }
    return new Metrics(Predictions.of(probabilities, fakes), 0.5);
  }

  @Test
  void aClearlyLowAucOfManyImagesIsOne() {
    assertThat(ReversedClasses.hint(metrics(100, 0.03)))
        .hasValueSatisfying(
            hint -> assertThat(hint).contains("AUC of 0.030", "--fake-class 0", "--real"));
  }

  @Test
  void neitherFewImagesNorAPoorModelAre() {
    assertThat(ReversedClasses.hint(metrics(2, 0))).isEmpty();
    assertThat(ReversedClasses.hint(metrics(1000, 0.42))).isEmpty();
    assertThat(ReversedClasses.hint(metrics(100, 0.9))).isEmpty();
  }
}

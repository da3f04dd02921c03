package io.unmask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.unmask.training.data.Fold;
import io.unmask.training.run.TrainingListener.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void allFoldsAndPhasesToComeCount() {
    TimeLeft left = new TimeLeft(List.of(4, 2), 3, false);
    Position first = new Position(1, 1, 1, 4);
    left.took(first, 10 * SECOND);
    // 3 of this phase, 2 of the next and 2 folds of 6, all as long as the first.
    assertThat(left.behind(first)).contains("3 min"); // 170 s
    left.took(new Position(1, 2, 1, 2), 100 * SECOND);
    // 1 and twice 2 of the second phase, twice 4 of the first.
    assertThat(left.behind(new Position(1, 2, 1, 2))).contains("10 min"); // 580 s
    assertThat(left.behind(new Position(3, 2, 1, 2))).contains("2 min"); // 100 s
    assertThat(left.behind(new Position(3, 2, 2, 2))).isEmpty();
  }

  @Test
  void theModelOfAllImagesComesLast() {
    TimeLeft left = new TimeLeft(List.of(300), 2, true);
    Position end = new Position(2, 1, 300, 300);
    left.took(end, 20 * SECOND);
    assertThat(left.behind(end)).contains("1 h 40 min");
    assertThat(left.behind(new Position(Fold.NONE, 1, 299, 300))).contains("20 s");
    assertThat(left.behind(new Position(Fold.NONE, 1, 300, 300))).isEmpty();
  }
}

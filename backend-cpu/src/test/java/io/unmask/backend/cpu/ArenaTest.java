package io.unmask.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {

  @Test
  void buffersThatAreNeededOneAfterTheOtherShareTheirPlace() {
    Arena arena = new Arena(List.of(buffer(1000, 0, 1), buffer(1000, 2, 3), buffer(500, 4, 5)));
    assertThat(arena.size()).isEqualTo(1024);
  }

  @Test
  void buffersThatAreNeededAtTheSameTimeNeverOverlap() {
    Random random = new Random(5);
    List<int[]> lives = new ArrayList<>();
    List<Arena.Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int first = random.nextInt(100);
      int[] life = {first, first + random.nextInt(20), 1 + random.nextInt(10_000)};
      lives.add(life);
      buffers.add(buffer(life[2], life[0], life[1]));
    }
    Arena arena = new Arena(buffers);
    long sum = 0;
    for (int i = 0; i < buffers.size(); i++) {
      sum += lives.get(i)[2];
      assertThat(arena.offset(i) % 64).isZero();
      assertThat(arena.offset(i) + lives.get(i)[2]).isLessThanOrEqualTo(arena.size());
      for (int j = 0; j < i; j++) {
        boolean together = lives.get(i)[0] <= lives.get(j)[1] && lives.get(j)[0] <= lives.get(i)[1];
        boolean apart =
            arena.offset(i) + lives.get(i)[2] <= arena.offset(j)
                || arena.offset(j) + lives.get(j)[2] <= arena.offset(i);
        assertThat(apart || !together).isTrue();
      }
    }
    assertThat(arena.size()).isLessThan(sum / 3);
  }

  @Test
  void aValueThatIsReadFromOutsideKeepsItsPlaceToTheEnd() {
    Arena.Buffer output = buffer(64, 0, 0);
    output.usedAt(Integer.MAX_VALUE);
    Arena arena = new Arena(List.of(output, buffer(64, 7, 9)));
    assertThat(arena.offset(0)).isNotEqualTo(arena.offset(1));
  }

  private static Arena.Buffer buffer(long size, int first, int last) {
    Arena.Buffer buffer = new Arena.Buffer(size, first);
    buffer.usedAt(last);
    return buffer;
  }
}

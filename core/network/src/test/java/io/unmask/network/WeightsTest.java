package io.unmask.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {

  /** More than is read at a time. */
  private static final int SIZE = 100_003;

  private static float[] values() {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) Math.sin(i);
    }
    return values;
  }

  /** Not in memory, as if in a file; counts the elements that are read. */
  private static Weights elsewhere(float[] values, AtomicInteger read) {
    return Weights.from(Shape.of(values.length), () -> new Reading(values, read));
  }

  /** As if of a file: open until it is closed. */
  @SuppressWarnings("ArrayRecordComponent") // test data, compared by nobody
  private record Reading(float[] values, AtomicInteger count) implements FloatSource.Reader {

    private static final AtomicInteger OPEN = new AtomicInteger();

    Reading {
      OPEN.incrementAndGet();
    }

    @Override
    public void read(int index, ByteBuffer target) {
      int elements = target.remaining() / Float.BYTES;
      count.addAndGet(elements);
      target
          .slice()
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer()
          .put(FloatBuffer.wrap(values, index, elements));
      target.position(target.limit());
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  @AfterEach
  void everyReaderIsClosed() {
    assertThat(Reading.OPEN).hasValue(0);
  }

  private static Weights elsewhere(float... values) {
    return elsewhere(values, new AtomicInteger());
  }

  static Stream<UnaryOperator<Weights>> kinds() {
    return Stream.of(w -> w, w -> elsewhere(w.toArray()), w -> elsewhere(w.toArray()).scaled(1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void equalWhereverTheElementsLie(UnaryOperator<Weights> kind) {
    Weights here = Weights.vector(values());
    Weights other = kind.apply(Weights.vector(values()));
    assertThat(other).isEqualTo(here).hasSameHashCodeAs(here);
    assertThat(here).isEqualTo(other);
    assertThat(other.toArray()).containsExactly(values());
    assertThat(other.get(SIZE - 1)).isEqualTo(values()[SIZE - 1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 64, 32_767, 32_768, 65_536, SIZE - 1})
  void oneFlippedBitMakesThemDifferent(int index) {
    float[] flipped = values();
    flipped[index] = Float.intBitsToFloat(Float.floatToRawIntBits(flipped[index]) ^ 1);
    Weights weights = elsewhere(values());
    assertThat(elsewhere(flipped)).isNotEqualTo(weights);
    assertThat(Weights.vector(flipped)).isNotEqualTo(weights);
    Weights same = elsewhere(values());
    Weights different = elsewhere(flipped);
    new WeightComparison().compare(List.of(weights, different, same));
    assertThat(different).isNotEqualTo(weights).isNotEqualTo(same);
    assertThat(same).isEqualTo(weights);
  }

  @Test
  void comparesBitsAndNotValues() {
    assertThat(Weights.vector(1, -0.0f)).isNotEqualTo(Weights.vector(1, 0.0f));
    Weights nan = Weights.vector(Float.intBitsToFloat(0x7fc00000));
    assertThat(nan).isEqualTo(Weights.vector(Float.intBitsToFloat(0x7fc00000)));
    assertThat(nan).isNotEqualTo(Weights.vector(Float.intBitsToFloat(0x7fc00001)));
    assertThat(Weights.vector(1, 2)).isNotEqualTo(Weights.of(Shape.of(2, 1), 1, 2));
  }

  @Test
  void factorsCountForEquality() {
    float[] values = new float[66_000];
    float[] thirds = new float[66_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
      thirds[i] = (float) (i * (i % 3 + 1.0));
    }
    Shape shape = Shape.of(22_000, 3);
    Weights scaled = elsewhere(values).reshaped(shape).scaled(1, 2, 3);
    assertThat(scaled).isEqualTo(Weights.of(shape, thirds));
    assertThat(scaled.toArray()).containsExactly(thirds);
    assertThat(scaled.get(65_999)).isEqualTo(thirds[65_999]);
    assertThat(scaled).isNotEqualTo(elsewhere(values).reshaped(shape).scaled(1, 2, 4));
  }

  @Test
  void copiesToWhereTheTargetIs() {
    Weights scaled = elsewhere(values()).scaled(3);
    ByteBuffer target = ByteBuffer.allocateDirect(8 + 4 * SIZE + 8).position(8);
    scaled.copyTo(target);
    assertThat(target.position()).isEqualTo(target.limit()).isEqualTo(8 + 4 * SIZE);
    float[] copied = new float[SIZE];
    target.position(8).order(ByteOrder.nativeOrder()).asFloatBuffer().get(copied);
    assertThat(copied).containsExactly(scaled.toArray());
    assertThat(target.clear().getLong(0)).isZero();
    assertThat(target.getLong(8 + 4 * SIZE)).isZero();
  }

  @Test
  void comparingAllAtOnceReadsTheFirstOnceAndNothingAfterwards() {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    List<Weights> arrays = new ArrayList<>(List.of(elsewhere(values(), first)));
    for (int i = 0; i < 3; i++) {
      arrays.add(elsewhere(values(), others));
    }
    new WeightComparison().compare(arrays);
    assertThat(first.get()).isBetween(SIZE, SIZE + 64);
    int read = others.get();
    assertThat(arrays).containsOnly(arrays.get(0));
    assertThat(arrays.get(1)).isEqualTo(arrays.get(3));
    assertThat(others).hasValue(read);
  }
}

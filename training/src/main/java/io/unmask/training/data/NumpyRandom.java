package io.unmask.training.data;

/**
 * The random numbers of numpy's {@code RandomState(seed)}, as far as shuffling needs them: the
 * Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), seeded with {@code init_genrand}, and
 * numpy's legacy way of making numbers in a range. Not thread-safe.
 */
final class NumpyRandom {

  private static final int WORDS = 624;
  private static final int OFFSET = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;

  /**
   * Seeds the generator.
   *
   * @param seed in [0, 2^32)
   * @throws IllegalArgumentException if it is out of range
   */
  NumpyRandom(long seed) {
    checkSeed(seed);
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** Checks that the seed is in [0, 2^32). */
  static void checkSeed(long seed) {
    if (seed < 0 || seed > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("seed: " + seed + ", expected 0 to 4294967295");
    }
  }

  /** Puts the values into a random order, as {@code RandomState.shuffle} does. */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = upTo(i);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** A number in [0, max]: numpy's {@code random_interval}, which rejects what is above. */
  private int upTo(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int value = nextInt() & mask;
    while (value > max) {
      value = nextInt() & mask;
    }
    return value;
  }

  private int nextInt() {
    if (next == WORDS) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C_5680;
    y ^= (y << 15) & 0xEFC6_0000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < WORDS; i++) {
      int y = (state[i] & 0x8000_0000) | (state[(i + 1) % WORDS] & 0x7FFF_FFFF);
      int twisted = (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908_B0DF);
      state[i] = state[(i + OFFSET) % WORDS] ^ twisted;
    }
    next = 0;
  }
}

package io.unmask.training.run;

import io.unmask.training.data.FaceImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which images an epoch takes, in which order, and the how-manieth time it is for each. Immutable.
 *
 * @param images indices into the data set; an image may be there more than once, or not at all
 * @param rounds for each of them, how often the training took it before
 */
@SuppressWarnings("ArrayRecordComponent") // not copied, and compared by identity
record Draws(int[] images, int[] rounds) {

  /**
   * What consecutive numbers are multiplied with to be seeds far apart: 2^64 by the golden mean.
   */
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  /** So many. */
  int size() {
    return images.length;
  }

  /** These images as they stand, each for the first time. */
  static Draws inOrder(int[] images) {
    return new Draws(images, new int[images.length]);
  }

  /** Each of these images once, shuffled. */
  static Draws shuffled(int[] images, long seed, int epoch) {
    int[] order = images.clone();
    shuffle(order, new SplittableRandom(seed + GOLDEN * (epoch + 1)));
    int[] rounds = new int[order.length];
    Arrays.fill(rounds, epoch);
    return new Draws(order, rounds);
  }

  /**
   * About as many images as these, half of them of each class, and of the sources of a class the
   * same number each: of a small source an image comes more than once in an epoch, of a large one
   * some have to wait. A source's images come all once before one of them comes again, through all
   * epochs.
   *
   * @param of all images of the data set
   */
  static Draws balanced(int[] images, List<FaceImage> of, long seed, int epoch) {
    List<int[]> real = bySource(images, of, false);
    List<int[]> fake = bySource(images, of, true);
    List<int[]> drawn = new ArrayList<>(); // pairs of image and round
    long stream = seed;
    for (List<int[]> sources : List.of(real, fake)) {
      int each = (int) Math.max(1, Math.round(images.length / 2.0 / sources.size()));
      for (int[] source : sources) {
        stream += GOLDEN;
        draw(source, stream, Math.multiplyExact((long) epoch, each), each, drawn);
      }
    }
    int[] order = IntStream.range(0, drawn.size()).toArray();
    shuffle(order, new SplittableRandom(seed + GOLDEN * (epoch + 1)));
    return new Draws(
        Arrays.stream(order).map(i -> drawn.get(i)[0]).toArray(),
        Arrays.stream(order).map(i -> drawn.get(i)[1]).toArray());
  }

  /** Some consecutive draws from the endless row of a source's images, shuffled in each round. */
  private static void draw(int[] source, long seed, long from, int count, List<int[]> drawn) {
    int[] order = source;
    long shuffled = -1;
    for (long at = from; at < from + count; at++) {
      long round = at / source.length;
      if (round != shuffled) {
        order = source.clone();
        shuffle(order, new SplittableRandom(seed ^ GOLDEN * (round + 1)));
        shuffled = round;
      }
      drawn.add(new int[] {order[(int) (at % source.length)], Math.toIntExact(round)});
    }
  }

  /** The images of each source of a class, the sources in the order of the data set. */
  static List<int[]> bySource(int[] images, List<FaceImage> of, boolean fake) {
    Map<String, List<Integer>> sources = new LinkedHashMap<>();
    for (int image : images) {
      if (of.get(image).fake() == fake) {
        sources.computeIfAbsent(of.get(image).source(), name -> new ArrayList<>()).add(image);
      }
    }
    return sources.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int image = order[i];
      order[i] = order[other];
      order[other] = image;
    }
  }
}

package io.unmask.training.run;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.primitives.Ints;
import io.unmask.training.data.FaceImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which images an epoch takes, in which order, and the how-manieth time it is for each. Immutable.
 *
 * @param draws an image may be there more than once, or not at all
 */
record Draws(List<Draw> draws) {

  /**
   * What consecutive numbers are multiplied with to be seeds far apart: 2^64 by the golden mean.
   */
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  Draws {
    draws = List.copyOf(draws);
  }

  /** So many. */
  int size() {
    return draws.size();
  }

  /** These images as they stand, each for the first time. */
  static Draws inOrder(int[] images) {
    return new Draws(Arrays.stream(images).mapToObj(image -> Draw.of(image, 0)).toList());
  }

  /** Each of these images once, shuffled. */
  static Draws shuffled(int[] images, long seed, int epoch) {
    int[] order = images.clone();
    shuffle(order, new SplittableRandom(seed + GOLDEN * (epoch + 1)));
    return new Draws(Arrays.stream(order).mapToObj(image -> Draw.of(image, epoch)).toList());
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
    return balanced(images, of, 0, seed, epoch);
  }

  /**
   * The same, with what was made of photographs as some of the fakes, each next to its photograph.
   *
   * @param remade the share that come with what was made of them, among the photographs of which it
   *     is there; so many generated images fewer come
   */
  static Draws balanced(int[] images, List<FaceImage> of, double remade, long seed, int epoch) {
    List<int[]> real = bySource(images, of, false);
    List<int[]> fake = bySource(images, of, true);
    // The same number in each epoch, so that an epoch doesn't depend on those before.
    double generated = 1 - remade * shareOfRemade(real, of);
    long stream = seed;
    List<Draw> photographs = new ArrayList<>();
    for (int[] source : real) {
      stream += GOLDEN;
      draw(source, stream, epoch, images.length / 2.0 / real.size(), photographs);
    }
    List<Draw> fakes = new ArrayList<>();
    for (int[] source : fake) {
      stream += GOLDEN;
      draw(source, stream, epoch, images.length / 2.0 * generated / fake.size(), fakes);
    }
    SplittableRandom random = new SplittableRandom(seed + GOLDEN * (epoch + 1));
    List<List<Draw>> units = new ArrayList<>();
    fakes.forEach(draw -> units.add(List.of(draw)));
    for (Draw draw : photographs) {
      boolean twin = of.get(draw.image()).remade().isPresent() && random.nextDouble() < remade;
      units.add(twin ? List.of(draw, draw.twin()) : List.of(draw));
    }
    int[] order = IntStream.range(0, units.size()).toArray();
    shuffle(order, random);
    return new Draws(Arrays.stream(order).boxed().flatMap(i -> units.get(i).stream()).toList());
  }

  private static double shareOfRemade(List<int[]> sources, List<FaceImage> of) {
    return sources.stream()
        .mapToDouble(
            source ->
                Arrays.stream(source).filter(image -> of.get(image).remade().isPresent()).count()
                    / (double) source.length)
        .average()
        .orElse(0);
  }

  /** Some consecutive draws from the endless row of a source's images, shuffled in each round. */
  private static void draw(int[] source, long seed, int epoch, double share, List<Draw> drawn) {
    int count = (int) Math.max(1, Math.round(share));
    long from = Math.multiplyExact((long) epoch, count);
    int[] order = source;
    long shuffled = -1;
    for (long at = from; at < from + count; at++) {
      long round = at / source.length;
      if (round != shuffled) {
        order = source.clone();
        shuffle(order, new SplittableRandom(seed ^ GOLDEN * (round + 1)));
        shuffled = round;
      }
      drawn.add(Draw.of(order[(int) (at % source.length)], Math.toIntExact(round)));
    }
  }

  /** The images of each source of a class, the sources in the order of the data set. */
  static List<int[]> bySource(int[] images, List<FaceImage> of, boolean fake) {
    ListMultimap<String, Integer> sources =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (int image : images) {
      if (of.get(image).fake() == fake) {
        sources.put(of.get(image).source(), image);
      }
    }
    return Multimaps.asMap(sources).values().stream().map(Ints::toArray).toList();
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

package io.unmask.training.schedule;

/**
 * The learning rate of each step of a phase. Immutable.
 *
 * <p>Rates that depend on the number of steps are for a phase that runs to its end.
 */
public sealed interface LearningRate {

  /**
   * The rate of a step.
   *
   * @param step counted from 0
   * @param steps how many there are in the phase
   */
  double at(long step, long steps);

  /**
   * Always the same.
   *
   * @param rate positive
   */
  record Constant(double rate) implements LearningRate {

    /** Checks the range. */
    public Constant {
      positive(rate);
    }

    @Override
    public String toString() {
      return "Adam at " + rate;
    }

    @Override
    public double at(long step, long steps) {
      return rate;
    }
  }

  /**
   * Half a cosine from the highest rate to nothing (Loshchilov and Hutter, 2017).
   *
   * @param highest positive
   */
  record Cosine(double highest) implements LearningRate {

    /** Checks the range. */
    public Cosine {
      positive(highest);
    }

    @Override
    public String toString() {
      return "Adam from " + highest + " down along a cosine";
    }

    @Override
    public double at(long step, long steps) {
      return between(highest, 0, (double) step / steps);
    }
  }

  /**
   * One cycle (Smith and Topin, 2018), both sides half a cosine: in the first three tenths of the
   * steps from a 25th of the highest rate up to it, and then down to nothing.
   *
   * @param highest positive
   */
  record OneCycle(double highest) implements LearningRate {

    private static final double RISING = 0.3;
    private static final double FIRST = 1.0 / 25;

    /** Checks the range. */
    public OneCycle {
      positive(highest);
    }

    @Override
    public String toString() {
      return "Adam in one cycle up to " + highest;
    }

    @Override
    public double at(long step, long steps) {
      double done = (double) step / steps;
      return done < RISING
          ? between(highest * FIRST, highest, done / RISING)
          : between(highest, 0, (done - RISING) / (1 - RISING));
    }
  }

  private static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }

  private static void positive(double rate) {
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new IllegalArgumentException("a learning rate is positive, not " + rate);
    }
  }
}

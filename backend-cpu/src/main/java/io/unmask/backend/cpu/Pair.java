package io.unmask.backend.cpu;

import io.unmask.network.Activation;
import io.unmask.network.RareActivations.HardShrink;
import io.unmask.network.RareActivations.SoftShrink;
import io.unmask.network.RareActivations.Softsign;
import io.unmask.network.RareActivations.SparsePlus;
import io.unmask.network.RareActivations.Squareplus;
import io.unmask.network.RareActivations.TanhShrink;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * An activation that needs its input twice: two rows of element-wise functions, and what joins
 * their results.
 *
 * @param first the functions of the first row, one behind the other; none for the input itself
 * @param joint the operation on the two results
 * @param second the functions of the second row
 */
record Pair(List<Eltwise> first, algorithm joint, List<Eltwise> second) {

  private static final Pairs PAIRS = new Pairs();
  private static final Eltwise ABSOLUTE = new Eltwise(dnnl.dnnl_eltwise_abs, 0, 0);
  private static final Eltwise SQUARE = new Eltwise(dnnl.dnnl_eltwise_square, 0, 0);
  private static final Eltwise ROOT = new Eltwise(dnnl.dnnl_eltwise_sqrt, 0, 0);
  private static final Eltwise HALF = line(0.5f, 0);

  /** The pair that an activation is, if it is one. */
  static Optional<Pair> of(Activation activation) {
    return activation.accept(PAIRS, activation);
  }

  private static Eltwise line(float factor, float offset) {
    return new Eltwise(dnnl.dnnl_eltwise_linear, factor, offset);
  }

  private static Eltwise clip(double low, double high) {
    return new Eltwise(dnnl.dnnl_eltwise_clip, (float) low, (float) high);
  }

  private static final class Pairs implements Activation.Visitor<Activation, Optional<Pair>> {

    @Override
    public Optional<Pair> other(Activation activation, Activation context) {
      return Optional.empty();
    }

    @Override
    public Optional<Pair> softsign(Softsign softsign, Activation context) {
      List<Eltwise> divisor = List.of(ABSOLUTE, line(1, 1));
      return Optional.of(new Pair(List.of(), algorithm.binary_div, divisor));
    }

    @Override
    public Optional<Pair> tanhShrink(TanhShrink tanhShrink, Activation context) {
      List<Eltwise> tanh = Eltwise.of(new Activation.Tanh());
      return Optional.of(new Pair(List.of(), algorithm.binary_sub, tanh));
    }

    @Override
    public Optional<Pair> softShrink(SoftShrink shrink, Activation context) {
      List<Eltwise> near = List.of(clip(-shrink.threshold(), shrink.threshold()));
      return Optional.of(new Pair(List.of(), algorithm.binary_sub, near));
    }

    /**
     * What {@code |x|} is above the threshold by, however little, times a huge factor is over 1.
     */
    @Override
    public Optional<Pair> hardShrink(HardShrink shrink, Activation context) {
      Eltwise above = line(1, (float) -shrink.threshold());
      List<Eltwise> kept = List.of(ABSOLUTE, above, line(Float.MAX_VALUE, 0), clip(0, 1));
      return Optional.of(new Pair(List.of(), algorithm.binary_mul, kept));
    }

    @Override
    public Optional<Pair> squareplus(Squareplus squareplus, Activation context) {
      List<Eltwise> root = List.of(SQUARE, line(1, (float) squareplus.b()), ROOT, HALF);
      return Optional.of(new Pair(List.of(HALF), algorithm.binary_add, root));
    }

    /** The square of what {@code (x + 1) / 2} has between 0 and 1, and the rest above 1. */
    @Override
    public Optional<Pair> sparsePlus(SparsePlus sparsePlus, Activation context) {
      List<Eltwise> bend = List.of(line(0.5f, 0.5f), clip(0, 1), SQUARE);
      List<Eltwise> rest = List.of(line(1, -1), new Eltwise(dnnl.dnnl_eltwise_relu, 0, 0));
      return Optional.of(new Pair(bend, algorithm.binary_add, rest));
    }
  }
}

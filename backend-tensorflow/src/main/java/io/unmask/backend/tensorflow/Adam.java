package io.unmask.backend.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The operations of Adam in the order and precision of Keras ({@code keras/src/optimizers/adam.py},
 * 3.15), as {@link io.unmask.spi.TrainingOptions} gives the formula.
 */
final class Adam {

  static final String MOMENTUM = "momentum";
  static final String VELOCITY = "velocity";

  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final Ops ops;
  private final Variables variables;
  private final Operand<TFloat32> rate;
  private final Operand<TFloat32> alpha;
  private final float decay;
  private final List<Variables.Variable> slots = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();

  /**
   * Creates the optimizer.
   *
   * @param rate the learning rate, a scalar
   * @param step the number of the step, from 1, a scalar
   * @param decay the decoupled weight decay, 0 for none
   */
  Adam(Variables variables, Operand<TFloat32> rate, Operand<TFloat32> step, double decay) {
    this.ops = variables.ops();
    this.variables = variables;
    this.rate = rate;
    this.decay = (float) decay;
    Operand<TFloat32> one = ops.constant(1f);
    Operand<TFloat32> first = ops.math.sub(one, ops.math.pow(ops.constant(BETA_1), step));
    Operand<TFloat32> second = ops.math.sub(one, ops.math.pow(ops.constant(BETA_2), step));
    this.alpha = ops.math.div(ops.math.mul(rate, ops.math.sqrt(second)), first);
  }

  /** Adds the update of a parameter by its gradient. */
  void update(Parameter parameter, Operand<TFloat32> gradient) {
    Variables.Variable weights = variables.of(parameter.weights());
    Variables.Variable momentum = slot(parameter, MOMENTUM);
    Variables.Variable velocity = slot(parameter, VELOCITY);
    Operand<TFloat32> m = towards(momentum, gradient, (float) (1 - 0.9));
    Operand<TFloat32> v = towards(velocity, ops.math.square(gradient), (float) (1 - 0.999));
    Operand<TFloat32> w = weights.value();
    if (decay > 0 && parameter.kernel()) {
      w = ops.math.sub(w, ops.math.mul(ops.math.mul(w, ops.constant(decay)), rate));
    }
    Operand<TFloat32> root = ops.math.add(ops.math.sqrt(v), ops.constant(EPSILON));
    w = ops.math.sub(w, ops.math.div(ops.math.mul(m, alpha), root));
    updates.add(ops.assignVariableOp(weights.handle(), w));
  }

  private Variables.Variable slot(Parameter parameter, String name) {
    Variables.Variable slot = variables.create(parameter.name() + "/" + name, parameter.shape());
    slots.add(slot);
    return slot;
  }

  private Operand<TFloat32> towards(
      Variables.Variable slot, Operand<TFloat32> target, float share) {
    Operand<TFloat32> difference = ops.math.sub(target, slot.value());
    Operand<TFloat32> value =
        ops.math.add(slot.value(), ops.math.mul(difference, ops.constant(share)));
    updates.add(ops.assignVariableOp(slot.handle(), value));
    return value;
  }

  /** What the optimizer remembers. */
  List<Variables.Variable> slots() {
    return slots;
  }

  /** What one step runs. */
  List<Op> updates() {
    return updates;
  }
}

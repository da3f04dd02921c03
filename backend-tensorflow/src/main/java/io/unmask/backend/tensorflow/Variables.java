package io.unmask.backend.tensorflow;

import io.unmask.network.Shape;
import io.unmask.network.Weights;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/** The weights of a network as variables of a graph, in the place of constants. */
final class Variables extends Constants {

  /**
   * An array that lives in a session.
   *
   * @param name unique in the graph
   * @param shape its shape
   * @param handle what stands for it
   * @param value its value, read once a run
   * @param fed where a value can be fed that {@code assign} stores
   * @param assign stores what is fed
   */
  record Variable(
      String name,
      Shape shape,
      Operand<?> handle,
      Operand<TFloat32> value,
      Output<TFloat32> fed,
      Op assign) {}

  private final IdentityHashMap<Weights, Variable> variables = new IdentityHashMap<>();

  Variables(Ops ops, List<Parameter> parameters) {
    super(ops);
    parameters.forEach(p -> variables.put(p.weights(), create(p.name(), p.shape())));
  }

  /** A variable of its own. */
  Variable create(String name, Shape shape) {
    org.tensorflow.ndarray.Shape dims = dims(shape);
    VarHandleOp handle = ops().varHandleOp(TFloat32.class, dims, VarHandleOp.sharedName(name));
    Operand<TFloat32> value = ops().readVariableOp(handle, TFloat32.class);
    Placeholder<TFloat32> fed = ops().placeholder(TFloat32.class, Placeholder.shape(dims));
    Op assign = ops().assignVariableOp(handle, fed);
    return new Variable(name, shape, handle, value, fed.asOutput(), assign);
  }

  /** A shape as TensorFlow's. */
  static org.tensorflow.ndarray.Shape dims(Shape shape) {
    long[] dims = new long[shape.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.extent(axis);
    }
    return org.tensorflow.ndarray.Shape.of(dims);
  }

  /** The variable that the weights of a network are. */
  Variable of(Weights weights) {
    return Objects.requireNonNull(variables.get(weights), "weights of another network");
  }

  @Override
  Operand<TFloat32> weights(Weights weights) {
    return of(weights).value();
  }
}

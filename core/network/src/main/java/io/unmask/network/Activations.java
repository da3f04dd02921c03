package io.unmask.network;

/** The activations that need no parameter, ready made. */
public final class Activations {

  /** The identity. */
  public static final Activation LINEAR = new Activation.Linear();

  /** The plain rectifier, {@code max(x, 0)}. */
  public static final Activation RELU = new Activation.Relu(0, Double.POSITIVE_INFINITY, 0);

  /** The logistic function. */
  public static final Activation SIGMOID = new Activation.Sigmoid();

  private Activations() {}
}

package io.unmask.network.pass;

/** Passes put together for a purpose. */
public final class Passes {

  private Passes() {}

  /**
   * What a backend runs before it translates a network for inference. Afterwards there is no {@code
   * SeparableConv2D} and no {@code Dropout}, every activation stands on its own, batch
   * normalisation is left only where nothing before or behind it could take it in, and equal nodes
   * are one.
   */
  public static Pass forInference() {
    return new DropInferenceNoOps()
        .then(new ShareIdentical())
        .then(new SplitLayers())
        .then(new FoldBatchNormalization());
  }
}

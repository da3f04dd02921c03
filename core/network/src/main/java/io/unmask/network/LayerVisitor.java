package io.unmask.network;

/**
 * One method a layer kind, so that a new kind cannot be forgotten by anything that must know them
 * all.
 *
 * @param <C> what the caller passes along, such as the node
 * @param <R> what comes back
 */
public interface LayerVisitor<C, R> {
  /** Visits a {@link Layer.Input}. */
  R input(Layer.Input layer, C context);

  /** Visits a {@link Layer.Conv2D}. */
  R conv2D(Layer.Conv2D layer, C context);

  /** Visits a {@link Layer.DepthwiseConv2D}. */
  R depthwiseConv2D(Layer.DepthwiseConv2D layer, C context);

  /** Visits a {@link Layer.SeparableConv2D}. */
  R separableConv2D(Layer.SeparableConv2D layer, C context);

  /** Visits a {@link Layer.Conv2DTranspose}. */
  R conv2DTranspose(Layer.Conv2DTranspose layer, C context);

  /** Visits a {@link Layer.Dense}. */
  R dense(Layer.Dense layer, C context);

  /** Visits a {@link Layer.BatchNormalization}. */
  R batchNormalization(Layer.BatchNormalization layer, C context);

  /** Visits a {@link Layer.Activate}. */
  R activate(Layer.Activate layer, C context);

  /** Visits a {@link Layer.PRelu}. */
  R pRelu(Layer.PRelu layer, C context);

  /** Visits a {@link Layer.MaxPooling2D}. */
  R maxPooling2D(Layer.MaxPooling2D layer, C context);

  /** Visits a {@link Layer.AveragePooling2D}. */
  R averagePooling2D(Layer.AveragePooling2D layer, C context);

  /** Visits a {@link Layer.GlobalMaxPooling2D}. */
  R globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, C context);

  /** Visits a {@link Layer.GlobalAveragePooling2D}. */
  R globalAveragePooling2D(Layer.GlobalAveragePooling2D layer, C context);

  /** Visits a {@link Layer.Add}. */
  R add(Layer.Add layer, C context);

  /** Visits a {@link Layer.Multiply}. */
  R multiply(Layer.Multiply layer, C context);

  /** Visits a {@link Layer.Concatenate}. */
  R concatenate(Layer.Concatenate layer, C context);

  /** Visits a {@link Layer.Reshape}. */
  R reshape(Layer.Reshape layer, C context);

  /** Visits a {@link Layer.ZeroPadding2D}. */
  R zeroPadding2D(Layer.ZeroPadding2D layer, C context);

  /** Visits a {@link Layer.UpSampling2D}. */
  R upSampling2D(Layer.UpSampling2D layer, C context);

  /** Visits a {@link Layer.Rescaling}. */
  R rescaling(Layer.Rescaling layer, C context);

  /** Visits a {@link Layer.Maximum}. */
  R maximum(Layer.Maximum layer, C context);

  /** Visits a {@link Layer.Permute}. */
  R permute(Layer.Permute layer, C context);

  /** Visits a {@link Layer.LayerNormalization}. */
  R layerNormalization(Layer.LayerNormalization layer, C context);

  /** Visits a {@link Layer.Cropping2D}. */
  R cropping2D(Layer.Cropping2D layer, C context);

  /** Visits a {@link Layer.Resizing}. */
  R resizing(Layer.Resizing layer, C context);

  /** Visits a {@link Layer.Dropout}. */
  R dropout(Layer.Dropout layer, C context);
}

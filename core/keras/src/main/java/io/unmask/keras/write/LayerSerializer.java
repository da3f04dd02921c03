package io.unmask.keras.write;

import io.unmask.keras.fault.UnsupportedException;
import io.unmask.keras.write.WrittenLayer.Use;
import io.unmask.network.Layer;
import io.unmask.network.LayerVisitor;
import io.unmask.network.Padding;
import io.unmask.network.Shape;
import io.unmask.network.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Keras calls each layer and its settings; the reverse of {@code LayerFactory}. The context is
 * what the layer's first use reads.
 *
 * <p>Throws {@link UnsupportedException} for the few settings that Keras's layers cannot have.
 */
final class LayerSerializer implements LayerVisitor.Complete<List<Use>, SerializedLayer> {

  /** What Keras multiplies the old moving statistics by in training; the network knows none. */
  private static final double MOMENTUM = 0.99;

  /** Collects settings in their order. */
  private static final class Settings {

    private final String className;
    private final Map<String, Object> config = new LinkedHashMap<>();

    Settings(String className) {
      this.className = className;
    }

    Settings with(String key, Object value) {
      config.put(key, value);
      return this;
    }

    Settings window(String size, Window window) {
      with(size, both(window.size())).with("strides", both(window.stride()));
      with("padding", window.padding() == Padding.SAME ? "same" : "valid");
      return with("data_format", "channels_last");
    }

    SerializedLayer done() {
      return new SerializedLayer(className, config);
    }

    private static List<Integer> both(Window.Size size) {
      return List.of(size.height(), size.width());
    }
  }

  @Override
  public SerializedLayer input(Layer.Input layer, List<Use> inputs) {
    return new Settings("InputLayer")
        .with("batch_shape", ConfigWriter.batched(layer.shape()))
        .done();
  }

  @Override
  public SerializedLayer conv2D(Layer.Conv2D layer, List<Use> inputs) {
    return convolution("Conv2D", layer.window())
        .with("filters", layer.kernel().shape().channels())
        .with("groups", layer.groups())
        .with("use_bias", layer.bias() != null)
        .with("activation", ActivationSerializer.argument(layer.activation()))
        .done();
  }

  @Override
  public SerializedLayer depthwiseConv2D(Layer.DepthwiseConv2D layer, List<Use> inputs) {
    return convolution("DepthwiseConv2D", layer.window())
        .with("depth_multiplier", layer.kernel().shape().channels())
        .with("use_bias", layer.bias() != null)
        .with("activation", ActivationSerializer.argument(layer.activation()))
        .done();
  }

  @Override
  public SerializedLayer separableConv2D(Layer.SeparableConv2D layer, List<Use> inputs) {
    return convolution("SeparableConv2D", layer.window())
        .with("filters", layer.pointwise().shape().channels())
        .with("depth_multiplier", layer.depthwise().shape().channels())
        .with("use_bias", layer.bias() != null)
        .with("activation", ActivationSerializer.argument(layer.activation()))
        .done();
  }

  @Override
  public SerializedLayer conv2DTranspose(Layer.Conv2DTranspose layer, List<Use> inputs) {
    return convolution("Conv2DTranspose", layer.window())
        .with("filters", layer.kernel().shape().extent(2))
        .with("use_bias", layer.bias() != null)
        .with("activation", ActivationSerializer.argument(layer.activation()))
        .done();
  }

  private static Settings convolution(String className, Window window) {
    boolean strided = !window.stride().equals(Window.Size.ONE);
    boolean dilated = !window.dilation().equals(Window.Size.ONE);
    if (strided && dilated) {
      throw new UnsupportedException(
          "Keras's " + className + " cannot have both strides and dilation; make one of them 1");
    }
    return new Settings(className)
        .window("kernel_size", window)
        .with("dilation_rate", Settings.both(window.dilation()));
  }

  @Override
  public SerializedLayer dense(Layer.Dense layer, List<Use> inputs) {
    return new Settings("Dense")
        .with("units", layer.kernel().shape().channels())
        .with("use_bias", layer.bias() != null)
        .with("activation", ActivationSerializer.argument(layer.activation()))
        .done();
  }

  /** An operation, for no layer of Keras's multiplies more than two matrices. */
  @Override
  public SerializedLayer matrixProduct(Layer.MatrixProduct layer, List<Use> inputs) {
    return new SerializedLayer(SerializedLayer.OPERATIONS, "Matmul", Map.of());
  }

  @Override
  public SerializedLayer batchNormalization(Layer.BatchNormalization layer, List<Use> inputs) {
    return new Settings("BatchNormalization")
        .with("axis", -1)
        .with("momentum", MOMENTUM)
        .with("epsilon", layer.epsilon())
        .with("center", layer.beta() != null)
        .with("scale", layer.gamma() != null)
        .done();
  }

  @Override
  public SerializedLayer activate(Layer.Activate layer, List<Use> inputs) {
    return ActivationSerializer.layer(layer.activation());
  }

  @Override
  public SerializedLayer pRelu(Layer.PRelu layer, List<Use> inputs) {
    Shape alpha = layer.alpha().shape();
    List<Integer> shared = new ArrayList<>();
    for (int axis = 0; axis < alpha.rank(); axis++) {
      if (alpha.extent(axis) == 1) {
        shared.add(axis + 1);
      }
    }
    return new Settings("PReLU").with("shared_axes", shared).done();
  }

  @Override
  public SerializedLayer maxPooling2D(Layer.MaxPooling2D layer, List<Use> inputs) {
    return pooling("MaxPooling2D", layer.window());
  }

  @Override
  public SerializedLayer averagePooling2D(Layer.AveragePooling2D layer, List<Use> inputs) {
    return pooling("AveragePooling2D", layer.window());
  }

  private static SerializedLayer pooling(String className, Window window) {
    if (!window.dilation().equals(Window.Size.ONE)) {
      throw new UnsupportedException("Keras's " + className + " has no dilation; make it 1");
    }
    return new Settings(className).window("pool_size", window).done();
  }

  @Override
  public SerializedLayer globalMaxPooling2D(Layer.GlobalMaxPooling2D layer, List<Use> inputs) {
    return global("GlobalMaxPooling2D", layer.keepAxes());
  }

  @Override
  public SerializedLayer globalAveragePooling2D(
      Layer.GlobalAveragePooling2D layer, List<Use> inputs) {
    return global("GlobalAveragePooling2D", layer.keepAxes());
  }

  private static SerializedLayer global(String className, boolean keepAxes) {
    return new Settings(className)
        .with("data_format", "channels_last")
        .with("keepdims", keepAxes)
        .done();
  }

  @Override
  public SerializedLayer add(Layer.Add layer, List<Use> inputs) {
    return new Settings("Add").done();
  }

  @Override
  public SerializedLayer multiply(Layer.Multiply layer, List<Use> inputs) {
    return new Settings("Multiply").done();
  }

  @Override
  public SerializedLayer concatenate(Layer.Concatenate layer, List<Use> inputs) {
    return new Settings("Concatenate").with("axis", layer.axis() + 1).done();
  }

  @Override
  public SerializedLayer reshape(Layer.Reshape layer, List<Use> inputs) {
    if (layer.shape().rank() == 1 && inputs.get(0).shape().rank() != 1) {
      return new Settings("Flatten").with("data_format", "channels_last").done();
    }
    return new Settings("Reshape")
        .with("target_shape", Arrays.stream(layer.shape().toArray()).boxed().toList())
        .done();
  }

  @Override
  public SerializedLayer zeroPadding2D(Layer.ZeroPadding2D layer, List<Use> inputs) {
    return new Settings("ZeroPadding2D")
        .with(
            "padding",
            List.of(List.of(layer.top(), layer.bottom()), List.of(layer.left(), layer.right())))
        .with("data_format", "channels_last")
        .done();
  }

  @Override
  public SerializedLayer maximum(Layer.Maximum layer, List<Use> inputs) {
    return new Settings("Maximum").done();
  }

  @Override
  public SerializedLayer permute(Layer.Permute layer, List<Use> inputs) {
    return new Settings("Permute")
        .with("dims", layer.order().stream().map(axis -> axis + 1).toList())
        .done();
  }

  @Override
  public SerializedLayer layerNormalization(Layer.LayerNormalization layer, List<Use> inputs) {
    return new Settings("LayerNormalization")
        .with("axis", -1)
        .with("epsilon", layer.epsilon())
        .with("center", layer.beta() != null)
        .with("scale", layer.gamma() != null)
        .done();
  }

  @Override
  public SerializedLayer cropping2D(Layer.Cropping2D layer, List<Use> inputs) {
    return new Settings("Cropping2D")
        .with(
            "cropping",
            List.of(List.of(layer.top(), layer.bottom()), List.of(layer.left(), layer.right())))
        .with("data_format", "channels_last")
        .done();
  }

  @Override
  public SerializedLayer resizing(Layer.Resizing layer, List<Use> inputs) {
    return new Settings("Resizing")
        .with("height", layer.size().height())
        .with("width", layer.size().width())
        .with("interpolation", layer.interpolation().name().toLowerCase(Locale.ROOT))
        .with("data_format", "channels_last")
        .done();
  }

  @Override
  public SerializedLayer upSampling2D(Layer.UpSampling2D layer, List<Use> inputs) {
    return new Settings("UpSampling2D")
        .with("size", Settings.both(layer.factor()))
        .with("data_format", "channels_last")
        .with("interpolation", layer.interpolation().name().toLowerCase(Locale.ROOT))
        .done();
  }

  @Override
  public SerializedLayer rescaling(Layer.Rescaling layer, List<Use> inputs) {
    boolean one = layer.factors().size() == 1;
    return new Settings("Rescaling")
        .with("scale", one ? layer.factors().get(0) : layer.factors())
        .with("offset", one ? layer.offsets().get(0) : layer.offsets())
        .done();
  }

  @Override
  public SerializedLayer dropout(Layer.Dropout layer, List<Use> inputs) {
    String className = layer.spatial() ? "SpatialDropout2D" : "Dropout";
    return new Settings(className).with("rate", layer.rate()).done();
  }
}

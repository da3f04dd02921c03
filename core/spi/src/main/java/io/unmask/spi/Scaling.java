package io.unmask.spi;

import io.unmask.spi.InputFormat.ChannelOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * A scaling: how levels from 0 to 255 become a network's numbers. It is given by the name of a
 * common scaling, or by its numbers.
 */
public sealed interface Scaling permits PixelScaling, Scaling.Named {

  /**
   * The numbers.
   *
   * @param order the channels that the network reads
   * @throws IllegalArgumentException if this scaling is for another number of channels
   */
  PixelScaling of(ChannelOrder order);

  /**
   * The order of the channels that usually comes with this scaling, unless another one is given.
   */
  default Optional<ChannelOrder> usualOrder() {
    return Optional.empty();
  }

  /**
   * The common scalings, by name. Three of them are those of {@code preprocess_input} in
   * keras.applications ({@code imagenet_utils.py}: modes tf, caffe and torch).
   */
  enum Named implements Scaling {
    /** Levels as they are, 0 to 255. */
    NONE,
    /** {@code v / 255}, as in the reference. */
    UNIT,
    /** {@code v / 127.5 - 1}: Xception, Inception, MobileNet. */
    SIGNED,
    /** {@code v} minus ImageNet's mean of the channel, BGR: VGG, ResNet. */
    CAFFE,
    /**
     * {@code v / 255}, minus ImageNet's mean of the channel, divided by its deviation: DenseNet,
     * PyTorch.
     */
    TORCH;

    @Override
    public PixelScaling of(ChannelOrder order) {
      return switch (this) {
        case NONE -> PixelScaling.of(1, 0);
        case UNIT -> PixelScaling.of(255, 0);
        case SIGNED -> PixelScaling.of(127.5f, -1);
        case CAFFE -> PixelScaling.ofRgb(1, new float[] {-123.68f, -116.779f, -103.939f}, order);
        case TORCH ->
            PixelScaling.ofRgb(255, new float[] {-0.485f, -0.456f, -0.406f}, order)
                .dividedBy(new float[] {0.229f, 0.224f, 0.225f}, order);
      };
    }

    @Override
    public Optional<ChannelOrder> usualOrder() {
      return this == CAFFE ? Optional.of(ChannelOrder.BGR) : Optional.empty();
    }

    /** The name in manifests and options, such as {@code unit}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the named scaling that has these numbers, if there is one. */
    public static Optional<Named> of(PixelScaling scaling, ChannelOrder order) {
      for (Named each : values()) {
        boolean coloured = each == CAFFE || each == TORCH;
        if (!(coloured && order == ChannelOrder.GREY) && each.of(order).equals(scaling)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }

    /** Returns the scaling of this name, if there is one. */
    public static Optional<Named> byName(String name) {
      for (Named each : values()) {
        if (each.toString().equals(name)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }
  }
}

package io.unmask.spi;

import io.unmask.spi.InputFormat.ChannelOrder;
import java.util.Locale;
import java.util.Optional;

/**
 * How levels from 0 to 255 become a network's numbers: by the name of a habit, or by the numbers.
 */
public sealed interface Scaling permits PixelScaling, Scaling.Named {

  /**
   * The numbers.
   *
   * @param order what the network reads
   * @throws IllegalArgumentException if this scaling is not for so many channels
   */
  PixelScaling of(ChannelOrder order);

  /** The order of the channels that belongs to it, where nobody says another. */
  default Optional<ChannelOrder> usualOrder() {
    return Optional.empty();
  }

  /**
   * The habits that have names, three of them those of {@code preprocess_input} in
   * keras.applications ({@code imagenet_utils.py}: modes tf, caffe and torch).
   */
  enum Named implements Scaling {
    /** Levels as they are, 0 to 255. */
    NONE,
    /** {@code v / 255}, the reference's. */
    UNIT,
    /** {@code v / 127.5 - 1}: Xception, Inception, MobileNet. */
    SIGNED,
    /** {@code v} less ImageNet's mean of the channel, BGR: VGG, ResNet. */
    CAFFE,
    /**
     * {@code v / 255}, less ImageNet's mean of the channel, by its deviation: DenseNet, PyTorch.
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

    /** What manifests and options call it, such as {@code unit}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The habit that these numbers are, if one is. */
    public static Optional<Named> of(PixelScaling scaling, ChannelOrder order) {
      for (Named each : values()) {
        boolean coloured = each == CAFFE || each == TORCH;
        if (!(coloured && order == ChannelOrder.GREY) && each.of(order).equals(scaling)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }

    /** The habit of a name, if it is one. */
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

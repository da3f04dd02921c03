package io.unmask.network.attribution;

import io.unmask.network.Layer;
import io.unmask.network.Network;
import io.unmask.network.Node;
import io.unmask.network.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a network put out values of the places of its image: all numbers of the first
 * place, then all of the second, and so on, whatever shape they are shown in.
 *
 * <p>What mixes places up, or takes most of them away, ends that: the shares of such values could
 * not be laid over the image. A shift by a padding or a cropping is accepted up to an eighth of the
 * map, or one place.
 */
final class Places {

  /** Layers that make a feature map of one, whose places lie where they lay. */
  private static final Set<Class<? extends Layer>> OF_MAPS =
      Set.of(
          Layer.Conv2D.class,
          Layer.DepthwiseConv2D.class,
          Layer.SeparableConv2D.class,
          Layer.Conv2DTranspose.class,
          Layer.MaxPooling2D.class,
          Layer.AveragePooling2D.class,
          Layer.Resizing.class,
          Layer.UpSampling2D.class);

  /** Layers that put out as many numbers as go in, in the same order. */
  private static final Set<Class<? extends Layer>> IN_ORDER =
      Set.of(
          Layer.Activate.class,
          Layer.PRelu.class,
          Layer.Dropout.class,
          Layer.BatchNormalization.class,
          Layer.LayerNormalization.class,
          Layer.Rescaling.class,
          Layer.Reshape.class);

  /** A value whose axes were put into another order, from which they may come back. */
  private record Turned(Grid grid, Shape shape, List<Integer> order) {}

  private final Network network;
  private final List<@Nullable Grid> grids = new ArrayList<>();
  private final List<@Nullable Turned> turned = new ArrayList<>();

  Places(Network network) {
    this.network = network;
    for (Node node : network.nodes()) {
      turned.add(turned(node));
      grids.add(grid(node));
    }
  }

  /** The places that a node's values are of, or null if they are of the image as a whole. */
  @Nullable Grid grid(int index) {
    @Nullable Grid grid = grids.get(index);
    return grid == null || grid.places() == 1 ? null : grid;
  }

  private Shape shape(int index) {
    return network.node(index).shape();
  }

  private @Nullable Grid grid(Node node) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Input) {
      return node.shape().rank() == 3 ? ownOf(node.shape()) : null;
    }
    if (layer instanceof Layer.Add
        || layer instanceof Layer.Multiply
        || layer instanceof Layer.Maximum) {
      return common(node);
    }
    if (layer instanceof Layer.Concatenate concatenate) {
      return concatenated(node, concatenate.axis());
    }
    int read = node.inputs().get(0);
    @Nullable Grid before = grids.get(read);
    if (layer instanceof Layer.Permute permute) {
      return turnedBack(read, permute.order());
    }
    if (before == null) {
      return null;
    }
    if (OF_MAPS.contains(layer.getClass()) || isSlight(layer, before)) {
      return ownOf(shape(read)).equals(before) ? ownOf(node.shape()) : null;
    }
    if (layer instanceof Layer.Dense) {
      int ofPlace = shape(read).size() / before.places();
      return ofPlace % shape(read).channels() == 0 ? before : null;
    }
    return IN_ORDER.contains(layer.getClass()) ? before : null;
  }

  private static Grid ownOf(Shape map) {
    return new Grid(map.extent(0), map.extent(1));
  }

  /** Whether a padding or cropping moves places by little. */
  private static boolean isSlight(Layer layer, Grid grid) {
    int most = Integer.MAX_VALUE;
    if (layer instanceof Layer.Cropping2D crop) {
      most = Collections.max(List.of(crop.top(), crop.bottom(), crop.left(), crop.right()));
    } else if (layer instanceof Layer.ZeroPadding2D pad) {
      most = Collections.max(List.of(pad.top(), pad.bottom(), pad.left(), pad.right()));
    }
    return most <= Math.max(1, Math.min(grid.rows(), grid.columns()) / 8);
  }

  /** The grid that all inputs share but those that are alike for all places. */
  private @Nullable Grid common(Node node) {
    @Nullable Grid common = null;
    for (int input : node.inputs()) {
      @Nullable Grid grid = grids.get(input);
      if (grid == null && shape(input).size() == shape(input).channels()) {
        continue; // a number for each channel
      }
      if (grid == null || (common != null && !grid.equals(common))) {
        return null;
      }
      common = grid;
    }
    return common;
  }

  /** Channels behind each other, place by place. */
  private @Nullable Grid concatenated(Node node, int axis) {
    Shape shape = node.shape();
    @Nullable Grid first = grids.get(node.inputs().get(0));
    if (first == null
        || axis != shape.rank() - 1
        || shape.size() / shape.channels() != first.places()) {
      return null;
    }
    for (int input : node.inputs()) {
      if (!first.equals(grids.get(input))) {
        return null;
      }
    }
    return first;
  }

  private @Nullable Turned turned(Node node) {
    if (node.inputs().isEmpty()) {
      return null;
    }
    int read = node.inputs().get(0);
    @Nullable Grid grid = grids.get(read);
    if (node.layer() instanceof Layer.Permute permute) {
      return grid == null ? null : new Turned(grid, node.shape(), permute.order());
    }
    return IN_ORDER.contains(node.layer().getClass()) ? turned.get(read) : null;
  }

  /** The grid again, if the axes are put back into the order that they had. */
  private @Nullable Grid turnedBack(int read, List<Integer> order) {
    @Nullable Turned before = turned.get(read);
    if (before == null || !before.shape().equals(shape(read))) {
      return null;
    }
    for (int axis = 0; axis < order.size(); axis++) {
      if (before.order().get(order.get(axis)) != axis) {
        return null;
      }
    }
    return before.grid();
  }
}
